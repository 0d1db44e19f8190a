// Rebuilds the state from the log: the events are applied again, nothing is decided again.
import type { DatabaseSync } from 'node:sqlite';
import { createApply } from '../processing/apply.ts';
import { createLog, readLog } from './log.ts';

export type ReplayOptions = {
  /** False: the log itself is not copied. */
  readonly keepLog?: boolean;
  /** Called before each entry is applied. */
  readonly onEntry?: (position: number) => void;
};

/** Reads the log of one store into another, empty one. */
export function replay(from: DatabaseSync, into: DatabaseSync, { keepLog = true, onEntry }: ReplayOptions = {}): void {
  const apply = createApply(into);
  const append = createLog(into);
  into.exec('BEGIN');
  for (const entry of readLog(from)) {
    onEntry?.(entry.position);
    for (const event of entry.events) apply(event, entry.at);
    if (keepLog) append(entry);
  }
  into.exec('COMMIT');
}
