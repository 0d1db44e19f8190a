/** The records of one case, in order. */
import type { Ledger } from '../ledger.ts';
import { AnyObject, readJson } from '../store/json-column.ts';
import type { LedgerRecord } from './record.ts';

export async function listRecords(ledger: Ledger, caseId: string): Promise<LedgerRecord[]> {
  const rows = await ledger.db.selectFrom('records').selectAll().where('case_id', '=', caseId).orderBy('seq').execute();
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    caseId: row.case_id,
    facts: readJson(AnyObject, row.facts),
    nonce: row.nonce,
    commitment: row.commitment,
    privateCommitment: row.private_commitment,
    previousHash: row.previous_hash,
    hash: row.hash,
  }));
}
