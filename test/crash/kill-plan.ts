/** Which way the next life of the server ends: kinds of points in turn, so that a short run meets each. */
import { existsSync, readFileSync } from 'node:fs';
import type { KillPoint } from './kill-points.ts';

const files = ['engine.db', 'ledger.db'] as const;
const points = ['before-commit', 'after-commit', 'in-checkpoint', null] as const;

/** Null: at a random moment. `log` must be a new file for each kill. */
export function planKill(kill: number, random: () => number, log: string): KillPoint | null {
  const file = files[kill % files.length] ?? 'engine.db';
  const at = points[Math.floor(kill / files.length) % points.length] ?? null;
  // The first of each kind falls at the very beginning: a checkpoint may be over sooner than any pause.
  const isFirst = kill < files.length * points.length;
  return at === null ? null : { file, at, nth: 1 + Math.floor(random() * 30), afterMicroseconds: isFirst ? 0 : Math.floor(random() * 3_000), log };
}

export const atRandom = 'at a random moment';

/** Where the server died. A point that it did not reach in its life, for want of work, is a random moment too. */
export function whereKilled(point: KillPoint | null): string {
  if (point === null || !existsSync(point.log)) return atRandom;
  const isOver = readFileSync(point.log, 'utf8').includes('over');
  return `${isOver ? 'after-checkpoint' : point.at} of ${point.file}`;
}
