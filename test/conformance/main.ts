// `npm run conformance`: plays every scenario and random processes on the real Zeebe engine and on ours and prints where they differ.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pageOf } from './compare/page.ts';
import { describeDifferences, describeRandom, isFine, printTable } from './compare/report.ts';
import { describeOutcomes, randomSection } from './compare/report-random.ts';
import { writeReport } from './compare/write-report.ts';
import { corpus } from './corpus/index.ts';
import { createEngineDriver } from './driver/engine-driver.ts';
import { createOracleDriver } from './driver/oracle-driver.ts';
import { inLanes } from './in-lanes.ts';
import { prepareOracle } from './oracle/prepare-oracle.ts';
import { startOracles } from './oracle/start-oracle.ts';
import { playBoth } from './play-both.ts';
import { createRandomLane, findPlanted, type RandomOutcome } from './random/compare-random.ts';
import { onceFailed } from './random/once-failed.ts';
import { plantedDifference, plantedInRandom } from './planted-difference.ts';
import { fullName, type EngineDriver } from './scenario/scenario.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Plays one of both only. */
    only: { type: 'string' }, random: { type: 'string' }, seed: { type: 'string' }, lanes: { type: 'string', default: '8' },
    verbose: { type: 'boolean', default: false }, trace: { type: 'boolean', default: false }, write: { type: 'boolean', default: false },
    /** Where the real engine cannot be had, that is a failure. */
    'must-run': { type: 'boolean', default: false },
  },
});
// Several words may be given, joined by '|'.
const filter = positionals[0] ?? '';
const isWhole = filter === '' && options.only === undefined;
const scenarios = options.only === 'random' ? [] : corpus.filter((scenario) => filter.split('|').some((word) => fullName(scenario).includes(word)));
const randomRuns = options.only === 'corpus' ? 0 : Number(options.random ?? (filter === '' ? 100 : 0));
const seed = Number(options.seed ?? Math.floor(Math.random() * 2 ** 31));
const again = isWhole ? onceFailed : [];
const seedsPlayed = `seeds ${seed} to ${seed + randomRuns - 1}${again.length === 0 ? '' : ` and ${again.length} that failed once`}`;
const started = performance.now();

const preparation = await prepareOracle(process.env);
if (preparation.kind === 'unavailable') {
  console.log(`conformance: skipped. ${preparation.why}`);
  await writeReport({ passed: 0, failures: options['must-run'] ? [{ name: 'the real engine', description: preparation.why }] : [], skipped: scenarios.length + randomRuns });
  process.exitCode = options['must-run'] ? 1 : 0;
} else {
  const lanes = (await startOracles(preparation.oracle, Number(options.lanes))).map(createOracleDriver);
  try {
    process.exitCode = await compareAll(lanes);
  } finally {
    await Promise.all(lanes.map((zeebe) => zeebe.close()));
  }
}

async function compareAll(lanes: readonly EngineDriver[]): Promise<number> {
  const guards = isWhole ? await findGuards(lanes) : [];
  const played = await inLanes(scenarios, lanes, (scenario, zeebe) => playBoth(scenario, zeebe, createEngineDriver()));
  for (const result of played) {
    if (options.trace) for (const { step, outcome, after } of result.expected) console.dir({ step, outcome, after }, { depth: 5 });
    if (options.verbose || !isFine(result)) console.log(describeDifferences(result));
  }
  printTable(played);
  const random = await playRandom(lanes);
  if (isWhole && options.write) await writeFile(join(import.meta.dirname, '..', '..', 'docs', 'conformance.md'), `${pageOf(played)}\n${randomSection(random, seedsPlayed)}`);
  const failures = [
    ...guards.map((what) => ({ name: `the difference planted in the ${what}`, description: 'was not found' })),
    ...played.filter((result) => !isFine(result)).map((result) => ({ name: fullName(result.scenario), description: describeDifferences(result) })),
    ...random.flatMap((outcome) => (outcome.kind === 'different' ? [{ name: `random process of seed ${outcome.seed}`, description: describeRandom(outcome) }] : [])),
  ];
  const failed = failures.length;
  const skipped = random.filter(({ kind }) => kind === 'unplayable').length;
  const passed = played.length + random.length + (isWhole ? 2 : 0) - failed - skipped;
  console.log(`conformance: ${passed} passed, ${failed} failed, ${skipped} not comparable, in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  await writeReport({ passed, failures, skipped });
  return failed === 0 ? 0 : 1;
}

/** What was planted must be found; answers the guards that are blind. */
async function findGuards([zeebe]: readonly EngineDriver[]): Promise<string[]> {
  if (zeebe === undefined) throw new Error('At least one lane is needed.');
  const inCorpus = await playBoth(plantedDifference.scenario, zeebe, createEngineDriver(plantedDifference.alter));
  const inRandom = await findPlanted(createRandomLane(zeebe, createEngineDriver(plantedInRandom)));
  const blind = [...(inCorpus.kind === 'different' ? [] : ['scenarios']), ...(inRandom === undefined ? ['random processes'] : [])];
  for (const what of blind) console.log(`conformance: the difference planted in the ${what} was not found: this comparison proves nothing.`);
  return blind;
}

/** One line when all are the same, else each that differs, as small as it could be made. */
async function playRandom(zeebes: readonly EngineDriver[]): Promise<RandomOutcome[]> {
  if (randomRuns === 0) return [];
  const lanes = zeebes.map((zeebe) => createRandomLane(zeebe, createEngineDriver()));
  const outcomes = await inLanes([...again, ...Array.from({ length: randomRuns }, (_, index) => seed + index)], lanes, async (one, lane) => {
    const outcome = await lane.play(one);
    if (outcome.kind === 'different') console.log(describeRandom(outcome));
    if (outcome.kind === 'unplayable') console.log(`not comparable: random process of seed ${outcome.seed}: ${outcome.why}`);
    return outcome;
  });
  console.log(describeOutcomes(outcomes, seedsPlayed));
  return outcomes;
}
