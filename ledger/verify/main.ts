/** `npm run verify -- --data DIR [--heads FILE]`: proves the chain of a data folder, or of the PostgreSQL ledger that DATABASE_URL names, also while servers are running. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openFolderReader } from '../chain/open-reader.ts';
import type { ChainVerdict } from '../chain/record.ts';
import { openPgReader } from '../store/postgres/open-pg-reader.ts';
import { verifyReader } from '../chain/verify-chain.ts';

const usage = 'Usage: npm run verify -- --data DIR [--heads FILE]. DIR is the data folder, FILE a copy of heads.jsonl kept elsewhere. With DATABASE_URL set the PostgreSQL ledger is checked; DIR then holds the signed heads and the master key.';

/** 0: the chain holds. 1: it does not. 2: it could not be checked. */
process.exitCode = await main();

async function main(): Promise<0 | 1 | 2> {
  try {
    const { values } = parseArgs({ options: { data: { type: 'string' }, heads: { type: 'string' } } });
    const dataDir = values.data ?? process.env['STELLWERK_DATA'] ?? './data';
    const databaseUrl = process.env['DATABASE_URL'] ?? '';
    const missing = [...(databaseUrl === '' ? [join(dataDir, 'ledger.db')] : []), ...(values.heads === undefined ? [] : [values.heads])].find((file) => !existsSync(file));
    if (missing !== undefined) {
      console.error(`There is no file ${missing}. ${usage}`);
      return 2;
    }
    const headsFile = values.heads === undefined ? {} : { headsFile: values.heads };
    const masterKeyFile = process.env['STELLWERK_MASTER_KEY_FILE'] ?? '';
    const reader =
      databaseUrl === ''
        ? await openFolderReader(dataDir, headsFile)
        : await openPgReader({ url: databaseUrl, dataDir, ...headsFile, ...(masterKeyFile === '' ? {} : { masterKeyFile }) });
    const verdict = await verifyReader(reader);
    await reader.close();
    console.log(sentenceOf(verdict));
    return verdict.ok ? 0 : 1;
  } catch (error) {
    console.error(`The ledger could not be checked: ${error instanceof Error ? error.message : String(error)} ${usage}`);
    return 2;
  }
}

function sentenceOf(verdict: ChainVerdict): string {
  if (!verdict.ok) {
    const where = verdict.firstBroken === 0 ? 'The signed heads are broken.' : `The chain is broken; the first broken record is ${verdict.firstBroken}.`;
    return `${where} ${verdict.why}`;
  }
  const parts = [`The chain holds: ${verdict.records} records without gap, signed up to record ${verdict.signedUpTo}, hash of the last one ${verdict.headHash}.`];
  if (verdict.erased > 0) parts.push(`${verdict.erased} records had personal data whose key was erased, as recorded.`);
  if (!verdict.vaultChecked) parts.push('The master key is not here, so what lies in the vault was not compared.');
  if (!verdict.signerKnown) parts.push('Whose key signed was not compared either: compare the public key in heads.jsonl with the one you know.');
  return parts.join(' ');
}
