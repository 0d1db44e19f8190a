/** Stores what people answered when a live release came to its end or gave alarm; the watch carries it out. */
import { randomUUID } from 'node:crypto';
import { findUserById } from '../access/get-user.ts';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { AnswerReassessmentResult, ReassessmentAnswer } from './lifecycle.ts';
import { oweNews } from './owe-message.ts';
import { votingRolesOf } from './voting-rules.ts';

export type ReassessmentRequest = { releaseId: string; answer: ReassessmentAnswer; by: string; reason: string };

/** `by`: a user id. A later answer replaces an earlier one that the watch has not carried out. */
export async function answerReassessment(ledger: Ledger, request: ReassessmentRequest): Promise<AnswerReassessmentResult> {
  return transact(ledger, async (tx): Promise<AnswerReassessmentResult> => {
    const { releaseId, answer, by, reason } = request;
    const release = await findLifecycle(tx.db, releaseId);
    if (!release) return refuse('RELEASE_UNKNOWN', `There is no release ${releaseId}.`);
    if (votingRolesOf((await findUserById(tx.db, by))?.roles ?? []).length === 0) return refuse('ROLE_MISSING', 'A re-assessment is answered by people with the role approver or process owner.');
    if (release.state !== 'live') return refuse('NOT_LIVE', `The release is ${release.state}: only a live one is assessed again.`);
    if (reason.trim() === '') return refuse('REASON_MISSING', 'Say why.');
    const answerId = randomUUID();
    await writeRecord(tx, {
      kind: 'reassessment-answered',
      caseId: null,
      facts: { answerId, releaseId, answer, answeredBy: by, answeredAt: tx.now },
      sealed: { key: tx.vault.ownKey, entries: [{ kind: 'text', value: reason }] },
    });
    await oweNews(tx, 'reassessment-answered', releaseId, answerId);
    return { kind: 'answered', answer: { answerId, releaseId, answer, by, reason, at: tx.now } };
  });
}

type Refused = Extract<AnswerReassessmentResult, { kind: 'refused' }>;

function refuse(reason: Refused['reason'], message: string): Refused {
  return { kind: 'refused', reason, message };
}
