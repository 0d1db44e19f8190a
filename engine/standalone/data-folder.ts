// The folder of an engine that runs alone: made where it is missing, refused where it belongs to the product.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Throws a sentence where the folder cannot be used. The engine's store takes its lock. */
export function openDataFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return make(folder);
  if (!found.isDirectory()) throw new Error(`The data folder ${folder} is not a folder. Set --data to another one.`);
  if (['ledger-lock.db', 'ledger.db'].some((name) => existsSync(join(folder, name)))) {
    throw new Error(`The data folder ${folder} belongs to a Stellwerk server: its cases would be worked on without their rules. Set --data to another folder.`);
  }
}

function make(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = code === 'ENOENT' ? `its parent ${dirname(folder)} does not exist` : `the system says ${code}`;
    throw new Error(`The data folder ${folder} cannot be made: ${reason}. Put that right, or set --data to another folder.`, { cause: error });
  }
}
