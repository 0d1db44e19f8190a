/**
 * The way past Kysely for queries that are compiled already: on SQLite its executor, with a promise for each of its
 * steps, takes longer than the statement. A server has none: there the network is what takes time.
 */
import type { QueryResult } from 'kysely';

export type DirectConnection = {
  /** Null where the caller has the turn already. */
  turns: { take(): Promise<void>; give(): void } | null;
  /** Throws a storage error. */
  execute<Row>(sql: string, parameters: readonly unknown[]): QueryResult<Row>;
};

const connections = new WeakMap<object, DirectConnection>();

/** Called by whoever makes a Kysely instance on a connection that answers at once. */
export function offerDirect(db: object, connection: DirectConnection): void {
  connections.set(db, connection);
}

export function directOf(db: object): DirectConnection | undefined {
  return connections.get(db);
}
