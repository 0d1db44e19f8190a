/** Where a test keeps its ledger: in memory or a folder, or, in the PostgreSQL run, in a schema of its own on the real server. */
import { randomBytes } from 'node:crypto';

/** Null in the usual run. Each call is an empty ledger. */
export function testDatabaseUrl(): string | null {
  const server = process.env['STELLWERK_TEST_DATABASE'];
  return server === undefined ? null : `${server}?schema=test_${randomBytes(8).toString('hex')}`;
}

export const onPostgres = process.env['STELLWERK_TEST_DATABASE'] !== undefined;
