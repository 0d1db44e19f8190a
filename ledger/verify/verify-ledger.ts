/** Opens a view of the ledger for a check, of a folder or of a PostgreSQL server, also while servers are running, and says in a sentence what its chain proves. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openFolderReader } from '../chain/open-reader.ts';
import type { ChainReader } from '../chain/chain-reader.ts';
import type { ChainVerdict } from '../chain/record.ts';
import { openPgReader } from '../store/postgres/open-pg-reader.ts';

export type LedgerToVerify = {
  dataDir: string;
  /** A PostgreSQL ledger instead of the folder's; the folder then holds the signed heads and the master key. */
  databaseUrl?: string;
  masterKeyFile?: string;
  /** A copy of heads.jsonl kept elsewhere. */
  headsFile?: string;
};

/** Throws a sentence where a file is not there. */
export async function openLedgerToVerify({ dataDir, databaseUrl, masterKeyFile, headsFile }: LedgerToVerify): Promise<ChainReader> {
  const missing = [...(databaseUrl === undefined ? [join(dataDir, 'ledger.db')] : []), ...(headsFile === undefined ? [] : [headsFile])].find((file) => !existsSync(file));
  if (missing !== undefined) throw new Error(`There is no file ${missing}.`);
  const heads = headsFile === undefined ? {} : { headsFile };
  if (databaseUrl === undefined) return openFolderReader(dataDir, heads);
  return openPgReader({ url: databaseUrl, dataDir, ...heads, ...(masterKeyFile === undefined ? {} : { masterKeyFile }) });
}

export function sentenceOf(verdict: ChainVerdict): string {
  if (!verdict.ok) {
    const where = verdict.firstBroken === 0 ? 'The signed heads are broken.' : `The chain is broken; the first broken record is ${verdict.firstBroken}.`;
    return `${where} ${verdict.why}`;
  }
  const parts = [`The chain holds: ${verdict.records} records without gap, signed up to record ${verdict.signedUpTo}, hash of the last one ${verdict.headHash}.`];
  if (verdict.erased > 0) parts.push(`${verdict.erased} records had personal data that was erased, or its key, as recorded.`);
  if (!verdict.vaultChecked) parts.push('The master key is not here, so what lies in the vault was not compared.');
  if (!verdict.signerKnown) parts.push('Whose key signed was not compared either: compare the public key in heads.jsonl with the one you know.');
  return parts.join(' ');
}
