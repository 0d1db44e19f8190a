// The append-only log: one row per accepted command with its events in one blob.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { EngineEvent } from '../records.ts';
import { write } from '../store/statements.ts';

export type LogEntry = { readonly position: number; readonly at: number; readonly command: string; readonly lastKey: Key; readonly events: readonly EngineEvent[] };

export type AppendToLog = (entry: Omit<LogEntry, 'position'>) => void;

export function createLog(db: DatabaseSync): AppendToLog {
  const insert = write(db, 'INSERT INTO log (at, command, last_key, events) VALUES (?, ?, ?, ?)');
  return ({ at, command, lastKey, events }) => insert(at, command, lastKey, Buffer.from(JSON.stringify(events)));
}

/** All entries in order. */
export function* readLog(db: DatabaseSync): Generator<LogEntry> {
  const rows = db.prepare('SELECT position, at, command, last_key AS lastKey, events FROM log ORDER BY position').iterate();
  for (const row of rows) {
    const { events, ...entry } = row as Omit<LogEntry, 'events'> & { events: Uint8Array };
    yield { ...entry, events: JSON.parse(Buffer.from(events).toString('utf8')) as EngineEvent[] };
  }
}
