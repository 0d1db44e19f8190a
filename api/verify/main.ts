/** `npm run verify -- --data DIR [--heads FILE]`: proves a data folder, also while a server is running on it. */
import { parseArgs } from 'node:util';
import { verifyFolder } from './verify-folder.ts';

const usage = 'Usage: npm run verify -- --data DIR [--heads FILE]. DIR is the data folder, FILE a copy of heads.jsonl kept elsewhere. With DATABASE_URL set the PostgreSQL ledger is checked; DIR then holds the signed heads and the master key.';
/** How often a long check says how far it is. */
const sayEveryMs = 3_000;

/** 0: all holds. 1: something does not. 2: it could not be checked. */
process.exitCode = await main();

async function main(): Promise<0 | 1 | 2> {
  try {
    const { values } = parseArgs({ options: { data: { type: 'string' }, heads: { type: 'string' } } });
    const databaseUrl = setting('DATABASE_URL');
    const masterKeyFile = setting('STELLWERK_MASTER_KEY_FILE');
    const what = {
      dataDir: values.data ?? setting('STELLWERK_DATA') ?? './data',
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(masterKeyFile === undefined ? {} : { masterKeyFile }),
      ...(values.heads === undefined ? {} : { headsFile: values.heads }),
    };
    let isWhole = true;
    for await (const { name, sentence, faults } of verifyFolder(what, createProgress())) {
      if (faults.length > 0) isWhole = false;
      for (const line of faults.length > 0 ? faults : [sentence]) console.log(`${name.padEnd(10)} ${faults.length > 0 ? 'FAULT ' : ''}${line}`);
    }
    console.log(isWhole ? 'All holds.' : 'Something does not hold: see the lines marked FAULT. Keep the folder as it is, and restore a backup into another one.');
    return isWhole ? 0 : 1;
  } catch (error) {
    console.error(`It could not be checked: ${error instanceof Error ? error.message : String(error)} ${usage}`);
    return 2;
  }
}

function setting(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

/** On the error output, so that the result can be piped. */
function createProgress(): (what: string, share: number) => void {
  let last = Date.now();
  return (what, share) => {
    if (Date.now() - last < sayEveryMs) return;
    last = Date.now();
    console.error(`… ${what}: ${Math.round(share * 100)} %`);
  };
}
