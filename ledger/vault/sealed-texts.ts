/** Texts that people typed about things that belong to no case, by the record they were written with. */
import type { Ledger } from '../ledger.ts';
import { openEntry } from './open-entry.ts';

/** Canonical JSON by record number, of the entries of kind `text`. */
export async function sealedTexts(source: Pick<Ledger, 'db' | 'vault'>, recordSeqs: readonly number[]): Promise<Map<number, string>> {
  const texts = new Map<number, string>();
  if (recordSeqs.length === 0) return texts;
  const entries = await source.db.selectFrom('vault_entries').selectAll().where('record_seq', 'in', recordSeqs).where('kind', '=', 'text').execute();
  for (const entry of entries) {
    const text = await openEntry(source.vault.keys, entry);
    if (text !== null) texts.set(entry.record_seq, text);
  }
  return texts;
}
