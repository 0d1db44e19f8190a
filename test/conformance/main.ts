// `npm run conformance`: plays every scenario on the real Zeebe engine and on ours and prints where they differ.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareTraces } from './compare/compare-traces.ts';
import { describeDifferences, describeRandom, isFine, printTable, tableOf, type Played } from './compare/report.ts';
import { corpus } from './corpus/index.ts';
import { createEngineDriver } from './driver/engine-driver.ts';
import { createOracleDriver } from './driver/oracle-driver.ts';
import { prepareOracle } from './oracle/prepare-oracle.ts';
import { startOracle } from './oracle/start-oracle.ts';
import { compareRandom } from './random/compare-random.ts';
import { plantedDifference } from './planted-difference.ts';
import { play, type EngineDriver, type Scenario } from './scenario/scenario.ts';

const filter = process.argv.slice(2).find((argument) => !/^(--.*|\d+)$/.test(argument)) ?? '';
// Several words may be given, joined by '|'.
const showTrace = process.argv.includes('--trace');
const number = (name: string) => Number(/^\d+$/.exec(process.argv[process.argv.indexOf(name) + 1] ?? '')?.[0] ?? Number.NaN);
const randomRuns = process.argv.includes('--random') ? number('--random') : filter === '' ? 100 : 0;
const seed = process.argv.includes('--seed') ? number('--seed') : Math.floor(Math.random() * 2 ** 31);
const verbose = process.argv.includes('--verbose');
const update = process.argv.includes('--write');

const preparation = await prepareOracle(process.env);
if (preparation.kind === 'unavailable') {
  console.log(`conformance: skipped. ${preparation.why}`);
} else {
  const zeebe = createOracleDriver(await startOracle(preparation.oracle));
  try {
    process.exitCode = await compareAll(zeebe);
  } finally {
    await zeebe.close();
  }
}

async function compareAll(zeebe: EngineDriver): Promise<number> {
  const started = performance.now();
  const ours = createEngineDriver();
  const played: Played[] = [];
  for (const scenario of corpus.filter(({ name, feature }) => filter.split('|').some((word) => `${feature}: ${name}`.includes(word)))) {
    const result = await playBoth(scenario, zeebe, ours);
    played.push(result);
    if (showTrace) for (const { step, outcome, after } of result.expected) console.dir({ step, outcome, after }, { depth: 5 });
    if (verbose || !isFine(result)) console.log(describeDifferences(result));
  }
  if (filter === '') {
    const guard = await playBoth(plantedDifference.scenario, zeebe, createEngineDriver(plantedDifference.alter));
    if (guard.kind !== 'different') {
      console.log('conformance: the planted difference was not found: this comparison proves nothing.');
      return 1;
    }
    if (update) await writeFile(join(import.meta.dirname, '..', '..', 'docs', 'conformance.md'), tableOf(played));
  }
  printTable(played);
  const random = randomRuns > 0 ? await playRandom(zeebe, ours) : true;
  const failed = played.filter((result) => !isFine(result)).length + (random ? 0 : 1);
  console.log(`conformance: ${played.length + (randomRuns > 0 ? 1 : 0) - failed} passed, ${failed} failed, in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return failed === 0 ? 0 : 1;
}

/** One line for all random processes, or the smallest that differs. */
async function playRandom(zeebe: EngineDriver, ours: EngineDriver): Promise<boolean> {
  const result = await compareRandom(zeebe, ours, { seed, runs: randomRuns });
  if (result.kind === 'same') console.log(`  ok  ${result.runs} random processes, ${result.steps} steps, seed ${seed}`);
  else console.log(describeRandom(result, seed));
  return result.kind === 'same';
}

async function playBoth(scenario: Scenario, zeebe: EngineDriver, ours: EngineDriver): Promise<Played> {
  const expected = await play(zeebe, scenario.steps).catch((failure: unknown) => { throw new Error(`Zeebe could not play "${scenario.name}"`, { cause: failure }); });
  try {
    const found = await play(ours, scenario.steps);
    const differences = compareTraces(scenario, expected, found);
    if ((differences.length > 0) === (scenario.deviates !== undefined)) return { kind: scenario.deviates === undefined ? 'same' : 'explained', scenario, expected, found };
    return { kind: 'different', scenario, expected, found, differences };
  } catch (failure) {
    return { kind: 'broken', scenario, expected, failure: failure instanceof Error ? failure.stack ?? failure.message : String(failure) };
  }
}
