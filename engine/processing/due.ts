// What time brings: rows that are due become commands, and the next due instant tells when to look again.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { DueCommand, EngineEvent } from '../records.ts';
import { many, one } from '../store/statements.ts';

const AT_ONCE = 500;
/** So few items of batch operations, that what callers ask meanwhile does not wait for hundreds of them. */
const ITEMS_AT_ONCE = 50;

export type DueRows = {
  /** Commands for what is due now, the earliest first, so many at once of each kind, and as many more as the caller is going to leave out. */
  commands(now: number, leftOut?: number): DueCommand[];
  /** The earliest instant, after a given one, at which something is due. */
  next(after?: number): number | undefined;
};

/** `stepsAtOnce`: of a turn that goes on. */
export function readDueRows(db: DatabaseSync, stepsAtOnce: number): DueRows {
  // Of those that are due at the same instant the one of the oldest waiting instance comes first, as in Zeebe (measured on 8.8.21).
  const timers = many<{ key: Key }>(db, `SELECT key FROM timers WHERE due_at <= ? ORDER BY due_at, element_instance_key, key LIMIT ?`);
  const jobs = many<{ key: Key; phase: string }>(db, `SELECT key, phase FROM jobs WHERE due_at <= ? ORDER BY due_at, key LIMIT ?`);
  const messages = many<{ key: Key }>(db, `SELECT key FROM messages WHERE expires_at <= ? ORDER BY expires_at, key LIMIT ?`);
  // CROSS JOIN: along the due operations and into the items of each; the other way round all items are read and sorted for each fifty.
  const items = many<{ batchOperationKey: Key; itemKey: Key }>(db, `SELECT b.key AS batchOperationKey, i.item_key AS itemKey
    FROM batch_operations b CROSS JOIN batch_operation_items i ON i.batch_operation_key = b.key AND i.state = 'ACTIVE'
    WHERE b.due_at <= ? ORDER BY b.due_at, b.key, i.id LIMIT ?`);
  const next = one<{ due: number | null }>(db, `SELECT min(due) AS due FROM (SELECT min(due_at) AS due FROM timers WHERE due_at > ?1
    UNION ALL SELECT min(due_at) FROM jobs WHERE due_at > ?1 UNION ALL SELECT min(expires_at) FROM messages WHERE expires_at > ?1
    UNION ALL SELECT min(due_at) FROM batch_operations WHERE due_at > ?1 UNION ALL SELECT min(due_at) FROM unfinished_turns WHERE due_at > ?1)`);
  const turns = many<{ key: Key }>(db, `SELECT key FROM unfinished_turns WHERE due_at <= ? ORDER BY due_at, rank LIMIT ?`);
  return {
    commands: (now, leftOut = 0) => [
      ...messages(now, AT_ONCE + leftOut).map(({ key }) => ({ type: 'message.expire', messageKey: key }) as const),
      ...jobs(now, AT_ONCE + leftOut).map(({ key, phase }) => ({ type: phase === 'BACKING_OFF' ? 'job.recur' : 'job.time-out', jobKey: key }) as const),
      ...timers(now, AT_ONCE + leftOut).map(({ key }) => ({ type: 'timer.trigger', timerKey: key }) as const),
      ...turns(now, AT_ONCE + leftOut).map(({ key }) => ({ type: 'turn.continue', turnKey: key, steps: stepsAtOnce }) as const),
      ...items(now, ITEMS_AT_ONCE + leftOut).map((item) => ({ type: 'batch-operation.process-item', ...item }) as const),
    ],
    next: (after = -1) => next(after)?.due ?? undefined,
  };
}

/** The instant that an event makes due, if any: cheaper than asking the store after each batch. */
export function dueAtOf(event: EngineEvent, now: number): number | undefined {
  switch (event.type) {
    case 'timer.created': return event.dueAt;
    case 'jobs.activated': return event.deadline;
    case 'job.timeout-updated': return event.deadline;
    case 'job.failed': return event.recurAt ?? undefined;
    case 'message.published': return event.expiresAt ?? undefined;
    case 'batch-operation.created':
    case 'batch-operation.resumed': return now;
    case 'turn.paused': return event.dueAt;
    default: return undefined;
  }
}
