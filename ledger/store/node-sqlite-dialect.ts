/**
 * Kysely on node:sqlite. Kysely's own SqliteDialect asks `stmt.reader`, which node:sqlite does not have, and then
 * silently returns no rows; here `stmt.columns()` decides. One connection: whoever has it has it alone, so that
 * two transactions never interleave at an await.
 */
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type LimitNode,
  type QueryResult,
} from 'kysely';
import { offerDirect, type DirectConnection } from './direct-connection.ts';
import { asStorageError } from './storage-error.ts';

/** A Kysely instance over an open database. `destroy()` closes the database. */
export function kyselyOn<Tables>(database: DatabaseSync): Kysely<Tables> {
  return shareDatabase<Tables>(database).db;
}

export type SharedDatabase<Tables> = {
  /** Waits for its turn with every query and transaction. */
  db: Kysely<Tables>;
  /** The same connection, for whoever has taken the turn. */
  inTurn: Kysely<Tables>;
  turns: Turns;
};

/** The same with the turns in the open, for who writes several transactions as one. */
export function shareDatabase<Tables>(database: DatabaseSync): SharedDatabase<Tables> {
  const connection = createConnection(database);
  const turns = createTurns();
  const kysely = (ownTurns: Turns): Kysely<Tables> => {
    const dialect: Dialect = {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => createDriver(database, connection, ownTurns),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new Compiler(),
    };
    const db = new Kysely<Tables>({ dialect });
    offerDirect(db, { turns: ownTurns === alreadyTaken ? null : ownTurns, execute: connection.execute });
    return db;
  };
  return { db: kysely(turns), inTurn: kysely(alreadyTaken), turns };
}

/** SQLite prepares a statement anew each time the value of a bare `limit ?` is bound, which takes 20 times as long; of `+?` it does not. */
class Compiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    this.append('limit +');
    this.visitNode(node.limit);
  }
}

function createDriver(database: DatabaseSync, connection: Connection, turns: Turns): Driver {
  const run = async (sql: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
  return {
    init: async () => {},
    acquireConnection: async () => {
      await turns.take();
      return connection;
    },
    releaseConnection: async () => turns.give(),
    beginTransaction: () => run('BEGIN IMMEDIATE'),
    commitTransaction: () => run('COMMIT'),
    // A full disk may already have rolled back by itself.
    rollbackTransaction: async () => (database.isTransaction ? run('ROLLBACK') : undefined),
    destroy: async () => {
      if (database.isOpen) database.close();
    },
  };
}

/** A first-come first-served lock. */
export type Turns = { take(): Promise<void>; give(): void };

const alreadyTaken: Turns = { take: () => Promise.resolve(), give: () => {} };

function createTurns(): Turns {
  let taken = false;
  const waiting: (() => void)[] = [];
  return {
    take: () => {
      if (!taken) {
        taken = true;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    give: () => {
      const next = waiting.shift();
      if (next) next();
      else taken = false;
    },
  };
}

type Prepared = { statement: StatementSync; reads: boolean; /** Integers come as bigints; a statement that only reads does so after it met one that no number holds. */ bigints: boolean };

/** Statements kept prepared per connection; the texts of the ledger are a fixed set well below this. */
const preparedLimit = 500;

type Connection = DatabaseConnection & { execute: DirectConnection['execute'] };

function createConnection(database: DatabaseSync): Connection {
  const preparedBySql = new Map<string, Prepared>();
  const prepare = (sql: string): Prepared => {
    const known = preparedBySql.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    const reads = statement.columns().length > 0;
    // What also writes (`returning`) could not be asked again.
    const bigints = reads && !sql.startsWith('select ');
    statement.setReadBigInts(bigints);
    const prepared = { statement, reads, bigints };
    if (preparedBySql.size >= preparedLimit) preparedBySql.clear();
    preparedBySql.set(sql, prepared);
    return prepared;
  };
  const execute = <R>(sql: string, parameters: readonly unknown[]): QueryResult<R> => {
    try {
      const prepared = prepare(sql);
      const values = parameters.map(toSqlValue);
      // Kysely names the row type; the query that it compiled is what makes it true.
      if (prepared.reads) return { rows: readAll(prepared, values) as R[] };
      const { changes, lastInsertRowid } = prepared.statement.run(...values);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      throw asStorageError(error);
    }
  };
  return {
    execute,
    executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => execute<R>(sql, parameters),
    streamQuery: () => {
      throw new Error('Streaming is not offered: read in pages.');
    },
  };
}

/** As numbers, which cost a fraction of bigints; where one would have to be rounded SQLite's reader refuses, and all come as bigints. */
function readAll(prepared: Prepared, values: readonly SQLInputValue[]): Record<string, SQLOutputValue>[] {
  const { statement } = prepared;
  if (!prepared.bigints) {
    try {
      return statement.all(...values);
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_OUT_OF_RANGE') throw error;
      statement.setReadBigInts(true);
      prepared.bigints = true;
    }
  }
  return statement.all(...values).map(toRow);
}

function toSqlValue(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`A ${typeof value} cannot be stored: give null, text, a number or bytes.`);
}

/** Integers come as bigints, so that none is rounded; those a number holds exactly become numbers. */
function toRow(row: Record<string, SQLOutputValue>): Record<string, SQLOutputValue> {
  for (const name in row) {
    const value = row[name];
    if (typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) row[name] = Number(value);
  }
  return row;
}
