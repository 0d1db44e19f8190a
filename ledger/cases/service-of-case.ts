/** The decision service of a case; null for an unknown case. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';
import { prepareQuery } from '../store/prepared-query.ts';

export async function serviceOfCase(db: Kysely<Database>, caseId: string): Promise<string | null> {
  return (await byCase.first(db, { caseId }))?.service ?? null;
}

const byCase = prepareQuery((db, { caseId }: { caseId: string }) => db.selectFrom('cases').select('service').where('case_id', '=', caseId));
