/** Opens one schema of a PostgreSQL database: reads on a pool, writes on one connection, the tables laid where they are missing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type DatabaseConnection, type Dialect, type Driver } from 'kysely';
import pg from 'pg';
import { asStorageError, StorageError } from '../storage-error.ts';
import { schemas, scriptsFrom, type SchemaFile } from '../schemas.ts';
import { connectionOn, ledgerTypes } from './pg-connection.ts';
import { createWriter, type PgWriter } from './pg-writer.ts';

export type PgSchema<Tables> = {
  /** Reads, and single statements: each on a connection of the pool. */
  db: Kysely<Tables>;
  /** The writer's connection, inside its transaction. */
  inTurn: Kysely<Tables>;
  writer: PgWriter;
  /** A connection of its own, its search path set. */
  connect: () => Promise<pg.Client>;
  close: () => Promise<void>;
};

/** How long a start waits for the server before it says that it is not there. */
const connectWithinMs = 10_000;

/**
 * The writer holds the lock of all processes: a host that is lost between BEGIN and COMMIT must not keep it for the hours
 * that a dead connection may live, and who waits for it says so in time.
 */
const writerLimits = '-c idle_in_transaction_session_timeout=10s -c lock_timeout=15s -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';
const poolSize = 8;

/** `schemaFile` is the SQLite schema: for PostgreSQL only types change. */
export async function openPostgres<Tables>(url: string, schema: string, schemaFile: SchemaFile): Promise<PgSchema<Tables>> {
  const settings = settingsOf(url, schema);
  const connect = () => connectWith(settings);
  await laySchema(connect, schema, schemaFile);
  const pool = new pg.Pool({ ...settings, max: poolSize });
  // A connection that breaks while nobody uses it: the pool makes another one.
  pool.on('error', () => {});
  // And while it is in use: the query under way says it.
  pool.on('connect', (client) => { client.on('error', () => {}); });
  const writer = createWriter(() => connectWith({ ...settings, options: `${settings.options ?? ''} ${writerLimits}` }));
  return {
    db: kyselyOf<Tables>(poolDriver(pool)),
    inTurn: kyselyOf<Tables>(fixedDriver(writer.connection)),
    writer,
    connect,
    close: async () => {
      await writer.close();
      await pool.end();
    },
  };
}

/** `steady`: everything as it was when the view was opened. Nothing can be written through it. */
export async function openPgView<Tables>(url: string, schema: string, kind: 'steady' | 'latest'): Promise<{ db: Kysely<Tables>; close: () => Promise<void> }> {
  const client = await connectWith(settingsOf(url, schema));
  await client.query(kind === 'steady' ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'SET default_transaction_read_only = on');
  return { db: kyselyOf<Tables>(fixedDriver(connectionOn(client))), close: () => client.end() };
}

function settingsOf(url: string, schema: string): pg.ClientConfig {
  return { connectionString: url, options: `-c search_path=${schema}`, application_name: 'stellwerk', connectionTimeoutMillis: connectWithinMs, keepAlive: true, keepAliveInitialDelayMillis: 10_000, types: ledgerTypes };
}

async function connectWith(settings: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(settings);
  // A connection that breaks is noticed by who uses it next.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw asStorageError(error);
  }
}

async function laySchema(connect: () => Promise<pg.Client>, schema: string, schemaFile: SchemaFile): Promise<void> {
  const client = await connect();
  try {
    await client.query('BEGIN');
    // Two processes that start at once lay it once.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [schema]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)');
    const found = await client.query<{ version: number }>('SELECT max(version) AS version FROM schema_version');
    const version = found.rows[0]?.version ?? null;
    const wanted = schemas[schemaFile].version;
    if (version !== null && version > wanted) {
      throw new StorageError('unreadable', `The PostgreSQL ledger was written by a newer Stellwerk (schema ${version}, this one knows ${wanted}). Start the newer version.`, undefined);
    }
    for (const script of scriptsFrom(version, schemaFile)) {
      await client.query(forPostgres(readFileSync(join(import.meta.dirname, '../..', script.file), 'utf8')));
      await client.query('INSERT INTO schema_version (version) VALUES ($1)', [script.version]);
    }
    await client.query('COMMIT');
  } catch (error) {
    throw asStorageError(error);
  } finally {
    await client.end();
  }
}

/** Text is ordered by its bytes, as SQLite orders it: cursors compare with it. */
function forPostgres(ddl: string): string {
  return ddl.replace(/\bBLOB\b/g, 'BYTEA').replace(/\bINTEGER\b/g, 'BIGINT').replace(/^(\s+\w+\s+)TEXT\b/gm, '$1TEXT COLLATE "C"');
}

function kyselyOf<Tables>(driver: Driver): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect });
}

const noTransactions = { beginTransaction: refuse, commitTransaction: refuse, rollbackTransaction: refuse, init: () => Promise.resolve() };

function refuse(): Promise<void> {
  return Promise.reject(new Error('Units of work of the ledger go through `transact`.'));
}

function poolDriver(pool: pg.Pool): Driver {
  const clients = new WeakMap<DatabaseConnection, pg.PoolClient>();
  return {
    ...noTransactions,
    acquireConnection: async () => {
      const client = await pool.connect().catch((error: unknown) => { throw asStorageError(error); });
      const connection = connectionOn(client);
      clients.set(connection, client);
      return connection;
    },
    releaseConnection: async (connection) => { clients.get(connection)?.release(); },
    destroy: () => pool.end(),
  };
}

function fixedDriver(connection: DatabaseConnection): Driver {
  return { ...noTransactions, acquireConnection: () => Promise.resolve(connection), releaseConnection: () => Promise.resolve(), destroy: () => Promise.resolve() };
}
