/** Opens the ledger: stores, keys, signed heads, unfinished erasures. */
import { createHeadWriter } from './chain/head-writer.ts';
import { publicKeyOf } from './chain/head.ts';
import { refuseLostRecords } from './chain/lost-records.ts';
import type { Clock } from './clock.ts';
import type { Ledger } from './ledger.ts';
import type { ServiceCache } from './services/service-cache.ts';
import { createGroupCommit } from './store/group-commit.ts';
import { createNotices } from './store/notices.ts';
import { openPostgresStores } from './store/postgres/postgres-stores.ts';
import { openSqliteStores } from './store/sqlite-stores.ts';
import type { Stores } from './stores.ts';
import { createKeyStore } from './vault/key-store.ts';
import { refuseLostKeys } from './vault/lost-keys.ts';
import { openVault } from './vault/vault.ts';
import { finishErasures } from './vault/finish-erasures.ts';

export type OpenLedgerOptions = {
  clock: Clock;
  /**
   * Folder of `ledger.db`, `vault-keys.db`, `master.key`, `heads.jsonl`; made where missing. Throws where another process
   * has it. With `databaseUrl` it holds the master key and this process's signed heads only.
   */
  dataDir?: string;
  /** Nothing on disk: for tests. Exactly one of `dataDir` and `inMemory`. */
  inMemory?: boolean;
  /** A PostgreSQL server instead of SQLite files, shared by any number of processes that have the same master key. */
  databaseUrl?: string;
  /** With `databaseUrl`: the file of the master key, where it is not `master.key` in the data folder. */
  masterKeyFile?: string;
  /** A signed head is written after so many records … */
  signEveryRecords?: number;
  /** … or so many milliseconds, and at close. */
  signEveryMs?: number;
  /** Goes on where records are missing, if the ledger ends at exactly this one. */
  acceptLoss?: number;
  /** Goes on where keys are missing, if there are exactly so many. */
  acceptLostKeys?: number;
};

export async function openLedger(options: OpenLedgerOptions): Promise<Ledger> {
  if ((options.dataDir === undefined) === (options.inMemory !== true)) throw new Error('Give openLedger either a data folder or inMemory.');
  const stores = await openStores(options);
  try {
    return await openOn(stores, options);
  } catch (error) {
    await stores.close();
    throw error;
  }
}

function openStores({ dataDir, databaseUrl, masterKeyFile }: OpenLedgerOptions): Promise<Stores> {
  if (databaseUrl === undefined) return openSqliteStores(dataDir ?? null);
  if (dataDir === undefined) throw new Error('A PostgreSQL ledger needs a data folder for its master key and signed heads.');
  return openPostgresStores({ url: databaseUrl, dataDir, ...(masterKeyFile === undefined ? {} : { masterKeyFile }) });
}

async function openOn(stores: Stores, options: OpenLedgerOptions): Promise<Ledger> {
  const { clock } = options;
  await refuseLostKeys({ keys: stores.keys.db, cases: stores.cases.db, acceptLoss: options.acceptLostKeys });
  const keys = await createKeyStore({
    db: stores.keys.db,
    inTurn: stores.keys.inTurn,
    commits: createGroupCommit({ ...stores.keys, takenBack: () => {} }),
    masterKey: stores.masterKey,
    clock,
    afterErasure: stores.afterErasure,
  });
  const vault = await openVault(keys);
  if (stores.alone && stores.headsFile !== null) await refuseLostRecords({ db: stores.cases.db, headsFile: stores.headsFile, acceptLoss: options.acceptLoss, now: clock.now() });
  const services: ServiceCache = new Map();
  const heads = createHeadWriter({ file: stores.headsFile, signingKey: vault.signingKey, clock, everyRecords: options.signEveryRecords ?? 100, everyMs: options.signEveryMs ?? 5000, beforeSigning: stores.ordered.sync });
  const publicKey = publicKeyOf(vault.signingKey);
  const notices = createNotices();
  let closing: Promise<void> | undefined;
  const ledger: Ledger = {
    clock,
    db: stores.cases.db,
    inTurn: stores.cases.inTurn,
    commits: createGroupCommit({ ...stores.cases, takenBack: () => services.clear() }),
    ordered: stores.ordered,
    vault,
    heads,
    notices,
    services,
    announce: stores.announce,
    exclusively: stores.exclusively,
    openReader: async () => {
      // What other processes wrote meanwhile is signed here too: a process that only reads has heads of its own.
      if (!stores.alone) await continueChain(ledger);
      return stores.openReader({ keys, publicKey }, heads);
    },
    cleanKeyLog: stores.cleanKeyLog,
    cleanCaseLog: stores.cleanCaseLog,
    close: () => (closing ??= closeAll(ledger, stores)),
  };
  try {
    await stores.listen({ notices, keyErased: keys.forget, forgetKeys: keys.forgetAll });
    await continueChain(ledger);
    if (stores.alone) await ledger.db.updateTable('outbox').set({ claimed_until: 0 }).where('claimed_until', '>', 0).execute();
    await finishErasures(ledger);
    return ledger;
  } catch (error) {
    heads.close();
    throw error;
  }
}

/** Signs what a crash left unsigned. */
async function continueChain(ledger: Ledger): Promise<void> {
  const last = await ledger.db.selectFrom('records').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  if (!last) return;
  ledger.heads.reached(last);
  ledger.heads.sign();
}

async function closeAll(ledger: Ledger, stores: Stores): Promise<void> {
  try {
    await ledger.commits.settled();
    ledger.heads.close();
  } finally {
    await stores.close();
  }
}
