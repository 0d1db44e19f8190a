// The command `deployments`: what is asked for, done on a folder or over an address, and what is said about it.
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { createClock } from '../clock.ts';
import { openCore } from '../core.ts';
import { listDeployments } from './deployment-set.ts';
import { readArchive, writeArchive } from './files.ts';
import { exportOverRest } from './export-over-rest.ts';
import { importDeployments } from './import-deployments.ts';
import { importOverRest } from './import-over-rest.ts';
import { createRestEngine, type RestEngine } from './rest-engine.ts';

const usage = 'Usage: npm run deployments -- export --data DIR --to NEW_FOLDER, and npm run deployments -- import --from FOLDER --data DIR; of a running engine --url URL in place of --data, with its API key in STELLWERK_API_KEY.';

/** `code` 0: done. 1: not done, and why. 2: asked for in a way that is not understood. `said` is one sentence or more, without a line end. */
export type Outcome = { readonly code: 0 | 1 | 2; readonly said: string };

/** `apiKey` is for an engine that runs, by its `--url`. */
export async function archiveCommand(words: string[], apiKey: string | undefined): Promise<Outcome> {
  try {
    const { values, positionals: [command] } = parseArgs({ args: words, allowPositionals: true, options: { data: { type: 'string' }, to: { type: 'string' }, from: { type: 'string' }, url: { type: 'string' } } });
    const { data, to, from, url } = values;
    if (url !== undefined && data !== undefined) throw new TypeError('Give either --data or --url');
    if (url !== undefined && !URL.canParse(url)) throw new TypeError(`"${url}" is no address: --url takes one like http://127.0.0.1:4600`);
    if (command === 'export' && data !== undefined && to !== undefined) return await outcome(exportAll(resolve(data), resolve(to)));
    if (command === 'import' && data !== undefined && from !== undefined) return await outcome(importAll(resolve(from), resolve(data)));
    if (command === 'export' && url !== undefined && to !== undefined) return await outcome(exportFrom(createRestEngine(url, apiKey), resolve(to)));
    if (command === 'import' && url !== undefined && from !== undefined) return await outcome(importTo(resolve(from), createRestEngine(url, apiKey), url));
    return { code: 2, said: `${command === 'export' ? 'export needs --data or --url, and --to.' : command === 'import' ? 'import needs --from, and --data or --url.' : `There is no command "${command ?? ''}".`} ${usage}` };
  } catch (error) {
    // parseArgs throws a TypeError with a sentence for whatever it does not know.
    if (!(error instanceof TypeError)) throw error;
    return { code: 2, said: `${error.message.split('. ')[0] ?? ''}. ${usage}` };
  }
}

async function outcome(work: Promise<string>): Promise<Outcome> {
  try {
    return { code: 0, said: await work };
  } catch (error) {
    return { code: 1, said: error instanceof Error ? error.message : String(error) };
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

/** Of an engine that runs, perhaps elsewhere. */
async function exportFrom(engine: RestEngine, to: string): Promise<string> {
  const { deployments, missingForms } = await exportOverRest(engine);
  await writeArchive(to, deployments);
  const forms = missingForms.length === 0 ? '' : ` Not in it, for no call of the API lists forms: ${missingForms.map(asNamed).join(', ')}. Deploy them to the other engine yourself, or export with --data.`;
  return `Exported ${deployments.length} deployments to ${to}.${forms}`;
}

/** A diagram may name its form by an expression. */
const asNamed = (form: string) => (form.startsWith('=') ? `those of the expression ${form}` : form);

async function importTo(from: string, engine: RestEngine, url: string): Promise<string> {
  const archive = await readArchive(from);
  const added = await importOverRest(engine, archive);
  return saysImported(added, archive.length, url);
}

const saysImported = (added: number, all: number, where: string) => `Imported ${added} deployments into ${where}${added < all ? `; ${all - added} were there already` : ''}.`;

/** Needs the folder for itself. */
async function importAll(from: string, data: string): Promise<string> {
  const archive = await readArchive(from);
  process.umask(0o077);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const core = openCore({ file: join(data, 'engine.db'), clock: createClock() });
  try {
    const added = await importDeployments(core, archive);
    return saysImported(added, archive.length, data);
  } finally {
    await core.close();
  }
}
