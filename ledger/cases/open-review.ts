/** Sends a case to people: stores the reasons, and the case is in review from here. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import type { Case } from './case.ts';
import type { ReasonCode } from './reason-code.ts';
import { findCase } from './get-case.ts';

export type OpenReviewRequest = { caseId: string; reasons: ReasonCode[]; reviewGroup?: string; dueAt?: number };

export type OpenReviewResult = { kind: 'opened' | 'already'; case: Case } | { kind: 'case-unknown' } | { kind: 'decided'; case: Case };

/** Idempotent: the reasons of the first call stay. */
export async function openReview(ledger: Ledger, request: OpenReviewRequest): Promise<OpenReviewResult> {
  return transact(ledger, async (tx) => {
    const { caseId } = request;
    const before = await findCase(tx, caseId);
    if (!before) return { kind: 'case-unknown' };
    if (before.status === 'decided') return { kind: 'decided', case: before };
    if (before.review) return { kind: 'already', case: before };
    const review = {
      reasons: [...new Set(request.reasons)],
      reviewGroup: request.reviewGroup ?? null,
      dueAt: request.dueAt ?? null,
      openedAt: tx.now,
    };
    await writeRecord(tx, { kind: 'review-opened', caseId, facts: { caseId, ...review } });
    await tx.db.updateTable('cases').set({ status: 'in-review' }).where('case_id', '=', caseId).execute();
    tx.changed({ caseId, service: before.service, what: 'in-review' });
    return { kind: 'opened', case: { ...before, status: 'in-review', review } };
  });
}
