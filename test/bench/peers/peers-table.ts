/** The comparison as one table of ratios, for the console and for `docs/performance.md`. */
import { round } from '../measure.ts';
import { markdownTable } from '../markdown-table.ts';
import type { Standing } from './run-rounds.ts';

export type Row = Readonly<Record<string, string | number>>;

/** Ratios above 1 say that `ours` is faster or takes less. */
export function peersRows(standings: readonly Standing[], ours: Standing): Row[] {
  return standings.map((standing) => ({
    engine: standing.name,
    '100 at once: per s': standing.perSecond.median,
    'least to most': `${standing.perSecond.least} to ${standing.perSecond.most}`,
    'ours is faster by': timesOf(ours.perSecond.median, standing.perSecond.median),
    'one at a time: p50 ms': standing.oneAtATime.p50Ms,
    'p99 ms': standing.oneAtATime.p99Ms,
    'ours is sooner by': timesOf(standing.oneAtATime.p50Ms, ours.oneAtATime.p50Ms),
    'CPU ms each': standing.cpuMs,
    'ours takes less by': timesOf(standing.cpuMs, ours.cpuMs),
    load: standing.load.least === standing.load.most ? String(standing.load.least) : `${standing.load.least} to ${standing.load.most}`,
  }));
}

export function peersMarkdown(standings: readonly Standing[], ours: Standing): string {
  return [
    markdownTable(peersRows(standings, ours)),
    markdownTable(standings.map(({ name, durability, served }) => ({ engine: name, 'how a commit reaches the disk': durability, 'served by': served }))),
  ].join('\n\n');
}

const timesOf = (more: number, less: number): string => `${round(more / less)} ×`;
