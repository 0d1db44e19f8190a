/** Writes one move of a release; what a person typed with it goes into the vault. */
import { writeRecord } from '../chain/write-record.ts';
import type { Tx } from '../store/transact.ts';
import type { ReleaseState, Why } from './lifecycle.ts';

export type NewMove = { releaseId: string; from: ReleaseState; to: ReleaseState; by: string; why: Why; share?: number | null; evidenceDigest?: string | null };

export async function writeMove(tx: Tx, move: NewMove): Promise<void> {
  const { releaseId, from, to, by, why, share = null, evidenceDigest = null } = move;
  await writeRecord(tx, {
    kind: 'release-moved',
    caseId: null,
    facts: { releaseId, fromState: from, toState: to, movedBy: by, code: why.code, share, evidenceDigest, movedAt: tx.now },
    ...(why.text !== undefined && { sealed: { key: tx.vault.ownKey, entries: [{ kind: 'text', value: why.text }] } }),
  });
}
