/** Appends a record to the chain and writes its row and its vault entries with it: the only writer of all three. */
import { sql } from 'kysely';
import { prepareQuery, type PreparedQuery } from '../store/prepared-query.ts';
import type { Tx } from '../store/transact.ts';
import type { DataKey } from '../vault/key-reader.ts';
import { randomNonce } from '../vault/random-pool.ts';
import { seal } from '../vault/seal.ts';
import { canonicalJson } from './canonical-json.ts';
import { entryBinding } from './entry-binding.ts';
import { commitmentTo, genesisHash, hashOf, privateCommitmentTo } from './hashes.ts';
import type { RecordKind } from './record.ts';
import { rowOfFacts, tableByKind, type ColumnValue } from './recorded-tables.ts';

export type NewRecord = {
  kind: RecordKind;
  caseId: string | null;
  /** Becomes the row of the kind's table; never personal data. */
  facts: Record<string, unknown>;
  /** Columns that the chain does not vouch for: secrets' hashes, what changes later. */
  unrecorded?: Record<string, ColumnValue>;
  /** The personal part, for the vault. */
  sealed?: { key: DataKey; entries: readonly { kind: string; value: unknown }[] };
};

/** Returns the sequence number. */
export async function writeRecord(tx: Tx, record: NewRecord): Promise<number> {
  const last = await lastRecord.first(tx.db, {});
  const seq = (last?.seq ?? 0) + 1;
  const nonce = randomNonce(32).toString('hex');
  const facts = canonicalJson(record.facts);
  const entries = sealedTexts(record);
  const link = {
    seq,
    at: tx.now,
    kind: record.kind,
    commitment: commitmentTo(nonce, { caseId: record.caseId, facts }),
    privateCommitment: record.sealed && entries.length > 0 ? privateCommitmentTo(record.sealed.key.key, nonce, entries) : null,
    previousHash: last?.hash ?? genesisHash,
  };
  const hash = hashOf(link);
  await insertRow(tx, 'records', {
    seq,
    at: link.at,
    kind: record.kind,
    case_id: record.caseId,
    facts,
    nonce,
    commitment: link.commitment,
    private_commitment: link.privateCommitment,
    previous_hash: link.previousHash,
    hash,
  });
  await insertRow(tx, tableByKind[record.kind], { ...rowOfFacts(record.facts), ...record.unrecorded, record_seq: seq });
  if (record.sealed) await insertEntries(tx, seq, record.caseId, record.sealed.key, entries);
  tx.chainReached({ seq, hash });
  return seq;
}

const lastRecord = prepareQuery((db) => db.selectFrom('records').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1));

type Row = Record<string, ColumnValue | Uint8Array>;

/** By table and columns: as many as there are kinds of records. */
const inserts = new Map<string, PreparedQuery<Row, unknown>>();

async function insertRow(tx: Tx, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const shape = `${table} ${columns.join(' ')}`;
  const insert = inserts.get(shape) ?? prepareInsert(table, columns);
  inserts.set(shape, insert);
  await insert.run(tx.db, row);
}

function prepareInsert(table: string, columns: readonly string[]): PreparedQuery<Row, unknown> {
  const names = sql.join(columns.map((name) => sql.ref(name)));
  return prepareQuery((_db, row: Row) => sql`insert into ${sql.table(table)} (${names}) values (${sql.join(columns.map((name) => row[name]))})`);
}

async function insertEntries(tx: Tx, seq: number, caseId: string | null, key: DataKey, entries: readonly { kind: string; text: string }[]): Promise<void> {
  for (const { kind, text } of entries) {
    const sealed = seal(key.key, entryBinding({ caseId, recordSeq: seq, kind }), text);
    await insertRow(tx, 'vault_entries', { record_seq: seq, case_id: caseId, kind, key_id: key.keyId, sealed });
  }
}

/** In the order of their kinds, which a record holds once each: the order in which they are verified. */
function sealedTexts(record: NewRecord): { kind: string; text: string }[] {
  const entries = (record.sealed?.entries ?? []).map(({ kind, value }) => ({ kind, text: canonicalJson(value) }));
  return entries.sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
