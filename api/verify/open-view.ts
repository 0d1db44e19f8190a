/** A view of a SQLite file that stays as it is while another process may be writing it. */
import type { DatabaseSync } from 'node:sqlite';
import { holdDatabase } from '../../engine/backup/index.ts';

/** Throws a sentence where the file cannot be opened. */
export function openView(file: string): DatabaseSync {
  try {
    return holdDatabase(file);
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}. Check that it is the file of a Stellwerk data folder and that you may read it and write beside it.`, { cause: error });
  }
}

/** What SQLite's own check finds wrong with the file: torn pages, indexes that miss rows; at most ten. */
export function integrityFaults(db: DatabaseSync): string[] {
  try {
    const lines = db.prepare('PRAGMA integrity_check(10)').all().map((row) => String(row['integrity_check']));
    return lines.filter((line) => line !== 'ok');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
