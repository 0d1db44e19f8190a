// Plays random processes on both engines until one shows a difference, then makes that one as small as it can.
import fc from 'fast-check';
import { compareTraces, type Difference } from '../compare/compare-traces.ts';
import { play, startOfTime, type EngineDriver, type Scenario, type Step, type TraceEntry } from '../scenario/scenario.ts';
import { drawProcess, randomBlock, type Block } from './random-process.ts';
import { nextStep } from './random-steps.ts';

export type RandomResult =
  | { readonly kind: 'same'; readonly runs: number; readonly steps: number }
  | { readonly kind: 'different'; readonly runs: number; readonly scenario: Scenario; readonly differences: readonly Difference[]; readonly path: string };

const RUNS_PER_ENGINE = 25;

/** The same seed gives the same processes and paths. A run is one process, played until nothing can be done or its choices are used up. */
export async function compareRandom(zeebe: EngineDriver, ours: EngineDriver, options: { seed: number; runs: number }): Promise<RandomResult> {
  let played = 0;
  let steps = 0;
  let now = startOfTime;
  let last: { scenario: Scenario; differences: readonly Difference[] } | undefined;
  const property = fc.asyncProperty(randomBlock, fc.record({ x: fc.constantFrom(0, 1, 2, 3), choices: fc.array(fc.nat(9999), { minLength: 1, maxLength: 12 }) }), async (block, path) => {
    if (played % RUNS_PER_ENGINE === 0) {
      await (await zeebe.begin()).end();
      now = startOfTime;
    }
    const name = `p${++played}`;
    const { trace, startAt, endAt } = await explore(zeebe, name, block, path, now);
    now = endAt;
    steps += trace.length;
    const scenario: Scenario = { name: `random ${name}`, feature: 'random process', steps: trace.map(({ step }) => step), except: { sections: ['order'], because: 'nothing says which of two parallel branches moves first' } };
    const differences = compareTraces(scenario, trace, await play(ours, scenario.steps, startAt));
    if (differences.length === 0) return;
    last = { scenario, differences };
    throw new Error('different');
  });
  const result = await fc.check(property, { seed: options.seed, numRuns: options.runs });
  if (!result.failed) return { kind: 'same', runs: result.numRuns, steps };
  if (last === undefined) throw result.errorInstance;
  return { kind: 'different', runs: result.numRuns, ...last, path: result.counterexamplePath ?? '' };
}

/** Deploys and starts the process on the real engine and lets its state say what can be done next. */
async function explore(zeebe: EngineDriver, name: string, block: Block, path: { x: number; choices: readonly number[] }, startAt: number): Promise<{ trace: TraceEntry[]; startAt: number; endAt: number }> {
  const session = await zeebe.begin(startAt);
  const trace: TraceEntry[] = [];
  const perform = async (step: Step) => void trace.push(await session.perform(step));
  await perform({ do: 'deploy', resources: [drawProcess(name, block)] });
  await perform({ do: 'create', process: name, variables: { x: path.x } });
  for (const choice of path.choices) {
    const step = nextStep(await session.facts(), choice);
    if (step === undefined) break;
    await perform(step);
  }
  // What is left open must not reach into the next run.
  if ((await session.facts()).instances.some(({ state }) => state === 'ACTIVE')) await perform({ do: 'cancel' });
  const passed = trace.reduce((sum, { step }) => sum + (step.do === 'move-clock' ? step.seconds : 0), 0);
  return { trace, startAt, endAt: startAt + (passed + 120) * 1000 };
}
