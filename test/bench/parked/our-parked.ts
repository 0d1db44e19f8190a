/** What it costs our engine that many user tasks are parked: each size in a process of its own that has opened the file anew. */
import { join } from 'node:path';
import { z } from 'zod';
import { askChild } from '../ask-child.ts';
import { bytesIn, load, quantileOf, round } from '../measure.ts';

const program = join(import.meta.dirname, 'engine-process.ts');

const Timing = z.object({ count: z.number(), concurrency: z.number(), perSecond: z.number(), p50Ms: z.number(), p99Ms: z.number() });
const Measured = z.object({ isAnswered: z.literal(true), openedInMs: z.number(), answeredAfterMs: z.number(), page: Timing, completing: Timing.extend({ cpuMs: z.number() }), residentBytes: z.number() });

export type OurParked = z.infer<typeof Measured> & { readonly parked: number; readonly fileBytes: number; readonly load: number };

export type ParkedStore = { readonly folder: string; readonly parked: number };

/** `sizes` ascend; `times` tasks are completed at each. */
export async function measureOurParked(folder: string, sizes: readonly number[], times: number): Promise<OurParked[]> {
  const found: OurParked[] = [];
  let parked = 0;
  for (const size of sizes) {
    await ask([folder, 'park', String(size - parked)]);
    parked = size;
    const measured = Measured.parse(await ask([folder, 'measure', String(times), String(parked)]));
    found.push({ parked, ...measured, fileBytes: bytesIn(folder), load: load() });
    console.log(`Stellwerk with ${size} parked: ${round(measured.completing.p50Ms)} ms to complete one`);
  }
  return found;
}

/** How many times what it does with few parked a completion costs with many: stores that are there, in turn, the median of three pairs; so a neighbour on the machine that comes or goes does not make the ratio. */
export async function compareOurParked(few: ParkedStore, many: ParkedStore, times: number): Promise<{ readonly cpu: number; readonly p50: number }> {
  const measure = async ({ folder, parked }: ParkedStore) => Measured.parse(await ask([folder, 'measure', String(times), String(parked)])).completing;
  await ask([few.folder, 'park', String(few.parked)]);
  const ratios: { cpu: number; p50: number }[] = [];
  for (let pair = 0; pair < 3; pair++) {
    const [ofFew, ofMany] = [await measure(few), await measure(many)];
    ratios.push({ cpu: ofMany.cpuMs / ofFew.cpuMs, p50: ofMany.p50Ms / ofFew.p50Ms });
  }
  const median = (values: readonly number[]) => quantileOf(values, 0.5);
  return { cpu: median(ratios.map(({ cpu }) => cpu)), p50: median(ratios.map(({ p50 }) => p50)) };
}

const ask = (task: readonly string[]): Promise<unknown> => askChild(program, task);
