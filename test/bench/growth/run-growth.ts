/** Grows one dimension step by step and has each size measured by a process of its own. */
import { join } from 'node:path';
import { createClock } from '../../../engine/clock.ts';
import { openEngine } from '../../../engine/index.ts';
import { askChild } from '../ask-child.ts';
import { createAsk, type Dimension } from './dimension.ts';
import type { Probed } from './probe.ts';

export type Grown = { readonly size: number } & Probed;

/** So many are added at once while the store grows. */
const CALLERS = 200;

/** The figures of each size, smallest first. `folder` is empty and used for the store. */
export async function runGrowth(dimension: Dimension, { sizes, rounds, folder }: { readonly sizes: readonly number[]; readonly rounds: number; readonly folder: string }): Promise<Grown[]> {
  const file = join(folder, `${dimension.name}.db`);
  const grown: Grown[] = [];
  let reached = 0;
  for (const size of sizes) {
    await grow(dimension, file, reached, size);
    reached = size;
    grown.push({ size, ...(await probe(dimension, size, file, rounds)) });
  }
  return grown;
}

async function grow(dimension: Dimension, file: string, from: number, to: number): Promise<void> {
  const engine = openEngine({ file, clock: createClock() });
  const ask = createAsk(engine);
  if (from === 0) await dimension.prepare(ask);
  let next = from;
  await Promise.all(Array.from({ length: Math.min(CALLERS, to - from) }, async () => {
    while (next < to) await dimension.add(ask, next++);
  }));
  await engine.close();
}

async function probe(dimension: Dimension, size: number, file: string, rounds: number): Promise<Probed> {
  return (await askChild(join(import.meta.dirname, 'probe.ts'), [dimension.name, String(size), file, String(rounds)], ['--expose-gc'])) as Probed;
}
