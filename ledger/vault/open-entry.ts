/** Opens one vault entry. */
import type { Selectable } from 'kysely';
import { entryBinding } from '../chain/entry-binding.ts';
import type { Database } from '../store/database.ts';
import type { KeyReader } from './key-reader.ts';
import { unseal } from './seal.ts';

export type SealedEntry = Pick<Selectable<Database['vault_entries']>, 'case_id' | 'record_seq' | 'kind' | 'key_id' | 'sealed'>;

/** The canonical JSON that was sealed; null where its key was erased. Throws where the entry was altered. */
export async function openEntry(keys: KeyReader, entry: SealedEntry): Promise<string | null> {
  const key = await keys.read(entry.key_id);
  if (!key) return null;
  const plain = unseal(key.key, entryBinding({ caseId: entry.case_id, recordSeq: entry.record_seq, kind: entry.kind }), entry.sealed);
  if (!plain) throw new Error(`The vault entry "${entry.kind}" of record ${entry.record_seq} was altered. Run "npm run verify".`);
  return plain.toString('utf8');
}
