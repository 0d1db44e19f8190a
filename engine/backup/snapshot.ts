// One instant of a data folder: every database held as it is now, every other file read, all within one turn of the event loop.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { sync } from './new-folder.ts';

export type Snapshot = {
  /** Names of all files that belong to it. */
  readonly files: readonly string[];
  /** Writes them into an existing folder, fsynced; what goes on in the data folder meanwhile is not in them. */
  copyTo(folder: string, onCopied?: (file: string) => void): Promise<void>;
  close(): void;
};

/** So many pages are copied between two looks at other work. */
const PAGES_AT_ONCE = 400;

/** Locks, what SQLite keeps beside a database and the note of how far its log had come (ADR 112) are made anew; a socket is no file. */
const isOfData = (name: string) => !/(-wal|-shm|-journal|\.lock|\.mark(\.\w+)?|^ledger-lock\.db)$/.test(name);

/**
 * Synchronous, so that no commit of this process comes between two files: what is acknowledged is in all of them, and they
 * are together what a kill at this instant would have left. Whoever calls must be the process that writes the folder, or
 * hold its locks.
 */
export function takeSnapshot(folder: string): Snapshot {
  const databases: { readonly name: string; readonly db: DatabaseSync }[] = [];
  const close = () => {
    for (const { db } of databases.splice(0)) db.close();
  };
  try {
    const names = readdirSync(folder).filter((name) => isOfData(name) && statSync(join(folder, name)).isFile()).sort();
    for (const name of names.filter((one) => one.endsWith('.db'))) databases.push({ name, db: holdDatabase(join(folder, name)) });
    const others = names.filter((name) => !name.endsWith('.db')).map((name) => ({ name, content: readFileSync(join(folder, name)) }));
    return {
      files: names,
      close,
      copyTo: async (to, onCopied) => {
        for (const { name, content } of others) {
          await writeFile(join(to, name), content, { mode: 0o600, flush: true, flag: 'wx' });
          onCopied?.(name);
        }
        for (const { name, db } of databases) {
          await backup(db, join(to, name), { rate: PAGES_AT_ONCE });
          await chmod(join(to, name), 0o600);
          await sync(join(to, name));
          onCopied?.(name);
        }
        await sync(to);
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** A reading transaction that began: SQLite shows the database as it is now for as long as it is open, and copies just that. */
export function holdDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
