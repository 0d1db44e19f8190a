/**
 * Verifies the whole chain: numbers without gap, links, commitments, rows, vault entries, signed heads. Names the first
 * record that does not hold, whatever was altered.
 */
import type { Selectable } from 'kysely';
import type { Ledger } from '../ledger.ts';
import type { Database } from '../store/database.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ChainReader } from './chain-reader.ts';
import { commitmentTo, genesisHash, hashOf } from './hashes.ts';
import { isSignedBy } from './head.ts';
import { parseFacts } from './parse-facts.ts';
import type { ChainVerdict, SignedHead } from './record.ts';
import { createRowCheck } from './verify-rows.ts';
import { createEntryCheck } from './verify-entries.ts';
import { createErasureCheck } from './verify-erasures.ts';
import { findStrayRow } from './find-stray-row.ts';

export async function verifyChain(ledger: Ledger): Promise<ChainVerdict> {
  const reader = await ledger.openReader();
  try {
    return await verifyReader(reader);
  } finally {
    await reader.close();
  }
}

type RecordRow = Selectable<Database['records']>;

const pageSize = 500;

/** The same for a folder, see `openFolderReader`. */
export async function verifyReader(reader: ChainReader): Promise<ChainVerdict> {
  if ('badLine' in reader.heads) return { ok: false, firstBroken: 0, why: `Line ${reader.heads.badLine} of the signed heads cannot be read: the file was altered.` };
  const headBySeq = new Map(reader.heads.map((head) => [head.seq, head]));
  const rows = createRowCheck(reader.db);
  const end = await reader.db.selectFrom('records').select(({ fn }) => fn.max('seq').as('seq')).executeTakeFirst();
  const entries = createEntryCheck(reader, tailFault(reader.heads, end?.seq ?? 0) !== null);
  const erasures = createErasureCheck(reader.db);
  let previous = { seq: 0, hash: genesisHash };
  for (;;) {
    const page = await reader.db.selectFrom('records').selectAll().where('seq', '>', previous.seq).orderBy('seq').limit(pageSize).execute();
    const last = page.at(-1);
    if (!last) break;
    await rows.load(previous.seq + 1, last.seq);
    await entries.load(previous.seq + 1, last.seq);
    await erasures.load(previous.seq + 1, last.seq);
    for (const record of page) {
      const why = linkFault(record, previous) ?? rows.fault(record) ?? (await entries.fault(record)) ?? (await erasures.fault(record)) ?? headFault(reader, headBySeq.get(record.seq), record);
      if (why !== null) return { ok: false, firstBroken: previous.seq + 1, why };
      previous = { seq: record.seq, hash: record.hash };
    }
  }
  const fault = tailFault(reader.heads, previous.seq) ?? (await findStrayRow(reader.db, previous.seq)) ?? (await entries.missingKey());
  if (fault) return { ok: false, ...fault };
  return {
    ok: true,
    records: previous.seq,
    headHash: previous.hash,
    signedUpTo: reader.heads.at(-1)?.seq ?? 0,
    erased: entries.erased(),
    vaultChecked: reader.readKey !== null,
    signerKnown: reader.publicKey !== null,
  };
}

function linkFault(record: RecordRow, previous: { seq: number; hash: string }): string | null {
  const expected = previous.seq + 1;
  if (record.seq !== expected) return `Record ${expected} is missing: the next one there is ${record.seq}.`;
  if (record.previous_hash !== previous.hash) return `Record ${record.seq} does not continue record ${previous.seq}: its link to it was altered.`;
  const { seq, at, kind, commitment, private_commitment: privateCommitment, previous_hash: previousHash } = record;
  if (record.hash !== hashOf({ seq, at, kind, commitment, privateCommitment, previousHash })) return `The hash of record ${seq} (${kind}) does not fit: its time, kind, commitment or hash was altered.`;
  const facts = parseFacts(record.facts);
  if (facts === null || commitment !== commitmentTo(record.nonce, { caseId: record.case_id, facts: canonicalJson(facts) })) return `The facts of record ${seq} (${kind}) were altered: they do not fit their commitment.`;
  return null;
}

function headFault(reader: ChainReader, head: SignedHead | undefined, record: RecordRow): string | null {
  if (!head) return null;
  const firstKey = Array.isArray(reader.heads) ? reader.heads[0]?.publicKey : undefined;
  if (!isSignedBy(head, reader.publicKey ?? firstKey ?? '')) return `The signature of the head at record ${head.seq} does not hold: the heads were altered.`;
  if (head.hash !== record.hash) return `Record ${record.seq} is not the one that was signed: the chain up to it was written anew.`;
  return null;
}

function tailFault(heads: readonly SignedHead[], last: number): { firstBroken: number; why: string } | null {
  const signed = heads.reduce((most, { seq }) => Math.max(most, seq), 0);
  if (signed > last) return { firstBroken: last + 1, why: `Records ${last + 1} to ${signed} were cut off: a signed head says that they were there.` };
  if (last > 0 && signed === 0) return { firstBroken: 1, why: 'There are records, but no signed head: the file of heads was removed or emptied.' };
  return null;
}
