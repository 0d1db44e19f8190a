/** Reads one case. */
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import type { Tx } from '../store/transact.ts';
import { selectCases, toCase } from './case-row.ts';
import type { Case } from './case.ts';

export async function getCase(ledger: Ledger, caseId: string): Promise<Case | null> {
  return findCase(ledger, caseId);
}

/** The same inside a transaction. */
export async function findCase(source: Pick<Tx, 'db' | 'vault'>, caseId: string): Promise<Case | null> {
  const row = await caseById.first(source.db, { caseId });
  return row ? toCase(source.vault, row) : null;
}

const caseById = prepareQuery((db, { caseId }: { caseId: string }) => selectCases(db).where('c.case_id', '=', caseId));
