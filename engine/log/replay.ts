// Rebuilds the state from the log: the events are applied again, nothing is decided again.
import type { DatabaseSync } from 'node:sqlite';
import { createApply } from '../processing/apply.ts';
import { createLog, readLog } from './log.ts';

/** Reads the log of one store into another, empty one. */
export function replay(from: DatabaseSync, into: DatabaseSync): void {
  const apply = createApply(into);
  const append = createLog(into);
  into.exec('BEGIN');
  for (const entry of readLog(from)) {
    for (const event of entry.events) apply(event, entry.at);
    append(entry);
  }
  into.exec('COMMIT');
}
