/** One connection to PostgreSQL as Kysely sees it: values as the ledger writes them, statements prepared by name, errors as sentences. */
import { createHash } from 'node:crypto';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import pg from 'pg';
import { asStorageError } from '../storage-error.ts';

/** What both a client and a client of a pool can do. */
export type PgClient = Pick<pg.ClientBase, 'query'>;

const int8 = 20;

/** Integers of 64 bits come as numbers: times, counts and sequence numbers, all below 2^53. */
export const ledgerTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (Number(oid) === int8 ? (text: string) => Number(text) : (pg.types.getTypeParser(oid, format) as (text: string) => unknown)),
};

export function connectionOn(client: PgClient): DatabaseConnection {
  return {
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      try {
        // Kysely names the row type; the query that it compiled is what makes it true.
        const found = await client.query({ name: nameOf(query.sql), text: query.sql, values: query.parameters.map(toPgValue) });
        return { rows: found.rows as R[], numAffectedRows: BigInt(found.rowCount ?? 0) };
      } catch (error) {
        throw asStorageError(error);
      }
    },
    streamQuery: () => {
      throw new Error('Streaming is not offered: read in pages.');
    },
  };
}

const names = new Map<string, string>();

/** The ledger's texts are a fixed set; the server keeps a plan for each name and connection. */
function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
  names.set(sql, name);
  return name;
}

function toPgValue(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Uint8Array) return Buffer.from(value);
  throw new TypeError(`A ${typeof value} cannot be stored: give null, text, a number or bytes.`);
}
