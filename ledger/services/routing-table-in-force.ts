/** The digest of the routing table deployed last for a service. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';

export async function routingTableInForce(db: Kysely<Database>, service: string): Promise<string | null> {
  const row = await db.selectFrom('routing_tables').select('digest').where('service', '=', service).orderBy('record_seq', 'desc').limit(1).executeTakeFirst();
  return row?.digest ?? null;
}
