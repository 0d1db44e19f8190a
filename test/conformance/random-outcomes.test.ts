// What becomes of random processes that cannot simply be compared: they are named, never left out silently.
import { expect, test } from 'vitest';
import { describeOutcomes, randomSection } from './compare/report-random.ts';
import { createEngineDriver } from './driver/engine-driver.ts';
import type { RandomOutcome } from './random/compare-random.ts';
import { drawProcess } from './random/draw-process.ts';
import { follow } from './random/explore.ts';
import { knownFailures } from './random/known-deviations.ts';
import { startOfTime, type Step } from './scenario/scenario.ts';

/** What its event sub-process throws, it catches. */
const again = (code: 'S1' | 'S2'): Step[] => [
  { do: 'deploy', resources: drawProcess('p', { body: { kind: 'stop', what: 'S1' }, handlers: [{ by: 'anyEscalation', interrupting: false, then: { kind: 'throw', what: code } }] }) },
  { do: 'create', process: 'p', variables: {} },
];

test('ours is said to go on without end where an event sub-process starts itself again and again', async () => {
  const { trace, isEndless } = await follow(createEngineDriver(), [...again('S2'), { do: 'cancel' }], startOfTime);
  expect(trace).toHaveLength(1);
  expect(isEndless).toBe(true);
});

test('a process that comes to rest is not', async () => {
  const steps: Step[] = [{ do: 'deploy', resources: drawProcess('p', { body: { kind: 'catch', by: 'message' }, handlers: [] }) }, { do: 'create', process: 'p', variables: {} }, { do: 'publish', name: 'go', correlationKey: 'key' }];
  const { trace, isEndless } = await follow(createEngineDriver(), steps, startOfTime);
  expect(trace.map(({ after }) => after.instances)).toEqual([[], ['p#1 v1 ACTIVE'], ['p#1 v1 COMPLETED']]);
  expect(isEndless).toBe(false);
});

const outcomes: readonly RandomOutcome[] = [
  { kind: 'same', seed: 1, steps: 4, isEndless: false }, { kind: 'same', seed: 2, steps: 3, isEndless: true },
  { kind: 'explained', seed: 3, deviation: knownFailures[0]!.name }, { kind: 'unplayable', seed: 4, why: 'It failed inside: -1', isOverIt: true },
];

test('each process that is not simply the same is listed with its reason and its seed', () => {
  const text = describeOutcomes(outcomes, 'seeds 1 to 4');
  expect(text).toContain('ok   random processes 2/4, 7 steps, seeds 1 to 4');
  expect(text).toContain('1 go on without end on both (seeds 2)');
  expect(text).toContain(`1 explained: ${knownFailures[0]!.name} (seeds 3)`);
  expect(text).toContain('1 not comparable: the real engine failed, and nobody knows yet why (seeds 4)');
});

test('the page says how many were played and why what differs may differ', () => {
  const page = randomSection(outcomes, 'seeds 1 to 4');
  expect(page).toContain('2 are the same, 1 differ for a reason, 0 differ and wait for a change, 1 could not be compared');
  expect(page).toContain(knownFailures[0]!.because);
});
