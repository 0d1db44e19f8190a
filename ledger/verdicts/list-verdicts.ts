/** All verdicts on a case in the order given, undone ones included. */
import type { Ledger } from '../ledger.ts';
import type { Tx } from '../store/transact.ts';
import { selectVerdicts, toVerdict } from './verdict-row.ts';
import type { Verdict } from './verdict.ts';

export async function listVerdicts(ledger: Ledger, caseId: string): Promise<Verdict[]> {
  return findVerdicts(ledger, caseId);
}

/** The same inside a transaction. */
export async function findVerdicts(source: Pick<Tx, 'db' | 'vault'>, caseId: string): Promise<Verdict[]> {
  const rows = await selectVerdicts(source.db).where('w.case_id', '=', caseId).execute();
  return Promise.all(rows.map((row) => toVerdict(source.vault, row)));
}
