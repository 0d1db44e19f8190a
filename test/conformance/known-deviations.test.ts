// What explains a difference of random processes explains just that: with another difference beside it, it is one without a reason.
import { expect, test } from 'vitest';
import type { Difference } from './compare/compare-traces.ts';
import { drawProcess } from './random/draw-process.ts';
import { knownDeviation, knownDeviations, knownFailure, knownFailures } from './random/known-deviations.ts';

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

const beside = (start: string, end: string) => ({ reason: 'Expected to build element tree path, but couldn\'t find element instance \'7\'.', files: drawProcess('p', { body: { kind: 'stop', what: end as 'signal' }, handlers: [{ by: start as 'signal', interrupting: false, then: { kind: 'pass', as: 'task', output: false } }] }) });

test('explains why the real engine fails where a signal at the end starts an event sub-process beside', () => {
  expect(knownFailure(beside('signal', 'signal'))?.name).toBe(knownFailures[0]?.name);
});

test.each([
  ['the event sub-process waits for something else', beside('message', 'signal')],
  ['the end throws something else', beside('signal', 'S1')],
  ['it fails with other words', { ...beside('signal', 'signal'), reason: '-1' }],
] as const)('does not explain a failure where %s', (_, failure) => {
  expect(knownFailure(failure)).toBeUndefined();
});
