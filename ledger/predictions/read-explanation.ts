/** Reads the explanation of a case's prediction from the vault. */
import { z } from 'zod';
import type { Ledger } from '../ledger.ts';
import { Numbers, readJson } from '../store/json-column.ts';
import { openEntry } from '../vault/open-entry.ts';
import type { Explanation } from './prediction.ts';

const StoredExplanation = z.strictObject({
  method: z.string(),
  class: z.string(),
  baseValue: z.number(),
  prediction: z.number(),
  attributions: Numbers,
  tolerance: z.number().nullable(),
});

/** Null where there is none, or its key was erased. */
export async function readExplanation(ledger: Pick<Ledger, 'db' | 'vault'>, caseId: string): Promise<Explanation | null> {
  const entry = await ledger.db.selectFrom('vault_entries').selectAll().where('case_id', '=', caseId).where('kind', '=', 'explanation').executeTakeFirst();
  const text = entry ? await openEntry(ledger.vault.keys, entry) : null;
  return text === null ? null : readJson(StoredExplanation, text);
}
