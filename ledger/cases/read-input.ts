/** Reads the input of a case from the vault. */
import type { Ledger } from '../ledger.ts';
import { AnyObject, readJson } from '../store/json-column.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import type { Tx } from '../store/transact.ts';
import { openEntry } from '../vault/open-entry.ts';

export type Input = { kind: 'readable'; input: Record<string, unknown> } | { kind: 'erased' } | { kind: 'case-unknown' };

export async function readInput(ledger: Ledger, caseId: string): Promise<Input> {
  return findInput(ledger, caseId);
}

/** The same inside a transaction. */
export async function findInput(source: Pick<Tx, 'db' | 'vault'>, caseId: string): Promise<Input> {
  const entry = await inputOfCase.first(source.db, { caseId });
  if (!entry) return { kind: (await erasureOfCase.first(source.db, { caseId })) ? 'erased' : 'case-unknown' };
  const text = await openEntry(source.vault.keys, entry);
  return text === null ? { kind: 'erased' } : { kind: 'readable', input: readJson(AnyObject, text) };
}

const erasureOfCase = prepareQuery((db, { caseId }: { caseId: string }) => db.selectFrom('case_erasures').select('case_id').where('case_id', '=', caseId));

const inputOfCase = prepareQuery((db, { caseId }: { caseId: string }) => db.selectFrom('vault_entries').selectAll().where('case_id', '=', caseId).where('kind', '=', 'input'));
