// The comparison itself is tested: what is equal passes, what was planted is found and named.
import { expect, test } from 'vitest';
import { compareTraces } from './compare/compare-traces.ts';
import { createEngineDriver } from './driver/engine-driver.ts';
import { plantedDifference, plantedInRandom } from './planted-difference.ts';
import { createRandomLane, findPlanted } from './random/compare-random.ts';
import { play } from './scenario/scenario.ts';

const { scenario, alter } = plantedDifference;

test('finds no difference between two runs of the same scenario', async () => {
  const [once, again] = [await play(createEngineDriver(), scenario.steps), await play(createEngineDriver(), scenario.steps)];
  expect(compareTraces(scenario, once, again)).toEqual([]);
  expect(once.at(-1)?.after.elements).toContain('p#1/b#1 END_EVENT COMPLETED');
});

test('finds a planted difference and names the step and what differs', async () => {
  const differences = compareTraces(scenario, await play(createEngineDriver(), scenario.steps), await play(createEngineDriver(alter), scenario.steps));
  expect(differences).toContainEqual({ step: 2, what: 'flows', onlyExpected: ['p#1/gw-to-b'], onlyFound: ['p#1/gw-to-a'] });
  expect(differences).toContainEqual({ step: 2, what: 'elements', onlyExpected: ['p#1/b#1 END_EVENT COMPLETED'], onlyFound: ['p#1/a#1 END_EVENT COMPLETED'] });
});

test('counts lines that occur more often on one side', async () => {
  const trace = await play(createEngineDriver(), scenario.steps);
  const doubled = trace.map((entry) => ({ ...entry, after: { ...entry.after, jobs: ['p#1/t#1 t CREATED', 'p#1/t#1 t CREATED'] } }));
  const single = trace.map((entry) => ({ ...entry, after: { ...entry.after, jobs: ['p#1/t#1 t CREATED'] } }));
  expect(compareTraces(scenario, doubled, single)[0]).toEqual({ step: 1, what: 'jobs', onlyExpected: ['p#1/t#1 t CREATED'], onlyFound: [] });
});

test('finds an order that differs when nothing else does', async () => {
  const trace = await play(createEngineDriver(), scenario.steps);
  const turned = trace.map((entry) => ({ ...entry, after: { ...entry.after, order: entry.after.order.map((line) => line.split(' ').toReversed().join(' ')) } }));
  expect(compareTraces(scenario, trace, turned).map(({ what }) => what)).toEqual(['order']);
});

test('finds no difference between random processes played twice by the same engine', async () => {
  const lane = createRandomLane(createEngineDriver(), createEngineDriver());
  for (const seed of [1, 2, 3, 4, 5]) expect(await lane.play(seed)).toMatchObject({ kind: 'same', seed });
});

test('finds a difference planted in random processes, makes it small, and again by its seed', async () => {
  const found = await findPlanted(createRandomLane(createEngineDriver(), createEngineDriver(plantedInRandom)));
  expect(found?.differences[0]?.what).toBe('variables');
  const [deploy] = found?.scenario.steps ?? [];
  expect(deploy?.do === 'deploy' && deploy.resources[0]?.text.match(/<bpmn:(serviceTask|sendTask|intermediateThrowEvent|endEvent id="stop)/g)).toHaveLength(1);
  const again = await createRandomLane(createEngineDriver(), createEngineDriver(plantedInRandom)).play(found?.seed ?? 0);
  expect(again).toMatchObject({ kind: 'different', differences: found?.differences.map(({ what }) => ({ what })) });
}, 90_000);
