/** What a process and all processes below it use, as Linux tells it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second, whatever the processor. */
const msPerTick = 10;

type Entry = { pid: number; parent: number; ticks: number };

/** CPU time of the process and its children, also of those that have ended, in ms. */
export function cpuMsOf(pid: number): number {
  return treeOf(pid).reduce((sum, { ticks }) => sum + ticks, 0) * msPerTick;
}

/** Resident memory in bytes, shared pages counted once for each process. */
export function residentBytesOf(pid: number): number {
  return treeOf(pid).reduce((sum, entry) => sum + Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${entry.pid}/status`))?.[1] ?? 0) * 1024, 0);
}

function treeOf(root: number): Entry[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => entryOf(Number(name))).filter((entry) => entry !== undefined);
  const below = (pid: number): Entry[] => all.filter(({ parent }) => parent === pid).flatMap((entry) => [entry, ...below(entry.pid)]);
  return [...all.filter(({ pid }) => pid === root), ...below(root)];
}

/** Undefined where the process has ended meanwhile. The name in brackets may hold anything, so counting begins after it. */
function entryOf(pid: number): Entry | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
  return stat === '' ? undefined : { pid, parent: Number(fields[1]), ticks };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return '';
    throw error;
  }
}
