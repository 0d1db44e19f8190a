// Plays random processes on both engines, several side by side; one that shows a difference is made as small as it can be.
import fc from 'fast-check';
import { compareTraces, type Difference } from '../compare/compare-traces.ts';
import { startOfTime, type EngineDriver, type Scenario, type TraceEntry } from '../scenario/scenario.ts';
import { OracleFailure } from '../oracle/start-oracle.ts';
import { randomProcess, type RandomProcess } from './blocks.ts';
import { explore, follow, ProcessingError, randomPath, type Path } from './explore.ts';
import { knownDeviation, knownFailure } from './known-deviations.ts';

export type RandomOutcome =
  | { readonly kind: 'same'; readonly seed: number; readonly steps: number; /** Both go on without end after its last step. */ readonly isEndless: boolean }
  /** They differ, for this reason. */
  | { readonly kind: 'explained'; readonly seed: number; readonly deviation: string }
  /** The real engine broke down over it. */
  | { readonly kind: 'unplayable'; readonly seed: number; readonly why: string; /** It said so itself (PROCESSING_ERROR). */ readonly isOverIt: boolean }
  | { readonly kind: 'different'; readonly seed: number; readonly scenario: Scenario; readonly differences: readonly Difference[]; /** What was refused and why, by the engine that did. */ readonly reasons: readonly string[] };

/** One pair of engines, used for one process at a time. */
export type RandomLane = { play(seed: number): Promise<RandomOutcome> };

const RUNS_PER_ENGINE = 40;
/** So many smaller processes are tried; what is smallest then is shown. */
const MOST_SHRINKS = 200;

/** The same seed gives the same process and path, whatever was played before. A path ends when nothing can be done or its choices are used up. */
export function createRandomLane(zeebe: EngineDriver, ours: EngineDriver): RandomLane {
  let played = 0;
  let now = startOfTime;

  const compare = async (drawn: RandomProcess, path: Path): Promise<Found> => {
    const isFresh = played % RUNS_PER_ENGINE === 0;
    if (isFresh) now = startOfTime;
    const { trace, unrested, startAt, endAt } = await explore(await zeebe.begin(isFresh ? undefined : now), `p${++played}`, drawn, path, now);
    now = endAt;
    const steps = [...trace.map(({ step }) => step), ...(unrested === undefined ? [] : [unrested.step])];
    const scenario: Scenario = { name: 'random', feature: 'random process', steps, except: { sections: ['order'], because: 'nothing says which of two parallel branches moves first' } };
    const found = await follow(ours, steps, startAt);
    const rested = found.trace.slice(0, trace.length);
    const differences = compareTraces(scenario, trace.map(comparable), rested.map(comparable));
    const reasons = [...reasonsOf(zeebe, trace), ...reasonsOf(ours, rested)];
    if (unrested === undefined) return { scenario, differences, reasons, isEndless: false };
    // Its engine cannot be used again. A difference before that step counts; after it, ours must go on without end, too.
    played = 0;
    if (differences.length === 0 && !found.isEndless) throw unrested.failure;
    return { scenario, differences, reasons, isEndless: true };
  };

  const playOnce = async (seed: number): Promise<RandomOutcome> => {
    let last: Found | undefined;
    let broken: OracleFailure | undefined;
    let deviation: string | undefined;
    let isEndless = false;
    let [steps, shrinks] = [0, 0];
    const property = fc.asyncProperty(randomProcess, randomPath, async (drawn, path) => {
      if (broken !== undefined || (last !== undefined && ++shrinks > MOST_SHRINKS)) return;
      const result = await compare(drawn, path).catch((failure: unknown) => {
        if (!(failure instanceof OracleFailure)) throw failure;
        played = 0;
        const known = failure instanceof ProcessingError ? knownFailure(failure) : undefined;
        if (known === undefined) broken = failure;
        else if (last === undefined) deviation = known.name;
      });
      if (result === undefined) return;
      steps = result.scenario.steps.length;
      isEndless = result.isEndless;
      if (result.differences.length === 0) return;
      const known = knownDeviation(result.differences);
      // Made small it must not become another one.
      if (known !== undefined) return void (deviation = last === undefined ? known.name : deviation);
      last = result;
      throw new Error('different');
    });
    const result = await fc.check(property, { seed, numRuns: 1 });
    if (broken !== undefined && last === undefined) return { kind: 'unplayable', seed, why: broken.message, isOverIt: broken instanceof ProcessingError };
    if (!result.failed && deviation !== undefined) return { kind: 'explained', seed, deviation };
    if (!result.failed) return { kind: 'same', seed, steps, isEndless };
    if (last === undefined) throw result.errorInstance;
    return { kind: 'different', seed, ...last };
  };
  return {
    async play(seed) {
      const outcome = await playOnce(seed);
      // A machine that is short of time or memory makes the real engine fail, too: an empty one is asked once more.
      return outcome.kind === 'unplayable' && !outcome.isOverIt ? playOnce(seed) : outcome;
    },
  };
}

/** Zeebe lists the elements of an ad-hoc sub-process in the order of a hash table: here their characters are put in order. */
function comparable(entry: TraceEntry): TraceEntry {
  const sort = (line: string) => line.replace(/(?<=adHocSubProcessElements( = |":))\[.*?\]/, (list) => list.split(/(?<=\}),|[[\]]/).sort().join(' '));
  const { outcome, after } = entry;
  const answered = outcome.kind === 'accepted' && outcome.answer !== undefined ? { ...outcome, answer: outcome.answer.map(sort) } : outcome;
  return { ...entry, outcome: answered, after: { ...after, variables: after.variables.map(sort) } };
}

type Found = { readonly scenario: Scenario; readonly differences: readonly Difference[]; readonly reasons: readonly string[]; readonly isEndless: boolean };

const reasonsOf = ({ name }: EngineDriver, trace: readonly TraceEntry[]): string[] =>
  trace.flatMap(({ step, outcome }) => (outcome.kind === 'rejected' ? [`${name} says to ${step.do}: ${outcome.reason.replaceAll('\n', ' ')}`] : []));

/** So many processes are tried to find what was planted. */
const MOST_TO_FIND = 40;

/** The first process, from a fixed one on, in which the lane's engines differ; undefined when none of the first ones does. */
export async function findPlanted(lane: RandomLane): Promise<Extract<RandomOutcome, { kind: 'different' }> | undefined> {
  for (let seed = 1; seed <= MOST_TO_FIND; seed++) {
    const outcome = await lane.play(seed);
    if (outcome.kind === 'different') return outcome;
  }
  return undefined;
}
