// The way through a random process: the real engine's state says what can be done next, ours follows the same steps.
import fc from 'fast-check';
import { RunsWithoutEnd } from '../driver/engine-driver.ts';
import { OracleFailure, OracleWithoutRest } from '../oracle/start-oracle.ts';
import type { EngineDriver, Resource, Session, Step, TraceEntry } from '../scenario/scenario.ts';
import type { RandomProcess } from './blocks.ts';
import { drawProcess } from './draw-process.ts';
import { nextStep } from './random-steps.ts';

export type Path = { readonly x: number; readonly choices: readonly number[] };
export const randomPath: fc.Arbitrary<Path> = fc.record({ x: fc.constantFrom(0, 1, 2, 3), choices: fc.array(fc.nat(9999), { minLength: 4, maxLength: 16, size: 'max' }) });

/** The real engine broke down inside over this process, and does so each time. */
export class ProcessingError extends OracleFailure {
  readonly files: readonly Resource[];
  readonly reason: string;
  constructor(reason: string, files: readonly Resource[]) {
    super(`It failed inside: ${reason}`);
    this.reason = reason;
    this.files = files;
  }
}

export type Explored = {
  readonly trace: TraceEntry[];
  /** The step after which the real engine did not come to rest; nothing was done after it. */
  readonly unrested?: { readonly step: Step; readonly failure: OracleWithoutRest };
  readonly startAt: number;
  readonly endAt: number;
};

/** Deploys and starts the process on the first engine and lets its state say what can be done next. */
export async function explore(session: Session, name: string, drawn: RandomProcess, path: Path, startAt: number): Promise<Explored> {
  const trace: TraceEntry[] = [];
  const files = drawProcess(name, drawn);
  let last: Step = { do: 'deploy', resources: files };
  const perform = async (step: Step) => {
    last = step;
    const entry = await session.perform(step);
    if (entry.outcome.kind === 'rejected' && entry.outcome.code === 'PROCESSING_ERROR') throw new ProcessingError(entry.outcome.reason, files);
    trace.push(entry);
  };
  try {
    await perform(last);
    await perform({ do: 'create', process: name, variables: { x: path.x } });
    for (const choice of path.choices) {
      const step = nextStep(await session.facts(), choice);
      if (step === undefined) break;
      await perform(step);
    }
    // What is left open must not reach into the next run.
    if ((await session.facts()).instances.some(({ state }) => state === 'ACTIVE')) await perform({ do: 'cancel' });
  } catch (failure) {
    if (failure instanceof OracleWithoutRest) return { trace, unrested: { step: last, failure }, startAt, endAt: startAt };
    throw failure;
  }
  await session.end();
  const passed = trace.reduce((sum, { step }) => sum + (step.do === 'move-clock' ? step.seconds : 0), 0);
  return { trace, startAt, endAt: startAt + (passed + 120) * 1000 };
}

/** The same steps on the other engine, up to one after which it goes on without end. */
export async function follow(ours: EngineDriver, steps: readonly Step[], startAt: number): Promise<{ readonly trace: TraceEntry[]; readonly isEndless: boolean }> {
  const session = await ours.begin(startAt);
  const trace: TraceEntry[] = [];
  try {
    for (const step of steps) trace.push(await session.perform(step));
    return { trace, isEndless: false };
  } catch (failure) {
    if (failure instanceof RunsWithoutEnd) return { trace, isEndless: true };
    throw failure;
  } finally {
    await session.end();
  }
}
