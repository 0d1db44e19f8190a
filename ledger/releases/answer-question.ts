/** Stores the requester's answer to the question that a vote put back; the process then collects the evidence again. */
import { randomUUID } from 'node:crypto';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { openQuestion, refuseAnswer } from './action-rules.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { AnswerQuestionResult } from './lifecycle.ts';
import { oweNews } from './owe-message.ts';
import { findDecision } from './read-decision.ts';
import { requestersOf } from './requesters.ts';

/** `by`: the user id of the requester, or what proposed it (`key:…`, `system:…`). What a machine proposed any proposer answers. */
export async function answerQuestion(ledger: Ledger, request: { releaseId: string; by: string; text: string }): Promise<AnswerQuestionResult> {
  return transact(ledger, async (tx): Promise<AnswerQuestionResult> => {
    const { releaseId, by, text } = request;
    const release = await findLifecycle(tx.db, releaseId);
    if (!release) return refuse('RELEASE_UNKNOWN', `There is no release ${releaseId}.`);
    const decision = await findDecision(tx, release);
    const refused = refuseAnswer(release, decision, by, await requestersOf(tx.db, release.proposedBy));
    if (refused) return { kind: 'refused', ...refused };
    const question = openQuestion(decision);
    if (!question) return refuse('NO_QUESTION', 'No question is open on this release.');
    if (text.trim() === '') return refuse('TEXT_MISSING', 'Write an answer.');
    const replyId = randomUUID();
    await writeRecord(tx, {
      kind: 'question-answered',
      caseId: null,
      facts: { replyId, voteId: question.voteId, releaseId, repliedBy: by, repliedAt: tx.now },
      sealed: { key: tx.vault.ownKey, entries: [{ kind: 'text', value: text }] },
    });
    await oweNews(tx, 'question-answered', releaseId, replyId);
    return { kind: 'answered', replyId };
  });
}

type Refused = Extract<AnswerQuestionResult, { kind: 'refused' }>;

function refuse(reason: Refused['reason'], message: string): Refused {
  return { kind: 'refused', reason, message };
}
