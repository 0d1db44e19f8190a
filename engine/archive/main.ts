// `npm run deployments -- export --data DIR --to FOLDER` and `… import --from FOLDER --data DIR`: all definitions with their versions, from one engine to another.
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { createClock } from '../clock.ts';
import { openCore } from '../core.ts';
import { listDeployments } from './deployment-set.ts';
import { readArchive, writeArchive } from './files.ts';
import { importDeployments } from './import-deployments.ts';

const usage = 'Usage: npm run deployments -- export --data DIR --to NEW_FOLDER, and npm run deployments -- import --from FOLDER --data DIR.';

// 0: done. 1: not done, and why. 2: asked for in a way that is not understood.
process.exitCode = await main(process.argv.slice(2));

async function main(words: string[]): Promise<0 | 1 | 2> {
  try {
    const { values, positionals: [command] } = parseArgs({ args: words, allowPositionals: true, options: { data: { type: 'string' }, to: { type: 'string' }, from: { type: 'string' } } });
    const { data, to, from } = values;
    if (command === 'export' && data !== undefined && to !== undefined) return await done(exportAll(resolve(data), resolve(to)));
    if (command === 'import' && data !== undefined && from !== undefined) return await done(importAll(resolve(from), resolve(data)));
    process.stderr.write(`${command === 'export' ? 'export needs --data and --to.' : command === 'import' ? 'import needs --from and --data.' : `There is no command "${command ?? ''}".`} ${usage}\n`);
  } catch (error) {
    // parseArgs throws a TypeError with a sentence for whatever it does not know.
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message.split('. ')[0] ?? ''}. ${usage}\n`);
  }
  return 2;
}

async function done(work: Promise<string>): Promise<0 | 1> {
  try {
    process.stdout.write(`${await work}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

/** Reads only, so the folder may be in use. */
async function exportAll(data: string, to: string): Promise<string> {
  const file = join(data, 'engine.db');
  if (!existsSync(file)) throw new Error(`The folder ${data} holds no engine.db. Name the data folder of an embedded engine with --data.`);
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  const deployments = listDeployments(db);
  db.close();
  await writeArchive(to, deployments);
  return `Exported ${deployments.length} deployments to ${to}.`;
}

/** Needs the folder for itself. */
async function importAll(from: string, data: string): Promise<string> {
  const archive = await readArchive(from);
  process.umask(0o077);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const core = openCore({ file: join(data, 'engine.db'), clock: createClock() });
  try {
    const added = await importDeployments(core, archive);
    return `Imported ${added} deployments into ${data}${added < archive.length ? `; ${archive.length - added} were there already` : ''}.`;
  } finally {
    await core.close();
  }
}
