/** The embedded engine's loop in this process: start → one job → FEEL gateway → end, fsynced, through the SDK. */
import { join } from 'node:path';
import { createClock } from '../../engine/clock.ts';
import { openEngine } from '../../engine/index.ts';
import { runEngineLoop } from './engine-loop.ts';
import { load } from './measure.ts';
import type { BenchPart } from './part.ts';

export const benchEngine: BenchPart = async ({ short, folder }) => {
  const sizes = short ? { warmUp: 300, sequential: 200, parallel: 2_000 } : { warmUp: 2_000, sequential: 1_000, parallel: 10_000 };
  const engine = openEngine({ file: join(folder, 'engine.db'), clock: createClock() });
  try {
    const figures = await runEngineLoop({ fetch: engine.fetch }, sizes);
    console.log(`Engine: start → one job → FEEL gateway → end, fsynced (load ${load()})`);
    const { oneAtATime, hundredAtOnce } = figures;
    console.table([{ engine: 'embedded, through the SDK', '1 at a time: p50 ms': oneAtATime.p50Ms, 'p99 ms': oneAtATime.p99Ms, '100 at once: per s': hundredAtOnce.perSecond, 'p50 ms': hundredAtOnce.p50Ms }]);
    return { figures };
  } finally {
    await engine.close();
  }
};
