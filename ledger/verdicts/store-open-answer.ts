/** Stores an answer that leaves the user task open: information is needed, or the case is not this reviewer's. */
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { findReviewable, refuse } from './reviewable-case.ts';
import { answerOfTask } from './task-answer.ts';
import type { OpenAnswerRequest, StoreVerdictResult } from './verdict.ts';
import { writeVerdict } from './write-verdict.ts';

export async function storeOpenAnswer(ledger: Ledger, request: OpenAnswerRequest): Promise<StoreVerdictResult> {
  return transact(ledger, async (tx) => {
    const found = await findReviewable(tx, request.caseId);
    if (found.kind === 'refused') return found;
    const { caseId, userTaskKey, reviewer, answer } = request;
    if (answerOfTask(found.verdicts, userTaskKey).state !== 'open') return refuse('ALREADY_ANSWERED', 'This task has a first verdict already.');
    const verdict = {
      ...{ caseId, userTaskKey, reviewer, answer },
      purpose: request.purpose ?? 'review',
      step: 'blind' as const,
      class: null,
      blind: true,
      outcome: null,
      reasonCode: null,
      text: request.text ?? null,
      durationMs: null,
    };
    return writeVerdict(tx, found.case.service, verdict, 'open');
  });
}
