/** The newest cases of a release, whatever became of them. */
import type { Ledger } from '../ledger.ts';

/** Newest first. */
export async function listReleaseCases(ledger: Ledger, releaseId: string, limit: number): Promise<string[]> {
  const rows = await ledger.db.selectFrom('audit_draws').select('case_id').where('release_id', '=', releaseId).orderBy('record_seq', 'desc').limit(limit).execute();
  return rows.map((row) => row.case_id);
}
