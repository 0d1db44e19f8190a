/** Compares the vault's entries with the private commitments of the chain, as far as their keys still exist. */
import type { Selectable } from 'kysely';
import type { Database } from '../store/database.ts';
import { unseal, type Secret } from '../vault/seal.ts';
import type { ChainReader } from './chain-reader.ts';
import { entryBinding } from './entry-binding.ts';
import { privateCommitmentTo } from './hashes.ts';

type Entry = Selectable<Database['vault_entries']>;
type Committed = { seq: number; kind: string; nonce: string; private_commitment: string | null };

export type EntryCheck = {
  load(from: number, to: number): Promise<void>;
  fault(record: Committed): Promise<string | null>;
  /** How many records were met whose key is gone. */
  erased(): number;
  /** The first record whose key is gone without a recorded erasure; asked last, when the erasures themselves are checked. */
  missingKey(): Promise<{ firstBroken: number; why: string } | null>;
};

export function createEntryCheck(reader: ChainReader): EntryCheck {
  let entriesBySeq = new Map<number, Entry[]>();
  const keyless: { seq: number; kind: string; keyId: string }[] = [];
  return {
    load: async (from, to) => {
      const rows = await reader.db.selectFrom('vault_entries').selectAll().where('record_seq', '>=', from).where('record_seq', '<=', to).orderBy('kind').execute();
      entriesBySeq = Map.groupBy(rows, (entry) => entry.record_seq);
    },
    fault: async (record) => {
      const entries = entriesBySeq.get(record.seq) ?? [];
      const first = entries[0];
      if (!first) return record.private_commitment === null ? null : `The vault entry of record ${record.seq} (${record.kind}) was removed.`;
      if (record.private_commitment === null) return `The vault holds an entry for record ${record.seq} (${record.kind}) that was never written with it.`;
      if (!reader.readKey) return null;
      const key = await reader.readKey(first.key_id);
      if (!key) {
        keyless.push({ seq: record.seq, kind: record.kind, keyId: first.key_id });
        return null;
      }
      return compare(key.key, record, entries);
    },
    erased: () => keyless.length,
    missingKey: async () => {
      for (const { seq, kind, keyId } of keyless) {
        if (!(await reader.isErased(keyId))) return { firstBroken: seq, why: `The key of record ${seq} (${kind}) is gone, but no record says that it was erased.` };
      }
      return null;
    },
  };
}

function compare(key: Secret, record: Committed, entries: readonly Entry[]): string | null {
  const texts: { kind: string; text: string }[] = [];
  for (const { kind, case_id: caseId, record_seq: recordSeq, sealed } of entries) {
    const plain = unseal(key, entryBinding({ caseId, recordSeq, kind }), sealed);
    if (!plain) return `The vault entry "${kind}" of record ${record.seq} (${record.kind}) was altered: it does not open.`;
    texts.push({ kind, text: plain.toString('utf8') });
  }
  if (privateCommitmentTo(key, record.nonce, texts) === record.private_commitment) return null;
  return `The vault entries of record ${record.seq} (${record.kind}) are not the ones written with it.`;
}
