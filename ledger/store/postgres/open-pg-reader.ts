/** A view of the chain in a PostgreSQL ledger that processes are writing. Changes nothing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ChainReader } from '../../chain/chain-reader.ts';
import { readHeads } from '../../chain/open-reader.ts';
import { isKeyErased } from '../../vault/is-key-erased.ts';
import { createKeyReader, type KeyReader } from '../../vault/key-reader.ts';
import { readMasterKey } from '../../vault/master-key.ts';
import type { Database, KeyDatabase } from '../database.ts';
import { openPgView } from './open-postgres.ts';
import { readAddress } from './read-address.ts';

export type PgReaderOptions = {
  url: string;
  /** Where this process's heads and master key lie, unless the next two say otherwise. */
  dataDir: string;
  headsFile?: string;
  masterKeyFile?: string;
  /** From the open ledger; else read from the database where the master key is there. */
  keys?: KeyReader;
  publicKey?: string;
};

export async function openPgReader(options: PgReaderOptions): Promise<ChainReader> {
  const { url, dataDir, headsFile, masterKeyFile = join(dataDir, 'master.key') } = options;
  const { address, schema } = readAddress(url);
  const heads = readHeads(headsFile ?? join(dataDir, 'heads.jsonl'));
  const latest = await openPgView<Database>(address, schema, 'latest');
  const view = await openPgView<Database>(address, schema, 'steady');
  const own = options.keys || !existsSync(masterKeyFile) ? null : await openKeys(address, schema, masterKeyFile);
  const keys = options.keys ?? own?.keys ?? null;
  return {
    heads,
    db: view.db,
    isErased: (keyId) => isKeyErased(latest.db, keyId),
    readKey: keys && ((keyId) => keys.read(keyId)),
    publicKey: options.publicKey ?? (own ? await own.keys.signingPublicKey() : null),
    close: async () => { await Promise.all([latest.close(), view.close(), own?.close()]); },
  };
}

async function openKeys(address: string, schema: string, masterKeyFile: string) {
  const view = await openPgView<KeyDatabase>(address, `${schema}_keys`, 'latest');
  return { keys: createKeyReader(view.db, readMasterKey(masterKeyFile)), close: view.close };
}
