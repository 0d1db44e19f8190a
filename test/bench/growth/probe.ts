/** Child of `run-growth.ts`: opens a store that was grown and measures what commands, reads and memory cost there. */
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { createClock } from '../../../engine/clock.ts';
import { openEngine } from '../../../engine/index.ts';
import { ownCpuMs, quantileOf, round } from '../measure.ts';
import { createAsk, type Ask, type Command } from './dimension.ts';
import { dimensions } from './dimensions.ts';

/** Commands that share a commit while CPU time is measured. */
const TOGETHER = 20;

export type Probed = {
  readonly openMs: number;
  readonly commands: Record<string, { readonly cpuMicros: number; readonly p50Ms: number }>;
  readonly reads: Record<string, { readonly cpuMs: number; readonly p50Ms: number }>;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly fileMb: number;
};

const [, , name = '', sizeText = '', file = '', roundsText = ''] = process.argv;
const dimension = dimensions.find((one) => one.name === name);
if (dimension === undefined) throw new Error(`There is no dimension '${name}'.`);
const size = Number(sizeText);
const rounds = Math.min(Number(roundsText), dimension.rounds ?? Infinity);

const before = new DatabaseSync(file, { readOnly: true });
const commands = dimension.round(size, before);
before.close();
const fileMb = round(statSync(file).size / 1e6);
const openedAt = performance.now();
const engine = openEngine({ file, clock: createClock() });
const openMs = round(performance.now() - openedAt);
const ask = createAsk(engine);
const measured = await measureCommands(ask);
const reads = await measureReads(ask);
globalThis.gc?.();
await wait(50);
globalThis.gc?.();
const { rss, heapUsed } = process.memoryUsage();
await engine.close();
const probed: Probed = { openMs, commands: measured, reads, rssMb: round(rss / 1e6), heapMb: round(heapUsed / 1e6), fileMb };
process.send?.(probed);

async function measureCommands(to: Ask): Promise<Probed['commands']> {
  const cpu = new Map<string, number[]>();
  const times = new Map<string, number[]>();
  const warmUp = Math.ceil(rounds / 2);
  for (let done = 0; done < warmUp + rounds; done += TOGETHER) {
    const together = Math.min(TOGETHER, rounds);
    for (const command of commands) {
      const used = await cpuOf(() => Promise.all(Array.from({ length: together }, () => command.run(to))));
      if (done >= warmUp) note(cpu, command, used / together);
    }
  }
  for (let done = 0; done < Math.ceil(rounds / 4); done++) {
    for (const command of commands) {
      const startedAt = performance.now();
      await command.run(to);
      note(times, command, performance.now() - startedAt);
    }
  }
  return Object.fromEntries(commands.filter(({ isHidden }) => isHidden !== true).map((command) => [command.name, { cpuMicros: Math.round(lowOf(cpu, command, 0.25)), p50Ms: round(lowOf(times, command, 0.5)) }]));
}

async function measureReads(to: Ask): Promise<Probed['reads']> {
  const found: Record<string, { cpuMs: number; p50Ms: number }> = {};
  const median = (values: readonly number[]) => round(quantileOf(values, 0.5));
  for (const read of dimension?.reads ?? []) {
    const times: number[] = [];
    const cpu: number[] = [];
    for (let done = 0; done < 15; done++) {
      const startedAt = performance.now();
      cpu.push((await cpuOf(() => read.run(to))) / 1000);
      times.push(performance.now() - startedAt);
    }
    found[read.name] = { cpuMs: median(cpu), p50Ms: median(times) };
  }
  return found;
}

/** CPU time of all threads of this process in µs. */
async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = ownCpuMs();
  await work();
  return 1000 * (ownCpuMs() - before);
}

function note(into: Map<string, number[]>, { name: of }: Command, value: number): void {
  into.set(of, [...(into.get(of) ?? []), value]);
}

/** A quantile of what was noted; of CPU time a low one, as neighbours on the machine only ever add to it. */
function lowOf(from: ReadonlyMap<string, number[]>, { name: of }: Command, q: number): number {
  return quantileOf(from.get(of) ?? [], q);
}
