// How far the log had come, noted beside the store: a store that later ends before that has lost acknowledged work, and says so instead of starting.
import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Key } from '../keys.ts';
import type { Logger } from '../logger.ts';

/** All of it was committed and fsynced when it was noted. */
const Mark = z.object({ position: z.int().nonnegative(), lastKey: z.int().nonnegative(), at: z.number() });
export type Mark = z.infer<typeof Mark>;

export type HighWaterMark = { /** Notes the end of the log; before the store is closed. */ close(): Promise<void> };

/** What is lost without being noticed is what was committed since the last note. */
const NOTE_EVERY_MS = 1_000;
/** Keys that may have been given out since the last note: none of them is given again. */
const UNNOTED_KEYS = 1_000_000;

const fileOf = (store: string) => `${store}.mark`;

/** Where another program touched the file nothing can be said, and nothing is refused. */
function readMark(store: string, logger: Logger): Mark | undefined {
  let text: string;
  try {
    text = readFileSync(fileOf(store), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return Mark.parse(JSON.parse(text));
  } catch (error) {
    logger.warn({ error, file: fileOf(store) }, 'The note of how far the log had come cannot be read. It is written anew; whether acknowledged work is missing was not checked.');
    return undefined;
  }
}

type Check = { readonly db: DatabaseSync; readonly file: string; readonly logger: Logger; /** The end of the log that the operator wants to go on from. */ readonly acceptLoss: number | undefined };

/**
 * Throws a sentence where the log ends before what was noted, unless exactly that end is accepted: then the log goes on
 * behind the note, so that no position and no key is given twice. Called before anything else is written.
 */
export function checkMark({ db, file, logger, acceptLoss }: Check): void {
  const mark = readMark(file, logger);
  if (mark === undefined) return;
  const end = endOfLog(db);
  if (end.position >= mark.position) return;
  const missing = mark.position - end.position;
  const told = `The engine's store ${file} ends at command ${end.position}, but command ${mark.position} was on disk at ${new Date(mark.at).toISOString()}: up to ${missing} acknowledged commands are missing.`;
  if (acceptLoss !== end.position) {
    throw new Error(`${told} Its write-ahead log (${file}-wal) was removed or cut, or the file is an older copy. Put the right files back, or restore a backup. To go on without them, set STELLWERK_ACCEPT_LOSS=engine@${end.position} for one start.`);
  }
  if (end.position === 0) throw new Error(`${told} Nothing of it is left to go on from. Restore a backup, or start with a new data folder.`);
  db.prepare(`INSERT INTO log (position, at, command, last_key, events) VALUES (?, ?, 'store.accept-loss', ?, CAST('[]' AS BLOB))`).run(mark.position + 1, mark.at, mark.lastKey + UNNOTED_KEYS);
  logger.warn({ from: end.position + 1, to: mark.position }, `${told} The start goes on without them, as it was told to.`);
}

/** Notes the end of the log every second in which it moved, beside all that commits: no commit waits for it. */
export function keepMark(store: string, now: () => number, logger: Logger): HighWaterMark {
  // A connection of its own sees only what is committed.
  const db = new DatabaseSync(store, { readOnly: true });
  const end = db.prepare('SELECT position, last_key AS lastKey FROM log ORDER BY position DESC LIMIT 1');
  let noted = -1;
  let noting: Promise<void> | undefined;
  const moved = (): Mark | undefined => {
    const row = end.get();
    const position = Number(row?.['position'] ?? 0);
    return position === noted ? undefined : { position, lastKey: Number(row?.['lastKey'] ?? 0), at: now() };
  };
  const note = async () => {
    const mark = moved();
    if (mark === undefined) return;
    try {
      await writeMark(store, mark);
      noted = mark.position;
    } catch (error) {
      // All of it is on disk; only the note is older than it could be.
      logger.warn({ error }, 'How far the log has come could not be noted. While the engine runs it is tried again in a second.');
    }
  };
  const ticking = setInterval(() => { noting ??= note().finally(() => { noting = undefined; }); }, NOTE_EVERY_MS).unref();
  return {
    close: async () => {
      clearInterval(ticking);
      await noting;
      await note();
      db.close();
    },
  };
}

function endOfLog(db: DatabaseSync): { position: number; lastKey: Key } {
  const hasLog = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'log'`).get() !== undefined;
  const row = hasLog ? db.prepare('SELECT position, last_key AS lastKey FROM log ORDER BY position DESC LIMIT 1').get() : undefined;
  return { position: Number(row?.['position'] ?? 0), lastKey: Number(row?.['lastKey'] ?? 0) };
}

/** Whole or not at all: written aside, then put in its place. */
async function writeMark(store: string, mark: Mark): Promise<void> {
  const aside = `${fileOf(store)}.new`;
  const handle = await open(aside, 'w');
  try {
    await handle.writeFile(JSON.stringify(mark));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(aside, fileOf(store));
}
