/** `npm run backup -- --data DIR --to DIR2` and `npm run restore -- --from DIR2 --data DIR`: a data folder of the product or of the engine alone, also while it is in use. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { engineStoreVersions, restoreBackup, takeBackup } from '../../engine/backup/index.ts';
import { ledgerStoreVersions } from '../../ledger/index.ts';

const usage = 'Usage: npm run backup -- --data DIR --to NEW_FOLDER, and npm run restore -- --from BACKUP --data NEW_FOLDER.';

process.umask(0o077);
// 0: done. 1: not done, and why. 2: asked for in a way that is not understood.
process.exitCode = await main(process.argv.slice(2));

async function main([command, ...words]: string[]): Promise<0 | 1 | 2> {
  const read = readFolders(command, words);
  if ('problem' in read) {
    process.stderr.write(`${read.problem} ${usage}\n`);
    return 2;
  }
  try {
    process.stdout.write(`${await run(read)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

type Folders = { command: 'backup' | 'restore'; from: string; to: string };

function readFolders(command: string | undefined, words: string[]): Folders | { problem: string } {
  if (command !== 'backup' && command !== 'restore') return { problem: `There is no command "${command ?? ''}".` };
  try {
    const { values } = parseArgs({ args: words, options: { data: { type: 'string' }, to: { type: 'string' }, from: { type: 'string' } } });
    const [from, to] = command === 'backup' ? [values.data ?? (process.env['STELLWERK_DATA'] || './data'), values.to] : [values.from, values.data];
    if (from === undefined || to === undefined || from === '' || to === '') return { problem: `${command} needs to know ${command === 'backup' ? 'where to (--to)' : 'from where (--from) and where to (--data)'}.` };
    return { command, from: resolve(from), to: resolve(to) };
  } catch (error) {
    // parseArgs throws a TypeError with a sentence for whatever it does not know.
    if (error instanceof TypeError) return { problem: `${error.message.split('. ')[0] ?? ''}.` };
    throw error;
  }
}

async function run({ command, from, to }: Folders): Promise<string> {
  if (command === 'backup') {
    if (to === from || to.startsWith(`${from}/`)) throw new Error(`The backup cannot go into the data folder itself. Name a folder elsewhere, best on another disk.`);
    const { manifest, isLive } = await takeBackup(from, to, (file) => { process.stdout.write(`copied ${file}\n`); });
    return `Backed up ${from} ${isLive ? 'while it was in use, ' : ''}to ${to}, as of ${manifest.takenAt}: ${manifest.files.map(({ name }) => name).join(', ')}. It holds the keys to all that is encrypted: keep it as safe as the data.`;
  }
  const manifest = await restoreBackup(from, to, { ...engineStoreVersions, ...ledgerStoreVersions });
  return `Restored ${to} as of ${manifest.takenAt}. Start the server on it, or prove it first: npm run verify -- --data ${to}`;
}
