/** The digest of the routing table deployed last for a service. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';
import { prepareQuery } from '../store/prepared-query.ts';

export async function routingTableInForce(db: Kysely<Database>, service: string): Promise<string | null> {
  return (await lastOfService.first(db, { service }))?.digest ?? null;
}

const lastOfService = prepareQuery((db, { service }: { service: string }) =>
  db.selectFrom('routing_tables').select('digest').where('service', '=', service).orderBy('record_seq', 'desc').limit(1),
);
