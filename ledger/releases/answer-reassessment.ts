/** Stores what people answered when a live release came to its end or gave alarm; the watch carries it out. */
import { randomUUID } from 'node:crypto';
import { findUserById } from '../access/get-user.ts';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { refuseReassessment } from './action-rules.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { AnswerReassessmentResult, ReassessmentAnswer } from './lifecycle.ts';
import { oweNews } from './owe-message.ts';

export type ReassessmentRequest = { releaseId: string; answer: ReassessmentAnswer; by: string; reason: string };

/** `by`: a user id. A later answer replaces an earlier one that the watch has not carried out. */
export async function answerReassessment(ledger: Ledger, request: ReassessmentRequest): Promise<AnswerReassessmentResult> {
  return transact(ledger, async (tx): Promise<AnswerReassessmentResult> => {
    const { releaseId, answer, by, reason } = request;
    const release = await findLifecycle(tx.db, releaseId);
    if (!release) return refuse('RELEASE_UNKNOWN', `There is no release ${releaseId}.`);
    const refused = refuseReassessment(release, (await findUserById(tx.db, by))?.roles ?? []);
    if (refused) return { kind: 'refused', ...refused };
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
