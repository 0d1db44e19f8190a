/** Commands beside the purge of finished process instances: whether anybody waits for it. */
import { markdownTable } from './markdown-table.ts';
import { load, round } from './measure.ts';
import type { BenchPart } from './part.ts';
import { measurePurgeStalls, type PurgeFigures, type PurgeLoad } from './purge-stalls.ts';

export const benchPurge: BenchPart = async ({ short, folder }) => {
  const figures = await measurePurgeStalls(short ? { instances: 1_000, perSecond: 50, seconds: 2, folder } : { instances: 100_000, perSecond: 200, seconds: 20, folder });
  console.log(said(figures));
  console.table(rows(figures));
  return { figures, sections: { purge: `${said(figures)}\n\n${markdownTable(rows(figures))}` } };
};

function said({ instances, perSecond, fileMb, purged, purgeSeconds, cpuMicrosecondsEach }: PurgeFigures): string {
  return `${perSecond} instances a second are started and ended beside ${instances} that ended long ago (${fileMb} MB; load ${load()} at the end). ${purged} were purged and the log was sifted in ${purgeSeconds} s (${Math.round(purged / purgeSeconds)} a second), for ${cpuMicrosecondsEach} µs of CPU each.`;
}

function rows({ without, purging }: PurgeFigures) {
  const row = (name: string, { count, p50, p99, p999, longest, cpuMsEach }: PurgeLoad) => ({ load: name, instances: count, 'p50 ms': p50, 'p99 ms': p99, 'p99.9 ms': p999, 'longest ms': longest, 'CPU ms an instance': round(cpuMsEach) });
  return [row('without purging', without), row('while purging', purging)];
}
