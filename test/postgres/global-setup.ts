/** Starts one PostgreSQL server for the whole run; every ledger of a test gets a schema of its own in it. */
import { startPostgres, whyNoPostgres } from './start-postgres.ts';

export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  const why = await whyNoPostgres();
  if (why !== null) throw new Error(why);
  const postgres = await startPostgres();
  process.env['STELLWERK_TEST_DATABASE'] = postgres.url;
  return () => postgres.close();
}
