/** The one connection that writes: its transactions, each under the lock that keeps the chain one chain among several processes. */
import type { DatabaseConnection } from 'kysely';
import type pg from 'pg';
import { asStorageError, StorageError } from '../storage-error.ts';
import type { Durability, Transaction } from '../transaction.ts';
import { connectionOn } from './pg-connection.ts';

export type PgWriter = {
  /** For the units of the transaction under way. */
  connection: DatabaseConnection;
  transaction: Transaction;
  close(): Promise<void>;
};

/** `connect` is asked anew after a connection was lost: what was under way is taken back by the server. */
export function createWriter(connect: () => Promise<pg.Client>): PgWriter {
  let client: pg.Client | null = null;
  let isUnderWay = false;
  let isFirst = true;

  const lose = (lost: pg.Client): void => {
    if (client !== lost) return;
    client = null;
    isUnderWay = false;
  };
  const connected = async (): Promise<pg.Client> => {
    if (client) return client;
    const fresh = await connect();
    fresh.on('error', () => { lose(fresh); });
    fresh.on('end', () => { lose(fresh); });
    return (client = fresh);
  };
  const run = async (sql: string): Promise<void> => {
    if (!client) throw connectionLost();
    try {
      await client.query(sql);
    } catch (error) {
      throw asStorageError(error);
    }
  };
  const begin = async (durability: Durability): Promise<void> => {
    await connected();
    await run('BEGIN');
    isUnderWay = true;
    if (durability === 'light') await run('SET LOCAL synchronous_commit = off');
    await run("SELECT pg_advisory_xact_lock(hashtextextended('stellwerk ' || current_schema(), 0))");
  };
  let current: Durability = 'durable';
  return {
    connection: {
      executeQuery: (query) => {
        if (!client) return Promise.reject(connectionLost());
        return connectionOn(client).executeQuery(query);
      },
      streamQuery: () => {
        throw new Error('Streaming is not offered: read in pages.');
      },
    },
    transaction: {
      begin: (durability) => {
        current = durability;
        isFirst = true;
        return begin(durability);
      },
      mark: () => (isFirst ? undefined : run('SAVEPOINT unit')),
      keep: async () => {
        if (!isFirst) await run('RELEASE unit');
        isFirst = false;
      },
      // A failed statement has spoilt the transaction up to its savepoint.
      undo: async () => {
        if (!isFirst) return run('ROLLBACK TO unit');
        await run('ROLLBACK');
        await begin(current);
      },
      commit: async () => {
        await run('COMMIT');
        isUnderWay = false;
      },
      // Where it cannot be said, the lost connection says it.
      rollback: async () => {
        await run('ROLLBACK').catch(() => client?.end());
        isUnderWay = false;
      },
      isUnderWay: () => isUnderWay,
    },
    close: async () => {
      await client?.end();
    },
  };
}

function connectionLost(): StorageError {
  return new StorageError('unreachable', 'The connection to the PostgreSQL ledger was lost; nothing of this was stored. Repeat the request.', undefined);
}
