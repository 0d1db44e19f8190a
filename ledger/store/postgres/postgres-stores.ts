/** The stores on a PostgreSQL server, shared by any number of processes: two schemas, so that keys are kept and backed up apart from what they open. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../../lock.ts';
import type { Store, Stores } from '../../stores.ts';
import { readOrMakeMasterKey } from '../../vault/master-key.ts';
import type { Database, KeyDatabase } from '../database.ts';
import { openPgReader } from './open-pg-reader.ts';
import { openPostgres, type PgSchema } from './open-postgres.ts';
import { readAddress } from './read-address.ts';
import { openNewsDesk, type NewsDesk } from './pg-notices.ts';
import { alwaysSynced } from '../transaction.ts';

export type PostgresStoresOptions = {
  /** `postgres://user:password@host:port/database`, with `?schema=NAME` for another schema than `stellwerk`. */
  url: string;
  /** Holds this process's signed heads, and the master key where `masterKeyFile` names no other place. */
  dataDir: string;
  /** The same key for all processes. */
  masterKeyFile?: string;
};

export async function openPostgresStores({ url, dataDir, masterKeyFile }: PostgresStoresOptions): Promise<Stores> {
  const { address, schema } = readAddress(url);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = takeLock(dataDir);
  const closers: (() => Promise<void> | void)[] = [() => { lock.release(); }];
  const closeAll = async (): Promise<void> => { for (const close of closers.splice(0).reverse()) await close(); };
  try {
    const keys = await openPostgres<KeyDatabase>(address, `${schema}_keys`, 'vault/keys.sql');
    closers.push(keys.close);
    const cases = await openPostgres<Database>(address, schema, 'schema.sql');
    closers.push(cases.close);
    const holdsKeys = (await keys.db.selectFrom('vault_keys').select('key_id').limit(1).executeTakeFirst()) !== undefined;
    const headsFile = join(dataDir, 'heads.jsonl');
    let desk: NewsDesk | null = null;
    closers.push(() => desk?.close());
    return {
      cases: storeOn(cases),
      keys: storeOn(keys),
      ordered: alwaysSynced,
      masterKey: readOrMakeMasterKey(masterKeyFile ?? join(dataDir, 'master.key'), holdsKeys ? `the schema ${schema}_keys` : null),
      headsFile,
      announce: async (news) => desk?.announce((query) => cases.writer.connection.executeQuery(query), news),
      afterErasure: async (erasedKeys) => {
        for (const erasedKey of erasedKeys) await desk?.announce((query) => cases.db.executeQuery(query), { changes: [], outbox: false, erasedKey });
      },
      cleanKeyLog: () => Promise.resolve(),
      cleanCaseLog: () => Promise.resolve(),
      listen: async (hear) => { desk = await openNewsDesk({ channel: `${schema}_news`, connect: cases.connect, ...hear }); },
      openReader: (own) => openPgReader({ url, dataDir, ...own }),
      exclusively: async (name, work) => {
        const client = await cases.connect();
        try {
          await client.query("SELECT pg_advisory_lock(hashtextextended('stellwerk ' || current_schema() || $1, 0))", [` ${name}`]);
          return await work();
        } finally {
          // The lock ends with its connection.
          await client.end();
        }
      },
      alone: false,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** The writer has its connection for itself, and reads have others: nobody waits for a turn. */
const noTurns = { take: () => Promise.resolve(), give: () => {} };

function storeOn<Tables>({ db, inTurn, writer }: PgSchema<Tables>): Store<Tables> {
  return { db, inTurn, transaction: writer.transaction, turns: noTurns };
}
