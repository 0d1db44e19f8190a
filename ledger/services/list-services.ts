/** The latest version of every decision service, by id. */
import type { Ledger } from '../ledger.ts';
import { parseService } from './get-service.ts';
import type { StoredService } from './service.ts';

export async function listServices(ledger: Ledger): Promise<StoredService[]> {
  const rows = await ledger.db
    .selectFrom('services as s')
    .selectAll()
    .where('s.version', '=', (inner) => inner.selectFrom('services as t').select(({ fn }) => fn.max('t.version').as('version')).whereRef('t.service', '=', 's.service'))
    .orderBy('s.service')
    .execute();
  return rows.map((row) => ledger.services.get(`${row.service}/${row.version}`) ?? parseService(ledger, row));
}
