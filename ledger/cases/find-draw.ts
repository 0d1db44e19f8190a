/** The audit draw of a case; null where it was not drawn yet. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import type { AuditDraw } from './case.ts';

export async function findDraw(db: Kysely<Database>, caseId: string): Promise<AuditDraw | null> {
  const row = await drawOfCase.first(db, { caseId });
  return row ? { audit: row.audit === 1, releaseId: row.release_id, drawnAt: row.drawn_at } : null;
}

const drawOfCase = prepareQuery((db, { caseId }: { caseId: string }) => db.selectFrom('audit_draws').selectAll().where('case_id', '=', caseId));
