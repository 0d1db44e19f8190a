/** Opens a view of the chain: of an open ledger, or of a folder that another process may be writing. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery, type Kysely } from 'kysely';
import type { Database, KeyDatabase } from '../store/database.ts';
import { kyselyOn } from '../store/node-sqlite-dialect.ts';
import { openReadOnly } from '../store/open-database.ts';
import { isKeyErased } from '../vault/is-key-erased.ts';
import { createKeyReader, type KeyReader } from '../vault/key-reader.ts';
import { readMasterKey } from '../vault/master-key.ts';
import type { ChainReader } from './chain-reader.ts';
import { parseHeads } from './head.ts';
import type { SignedHead } from './record.ts';

/** For a ledger in memory: it has one connection, so the view is taken between its transactions. */
export async function readerOf(source: { db: Kysely<Database>; heads: SignedHead[]; keys: KeyReader; publicKey: string }): Promise<ChainReader> {
  return {
    heads: source.heads,
    db: source.db,
    isErased: (keyId) => isKeyErased(source.db, keyId),
    readKey: (keyId) => source.keys.read(keyId),
    publicKey: source.publicKey,
    close: async () => {},
  };
}

export type FolderReaderOptions = {
  /** From the open ledger; else read from the folder where the master key is there. */
  keys?: KeyReader;
  publicKey?: string;
  /** A copy of the heads kept elsewhere, instead of the folder's own. */
  headsFile?: string;
};

/** Needs no lock: reads through connections of its own, while a server may be writing. */
export async function openFolderReader(dataDir: string, options: FolderReaderOptions = {}): Promise<ChainReader> {
  const heads = readHeads(options.headsFile ?? join(dataDir, 'heads.jsonl'));
  const view = kyselyOn<Database>(openReadOnly(join(dataDir, 'ledger.db')));
  const latest = kyselyOn<Database>(openReadOnly(join(dataDir, 'ledger.db')));
  const own = options.keys ? null : openFolderKeys(dataDir);
  const keys = options.keys ?? own?.keys ?? null;
  await view.executeQuery(CompiledQuery.raw('BEGIN'));
  return {
    heads,
    db: view,
    isErased: (keyId) => isKeyErased(latest, keyId),
    readKey: keys && ((keyId) => keys.read(keyId)),
    publicKey: options.publicKey ?? (own ? await own.keys.signingPublicKey() : null),
    close: async () => {
      await view.destroy();
      await latest.destroy();
      await own?.close();
    },
  };
}

function openFolderKeys(dataDir: string): { keys: ReturnType<typeof createKeyReader>; close(): Promise<void> } | null {
  const masterKeyFile = join(dataDir, 'master.key');
  const keysFile = join(dataDir, 'vault-keys.db');
  if (!existsSync(masterKeyFile) || !existsSync(keysFile)) return null;
  const db = kyselyOn<KeyDatabase>(openReadOnly(keysFile));
  return { keys: createKeyReader(db, readMasterKey(masterKeyFile)), close: () => db.destroy() };
}

/** The signed heads of a file; none where it is not there. */
export function readHeads(file: string): SignedHead[] | { badLine: number } {
  if (!existsSync(file)) return [];
  const parsed = parseHeads(readFileSync(file, 'utf8'));
  return 'heads' in parsed ? parsed.heads : parsed;
}
