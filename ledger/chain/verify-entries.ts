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
  /** How many records were met whose key or case was erased. */
  erased(): number;
  /** The first record whose key is gone without a recorded erasure; asked last, when the erasures themselves are checked. */
  missingKey(): Promise<{ firstBroken: number; why: string } | null>;
};

/** `isCut`: records are missing at the end, and that an entry was erased may stand in them; the cut is what is said then. */
export function createEntryCheck(reader: ChainReader, isCut: boolean): EntryCheck {
  let entriesBySeq = new Map<number, Entry[]>();
  let erasures = new Map<number, number>();
  let erasedCases = 0;
  const keyless: { seq: number; kind: string; keyId: string }[] = [];
  return {
    load: async (from, to) => {
      const rows = await reader.db.selectFrom('vault_entries').selectAll().where('record_seq', '>=', from).where('record_seq', '<=', to).orderBy('kind').execute();
      entriesBySeq = Map.groupBy(rows, (entry) => entry.record_seq);
      erasures = await erasuresOfCases(reader, from, to);
    },
    fault: async (record) => {
      const entries = entriesBySeq.get(record.seq) ?? [];
      const first = entries[0];
      const erasedBy = erasures.get(record.seq);
      if (erasedBy !== undefined && record.private_commitment !== null && record.seq < erasedBy) {
        if (first) return `Record ${erasedBy} says that the case of record ${record.seq} (${record.kind}) was erased, but its vault entry is there.`;
        erasedCases += 1;
        return null;
      }
      if (!first) return record.private_commitment === null || isCut ? null : `The vault entry of record ${record.seq} (${record.kind}) was removed.`;
      if (record.private_commitment === null) return `The vault holds an entry for record ${record.seq} (${record.kind}) that was never written with it.`;
      if (!reader.readKey) return null;
      const key = await reader.readKey(first.key_id);
      if (!key) {
        keyless.push({ seq: record.seq, kind: record.kind, keyId: first.key_id });
        return null;
      }
      return compare(key.key, record, entries);
    },
    erased: () => keyless.length + erasedCases,
    missingKey: async () => {
      for (const { seq, kind, keyId } of keyless) {
        if (!(await reader.isErased(keyId))) return { firstBroken: seq, why: `The key of record ${seq} (${kind}) is gone, but no record says that it was erased.` };
      }
      return null;
    },
  };
}

/** By record, the one that says that its case was erased: that one is proved when the chain comes to it. */
async function erasuresOfCases(reader: ChainReader, from: number, to: number): Promise<Map<number, number>> {
  const rows = await reader.db.selectFrom('records as r').innerJoin('records as e', 'e.case_id', 'r.case_id').select(['r.seq', 'e.seq as erased_by']).where('e.kind', '=', 'case-erased').where('r.private_commitment', 'is not', null).where('r.seq', '>=', from).where('r.seq', '<=', to).execute();
  return new Map(rows.map((row) => [row.seq, row.erased_by]));
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
