/** Runs the contestants round by round, so that each meets the same machine, and takes medians. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { load, quantileOf, round, type Timing } from '../measure.ts';
import type { Contestant, OpenContestant } from './contestant.ts';

export type RoundSizes = { readonly warmUp: number; readonly rounds: number; readonly atOnce: number; readonly oneAtATime: number; readonly short: boolean; /** Hears how far it is: a run takes minutes. */ readonly say: (line: string) => void };

export type Standing = {
  readonly name: string;
  readonly durability: string;
  readonly served: string;
  /** Instances per second with 100 at once: median, least and most of the rounds. */
  readonly perSecond: { readonly median: number; readonly least: number; readonly most: number };
  readonly oneAtATime: { readonly p50Ms: number; readonly p99Ms: number };
  /** CPU time of the engine and its callers for one instance, 100 at once. */
  readonly cpuMs: number;
  /** Least and most one-minute load average when its rounds ended. */
  readonly load: { readonly least: number; readonly most: number };
};

export type Outcome = { readonly standings: readonly Standing[]; readonly failures: readonly { readonly name: string; readonly error: unknown }[] };

type Entered = { readonly contestant: Contestant; readonly open: OpenContestant; served: string; readonly rounds: { atOnce: Timing; oneAtATime: Timing; cpuMs: number; load: number }[] };

/** One that fails is closed and named; the others go on. */
export async function runRounds(contestants: readonly Contestant[], folder: string, sizes: RoundSizes): Promise<Outcome> {
  const entered: Entered[] = [];
  const failures: { name: string; error: unknown }[] = [];
  const attempt = async (entry: Entered, work: () => Promise<void>): Promise<void> => {
    if (failures.some(({ name }) => name === entry.contestant.name)) return;
    await work().catch((error: unknown) => { failures.push({ name: entry.contestant.name, error }); });
  };
  try {
    for (const [index, contestant] of contestants.entries()) {
      try {
        const own = join(folder, String(index));
        await mkdir(own);
        entered.push({ contestant, open: await timed(sizes.say, `${contestant.name} opened`, () => contestant.open(own)), served: '', rounds: [] });
      } catch (error) {
        failures.push({ name: contestant.name, error });
      }
    }
    for (const entry of entered) await attempt(entry, async () => { entry.served = await timed(sizes.say, `${entry.contestant.name} warmed up`, () => entry.open.warmUp(sizes.warmUp, sizes.short)); });
    for (let index = 0; index < sizes.rounds; index++) {
      // Another one begins each round: none always follows the same neighbour's mess.
      for (const entry of [...entered.slice(index % entered.length), ...entered.slice(0, index % entered.length)]) await attempt(entry, () => playRound(entry, sizes));
    }
  } finally {
    for (const entry of entered) await entry.open.close().catch((error: unknown) => { failures.push({ name: entry.contestant.name, error }); });
  }
  return { standings: entered.filter(({ rounds }) => rounds.length > 0).map(standingOf), failures };
}

async function timed<T>(say: RoundSizes['say'], what: string, work: () => Promise<T>): Promise<T> {
  const before = performance.now();
  const result = await work();
  say(`${what} in ${round((performance.now() - before) / 1000)} s`);
  return result;
}

async function playRound({ contestant, open, rounds }: Entered, sizes: RoundSizes): Promise<void> {
  const before = open.cpuMs();
  const atOnce = await timed(sizes.say, `${contestant.name}, ${sizes.atOnce} instances 100 at once,`, () => open.run(sizes.atOnce, 100));
  const cpuMs = (open.cpuMs() - before) / sizes.atOnce;
  const oneAtATime = await timed(sizes.say, `${contestant.name}, ${sizes.oneAtATime} one at a time,`, () => open.run(sizes.oneAtATime, 1));
  rounds.push({ atOnce, oneAtATime, cpuMs, load: load() });
}

function standingOf({ contestant: { name, durability }, served, rounds }: Entered): Standing {
  const speeds = rounds.map(({ atOnce }) => atOnce.perSecond);
  const loads = rounds.map((one) => one.load);
  return {
    ...{ name, durability, served },
    perSecond: { median: median(speeds), least: Math.min(...speeds), most: Math.max(...speeds) },
    oneAtATime: { p50Ms: median(rounds.map(({ oneAtATime }) => oneAtATime.p50Ms)), p99Ms: median(rounds.map(({ oneAtATime }) => oneAtATime.p99Ms)) },
    cpuMs: round(median(rounds.map((one) => one.cpuMs))),
    load: { least: Math.min(...loads), most: Math.max(...loads) },
  };
}

const median = (values: readonly number[]): number => quantileOf(values, 0.5);
