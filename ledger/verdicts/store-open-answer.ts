/**
 * Stores an answer that leaves the user task open: information is needed, or the case is not this reviewer's. In the
 * second look `not-mine` gives the task back: the first verdict stays as given, and the task begins anew, blind.
 */
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { findReviewable, refuse } from './reviewable-case.ts';
import { answerOfTask, hasSeenSuggestion } from './task-answer.ts';
import type { OpenAnswerRequest, StoreVerdictResult } from './verdict.ts';
import { writeVerdict } from './write-verdict.ts';

export async function storeOpenAnswer(ledger: Ledger, request: OpenAnswerRequest): Promise<StoreVerdictResult> {
  return transact(ledger, async (tx) => {
    const found = await findReviewable(tx, request.caseId);
    if (found.kind === 'refused') return found;
    const { caseId, userTaskKey, reviewer, answer } = request;
    const before = answerOfTask(found.verdicts, userTaskKey);
    const givesBack = before.state === 'comparing' && answer === 'not-mine';
    if (givesBack && before.blind.reviewer !== reviewer) return refuse('OTHER_REVIEWER', 'Someone else gave the first verdict on this task; only they can give it back now.');
    if (before.state !== 'open' && !givesBack) return refuse('ALREADY_ANSWERED', 'This task has a first verdict already.');
    const verdict = {
      ...{ caseId, userTaskKey, reviewer, answer },
      purpose: request.purpose ?? 'review',
      step: givesBack ? ('final' as const) : ('blind' as const),
      class: null,
      blind: !givesBack && !hasSeenSuggestion(found.verdicts, reviewer),
      outcome: null,
      reasonCode: null,
      text: request.text ?? null,
      durationMs: null,
    };
    return writeVerdict(tx, found.case.service, verdict, 'open');
  });
}
