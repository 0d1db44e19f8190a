/** Opens the ledger of a data folder: lock, keys, database, signed heads, unfinished erasures. */
import { mkdirSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { createHeadWriter } from './chain/head-writer.ts';
import { publicKeyOf } from './chain/head.ts';
import { openFolderReader, readerOf } from './chain/open-reader.ts';
import type { Clock } from './clock.ts';
import type { Ledger } from './ledger.ts';
import type { ServiceCache } from './services/service-cache.ts';
import { takeLock, type Lock } from './lock.ts';
import type { Database, KeyDatabase } from './store/database.ts';
import { createGroupCommit } from './store/group-commit.ts';
import { shareDatabase } from './store/node-sqlite-dialect.ts';
import { createNotices } from './store/notices.ts';
import { emptyWriteAheadLog, openDatabase } from './store/open-database.ts';
import { createKeyStore } from './vault/key-store.ts';
import { readOrMakeMasterKey } from './vault/master-key.ts';
import { openVault } from './vault/vault.ts';
import { finishErasures } from './vault/finish-erasures.ts';

export type OpenLedgerOptions = {
  clock: Clock;
  /** Folder of `ledger.db`, `vault-keys.db`, `master.key`, `heads.jsonl`; made where missing. Throws where another process has it. */
  dataDir?: string;
  /** Nothing on disk: for tests. Exactly one of `dataDir` and `inMemory`. */
  inMemory?: boolean;
  /** PostgreSQL: refused with a sentence until that store exists. */
  databaseUrl?: string;
  /** A signed head is written after so many records … */
  signEveryRecords?: number;
  /** … or so many milliseconds, and at close. */
  signEveryMs?: number;
};

export async function openLedger(options: OpenLedgerOptions): Promise<Ledger> {
  if (options.databaseUrl !== undefined) throw new Error('DATABASE_URL is set, but this version keeps its ledger in SQLite only. Unset DATABASE_URL.');
  if ((options.dataDir === undefined) === (options.inMemory !== true)) throw new Error('Give openLedger either a data folder or inMemory.');
  const opened: (() => void)[] = [];
  try {
    return await open(options, opened);
  } catch (error) {
    for (const close of opened.reverse()) close();
    throw error;
  }
}

async function open(options: OpenLedgerOptions, opened: (() => void)[]): Promise<Ledger> {
  const folder = options.dataDir === undefined ? null : prepareFolder(options.dataDir, opened);
  const keyFile = openDatabase(folder && join(folder.path, 'vault-keys.db'), 'vault/keys.sql');
  opened.push(() => closeIfOpen(keyFile));
  const caseFile = openDatabase(folder && join(folder.path, 'ledger.db'), 'schema.sql');
  opened.push(() => closeIfOpen(caseFile));

  const keyDb = shareDatabase<KeyDatabase>(keyFile);
  const keys = await createKeyStore({
    db: keyDb.db,
    inTurn: keyDb.inTurn,
    commits: createGroupCommit({ database: keyFile, turns: keyDb.turns, takenBack: () => {} }),
    masterKey: folder?.masterKey ?? randomBytes(32),
    clock: options.clock,
    afterErasure: () => emptyWriteAheadLog(keyFile),
  });
  const vault = await openVault(keys);
  const { db, inTurn, turns } = shareDatabase<Database>(caseFile);
  const services: ServiceCache = new Map();
  const heads = createHeadWriter({
    file: folder && join(folder.path, 'heads.jsonl'),
    signingKey: vault.signingKey,
    clock: options.clock,
    everyRecords: options.signEveryRecords ?? 100,
    everyMs: options.signEveryMs ?? 5000,
  });
  opened.push(() => heads.close());
  const publicKey = publicKeyOf(vault.signingKey);
  let closing: Promise<void> | undefined;
  const ledger: Ledger = {
    clock: options.clock,
    db,
    inTurn,
    commits: createGroupCommit({ database: caseFile, turns, takenBack: () => services.clear() }),
    vault,
    heads,
    notices: createNotices(),
    services,
    openReader: () => (folder ? openFolderReader(folder.path, { keys, publicKey }) : readerOf({ db, heads: heads.all(), keys, publicKey })),
    close: () => (closing ??= closeAll(ledger, folder?.lock)),
  };
  await continueChain(ledger);
  await db.updateTable('outbox').set({ claimed_until: 0 }).where('claimed_until', '>', 0).execute();
  await finishErasures(ledger);
  return ledger;
}

type Folder = { path: string; lock: Lock; masterKey: Buffer };

function prepareFolder(path: string, opened: (() => void)[]): Folder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lock = takeLock(path);
  opened.push(() => lock.release());
  return { path, lock, masterKey: readOrMakeMasterKey(join(path, 'master.key'), join(path, 'vault-keys.db')) };
}

/** Signs what a crash left unsigned. */
async function continueChain(ledger: Ledger): Promise<void> {
  const last = await ledger.db.selectFrom('records').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  if (!last) return;
  ledger.heads.reached(last);
  ledger.heads.sign();
}

async function closeAll(ledger: Ledger, lock: Lock | undefined): Promise<void> {
  try {
    await ledger.commits.settled();
    ledger.heads.close();
  } finally {
    await ledger.db.destroy();
    await ledger.vault.keys.close();
    lock?.release();
  }
}

function closeIfOpen(database: DatabaseSync): void {
  if (database.isOpen) database.close();
}
