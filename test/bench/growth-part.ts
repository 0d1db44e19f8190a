/** How the embedded engine's costs grow with what it holds, one dimension at a time: CPU time of commands, memory, size of the file. */
import { round, load } from './measure.ts';
import { dimensions } from './growth/dimensions.ts';
import { describeGrowth, plotOf } from './growth/describe-growth.ts';
import { runGrowth, type Grown } from './growth/run-growth.ts';
import type { BenchPart } from './part.ts';

export const benchGrowth: BenchPart = async ({ short, folder }) => {
  const figures: Record<string, readonly Grown[]> = {};
  const pictures: Record<string, string> = {};
  console.log(`Growth of the embedded engine, through its REST facade in this process (load ${load()})`);
  for (const dimension of dimensions) {
    const grown = await runGrowth(dimension, { sizes: short ? dimension.shortSizes : dimension.sizes, rounds: short ? 40 : 300, folder });
    figures[dimension.name] = grown;
    pictures[`performance/${dimension.name}.svg`] = plotOf(dimension, grown);
    console.log(`\n${dimension.title} (load ${load()})`);
    console.table(grown.map(rowOf));
  }
  return { figures, pictures, sections: { growth: describeGrowth(dimensions, figures) } };
};

function rowOf({ size, openMs, commands, reads, rssMb, heapMb, fileMb }: Grown): Record<string, number> {
  const cpu = Object.entries(commands).map(([name, cost]) => [`${name}: CPU µs`, cost.cpuMicros] as const);
  const p50 = Object.entries(commands).map(([name, cost]) => [`${name}: p50 ms`, cost.p50Ms] as const);
  const slowest = Math.max(0, ...Object.values(reads).map(({ cpuMs }) => cpuMs));
  return { size, ...Object.fromEntries([...cpu, ...p50]), 'start-up ms': openMs, 'RSS MB': round(rssMb), 'heap MB': heapMb, 'file MB': fileMb, ...(slowest > 0 ? { 'slowest page: CPU ms': slowest } : {}) };
}
