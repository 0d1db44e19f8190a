// What explains a difference of random processes explains just that: with another difference beside it, it is one without a reason.
import { expect, test } from 'vitest';
import type { Difference } from './compare/compare-traces.ts';
import { knownDeviation, knownDeviations } from './random/known-deviations.ts';

// As the process of seed 32912 shows them.
const escalation: readonly Difference[] = [
  { step: 3, what: 'instances', onlyExpected: ['p5#1 v1 ACTIVE'], onlyFound: ['p5#1 v1 COMPLETED'] },
  { step: 3, what: 'elements', onlyExpected: ['p5#1/on6#1 EVENT_SUB_PROCESS ACTIVE', 'p5#1/throw7#1 INTERMEDIATE_THROW_EVENT ACTIVE'], onlyFound: ['p5#1/on6#1 EVENT_SUB_PROCESS COMPLETED', 'p5#1/on6-end#1 END_EVENT COMPLETED', 'p5#1/throw7#1 INTERMEDIATE_THROW_EVENT COMPLETED'] },
  { step: 3, what: 'flows', onlyExpected: [], onlyFound: ['p5#1/throw7-to-on6-end'] },
];
const withMore = (line: string, side: 'onlyExpected' | 'onlyFound') => escalation.map((one) => (one.what === 'elements' ? { ...one, [side]: [...one[side], line] } : one));

test('explains an escalation that Zeebe refuses to catch in an interrupted scope', () => {
  expect(knownDeviation(escalation)?.name).toBe(knownDeviations[0]?.name);
});

test.each([
  ['a variable', [...escalation, { step: 3, what: 'variables', onlyExpected: ['p5#1.x = 1'], onlyFound: ['p5#1.x = 2'] }]],
  ['an answer', [...escalation, { step: 3, what: 'outcome', onlyExpected: ['accepted'], onlyFound: ['rejected NOT_FOUND'] }]],
  ['a job', [...escalation, { step: 3, what: 'jobs', onlyExpected: ['p5#1/job3#1 job3 CREATED retries 3 {}'], onlyFound: [] }]],
  ['an incident', [...escalation, { step: 3, what: 'incidents', onlyExpected: [], onlyFound: ['p5#1/throw7#1 throw7 UNHANDLED_ERROR_EVENT ACTIVE'] }]],
  ['an element that ended in ours', withMore('p5#1/job3#1 SERVICE_TASK TERMINATED', 'onlyFound')],
  ['an element that ended in Zeebe', withMore('p5#1/job3#1 SERVICE_TASK COMPLETED', 'onlyExpected')],
  ['an element that is missing in ours', withMore('p5#1/user9#1 USER_TASK ACTIVE', 'onlyExpected')],
] satisfies readonly (readonly [string, readonly Difference[]])[])('does not explain it when %s differs beside it', (_, differences) => {
  expect(knownDeviation(differences)).toBeUndefined();
});

test('explains nothing where only an end differs', () => {
  expect(knownDeviation([{ step: 2, what: 'elements', onlyExpected: ['p#1/t#1 TASK COMPLETED'], onlyFound: ['p#1/t#1 TASK TERMINATED'] }])).toBeUndefined();
});

test('explains the wrong name of a multi-instance body, and no other', () => {
  const wrong = (theirs: string, ours: string): readonly Difference[] => [{ step: 2, what: 'elements', onlyExpected: [`p#1/i#1 ${theirs}`], onlyFound: [`p#1/i#1 ${ours}`] }];
  expect(knownDeviation(wrong('AD_HOC_SUB_PROCESS ACTIVE', 'MULTI_INSTANCE_BODY ACTIVE'))?.name).toBe(knownDeviations[1]?.name);
  expect(knownDeviation(wrong('AD_HOC_SUB_PROCESS ACTIVE', 'MULTI_INSTANCE_BODY COMPLETED'))).toBeUndefined();
  expect(knownDeviation(wrong('SUB_PROCESS ACTIVE', 'MULTI_INSTANCE_BODY ACTIVE'))).toBeUndefined();
  expect(knownDeviation([...wrong('AD_HOC_SUB_PROCESS ACTIVE', 'MULTI_INSTANCE_BODY ACTIVE'), { step: 2, what: 'jobs', onlyExpected: [], onlyFound: ['p#1/j#1 j CREATED retries 3 {}'] }])).toBeUndefined();
});
