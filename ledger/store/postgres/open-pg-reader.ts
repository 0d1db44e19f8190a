/** A view of the chain in a PostgreSQL ledger that other processes are writing: for `npm run verify`. Changes nothing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ChainReader } from '../../chain/chain-reader.ts';
import { readHeads } from '../../chain/open-reader.ts';
import { createKeyReader } from '../../vault/key-reader.ts';
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
};

export async function openPgReader({ url, dataDir, headsFile, masterKeyFile }: PgReaderOptions): Promise<ChainReader> {
  const { address, schema } = readAddress(url);
  const keyFile = masterKeyFile ?? join(dataDir, 'master.key');
  const heads = readHeads(headsFile ?? join(dataDir, 'heads.jsonl'));
  const latest = await openPgView<Database>(address, schema, 'latest');
  const view = await openPgView<Database>(address, schema, 'steady');
  const keyView = await openPgView<KeyDatabase>(address, `${schema}_keys`, 'latest');
  const keys = existsSync(keyFile) ? createKeyReader(keyView.db, readMasterKey(keyFile)) : null;
  return {
    heads,
    db: view.db,
    isErased: async (keyId) => (await latest.db.selectFrom('key_erasures').select('key_id').where('key_id', '=', keyId).executeTakeFirst()) !== undefined,
    readKey: keys && ((keyId) => keys.read(keyId)),
    publicKey: keys && (await keys.signingPublicKey()),
    close: async () => { await Promise.all([latest.close(), view.close(), keyView.close()]); },
  };
}
