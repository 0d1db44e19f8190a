/** The growth bench in words: a picture, and how much dearer each thing is at the largest size. */
import { cpus } from 'node:os';
import { markdownTable } from '../markdown-table.ts';
import { load, round } from '../measure.ts';
import type { Dimension } from './dimension.ts';
import { drawPlot, type Panel, type Series } from './draw-plot.ts';
import type { Grown } from './run-growth.ts';

export function plotOf({ title, axis }: Dimension, grown: readonly Grown[]): string {
  const line = (name: string, value: (one: Grown) => number): Series => ({ name, points: grown.map((one) => [one.size, value(one)] as const) });
  const commands = Object.keys(grown[0]?.commands ?? {});
  const panels: Panel[] = [
    { axis: 'CPU time of one command (µs)', series: commands.map((name) => line(name, ({ commands: of }) => of[name]?.cpuMicros ?? 0)) },
    { axis: 'memory (MB)', series: [line('whole process (RSS)', ({ rssMb }) => rssMb), line('JavaScript heap', ({ heapMb }) => heapMb)] },
    { axis: 'store (MB)', series: [line('file', ({ fileMb }) => fileMb)] },
  ];
  return drawPlot({ title, axis, panels });
}

/** Markdown for the performance page. */
export function describeGrowth(dimensions: readonly Dimension[], figures: Readonly<Record<string, readonly Grown[]>>): string {
  const parts = dimensions.map((dimension) => `**${dimension.title}.** ${wordsOf(figures[dimension.name] ?? [])}\n\n![${dimension.title}: CPU time, memory and file size over ${dimension.axis}](performance/${dimension.name}.svg)`);
  return [`${cpus().length} cores, load ${load()} at the end. Each size is measured by a process of its own that opens the store; commands come over the REST facade in process, twenty share a commit; of CPU time the lower quartile, of wall time the median.`, ...parts, describePages(figures['parked-instances'] ?? [])].join('\n\n');
}

function wordsOf(grown: readonly Grown[]): string {
  const first = grown.find(({ size }) => size >= 100) ?? grown[0];
  const last = grown.at(-1);
  if (first === undefined || last === undefined) return '';
  const commands = Object.entries(last.commands).map(([name, { cpuMicros, p50Ms }]) => {
    const before = first.commands[name]?.cpuMicros ?? Number.NaN;
    return `${name} ${cpuMicros} µs (${round(cpuMicros / before)} ×; one at a time p50 ${p50Ms} ms)`;
  });
  const [from, to] = [first, last].map(({ size }) => size.toLocaleString('en'));
  return `At ${to ?? ''}, compared with ${from ?? ''}: ${commands.join(', ')}; start-up ${last.openMs} ms; memory ${round(last.rssMb)} MB (${round(first.rssMb)} MB); file ${last.fileMb} MB.`;
}

function describePages(grown: readonly Grown[]): string {
  const last = grown.at(-1);
  if (last === undefined) return '';
  const rows = Object.entries(last.reads).map(([search, { cpuMs, p50Ms }]) => ({ search, 'CPU ms': cpuMs, 'p50 ms': p50Ms }));
  return `First pages of 50 with ${last.size.toLocaleString('en')} parked instances, total included:\n\n${markdownTable(rows)}`;
}
