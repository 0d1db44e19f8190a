// An engine store filled by hand and a core that only reads: what searches see, without an engine behind it.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { createClock } from '../../../engine/clock.ts';
import type { Core } from '../../../engine/core.ts';
import { openDocuments } from '../../../engine/document/documents.ts';
import { createRestHandler } from '../../../engine/rest/handle.ts';

/** Answers as they came off the wire; the tests look at what they know is there. */
export type Untyped = ReturnType<typeof JSON.parse>;
export type RawAnswer = { status: number; contentType: string | undefined; body: Untyped };

const schema = readFileSync(new URL('../../../engine/schema.sql', import.meta.url), 'utf8');

export function openRows(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  db.exec(schema);
  return db;
}

export function insert(db: DatabaseSync, table: string, row: Record<string, string | number | null>): void {
  const names = Object.keys(row);
  db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...Object.values(row));
}

/** A core for reads; whatever changes something is a mistake of the test. */
export function readingCore(db: DatabaseSync): Core {
  const refuse = () => Promise.reject(new Error('this core only reads'));
  return {
    submit: refuse, activateJobs: refuse, awaitResult: refuse, awaitTask: refuse, settled: () => Promise.resolve(), purgeHistory: () => Promise.resolve(0),
    db, searchDb: () => db, documents: openDocuments(':memory:', createClock(() => 0)), clock: createClock(() => 0), timeZone: 'UTC',
    metrics: () => ({ commands: 0, rejections: 0, defects: 0, batches: 0, events: 0, overloads: 0, waitingActivations: 0, waitingResults: 0, unfinishedTurns: 0, longestTurnSteps: 0, heldBatches: 0, lastKey: 0, purgedInstances: 0, purgeSlices: 0, logPasses: 0 }),
    flush: () => undefined,
    figures: () => { throw new Error('this core only reads'); }, onCommit: () => () => undefined,
    close: () => Promise.resolve(),
  };
}

/** Sends raw requests to a handler, as Untyped client could. */
export function rawClient(core: Core) {
  const defects: unknown[] = [];
  const handle = createRestHandler(core, { onDefect: (error) => defects.push(error), isClosing: () => false });
  const send = async (method: string, path: string, body?: string | Uint8Array, headers: Record<string, string> = { 'content-type': 'application/json' }): Promise<RawAnswer> => {
    const answer = await handle({ method, path, headers, body: typeof body === 'string' ? Buffer.from(body) : body, signal: new AbortController().signal });
    const text = answer.body === undefined ? undefined : Buffer.from(answer.body as string).toString();
    const contentType = answer.headers['content-type'];
    return { status: answer.status, contentType, body: text !== undefined && contentType?.includes('json') ? JSON.parse(text) : text };
  };
  return { send, post: (path: string, body?: unknown) => send('POST', path, body === undefined ? undefined : JSON.stringify(body)), get: (path: string) => send('GET', path), defects };
}
