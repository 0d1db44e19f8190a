/** Stores a reviewer's own verdict, given before anything of the model was shown. */
import type { Ledger } from '../ledger.ts';
import { findPrediction } from '../predictions/get-prediction.ts';
import { transact, transactLightly, type Tx } from '../store/transact.ts';
import { findReviewable, refuse, refuseUnknownClass, type Refused, type ReviewableCase } from './reviewable-case.ts';
import { answerOfTask, answersOfCase, hasSeenSuggestion } from './task-answer.ts';
import type { BlindVerdictRequest, StoreVerdictResult, VerdictOutcome } from './verdict.ts';
import { writeVerdict } from './write-verdict.ts';

/** What comes next follows from how it stands to the suggestion: `differs` asks for a second look, all else is done. */
export async function storeBlindVerdict(ledger: Ledger, request: BlindVerdictRequest): Promise<StoreVerdictResult> {
  return transact(ledger, async (tx) => {
    const found = await findReviewable(tx, request.caseId);
    if (found.kind === 'refused') return found;
    const refused = refuseBlindVerdict(found, request);
    if (refused) return refused;
    const { answer, caseId, userTaskKey, reviewer } = request;
    const outcome = answer.kind === 'class' ? await outcomeOf(tx, found, answer.class) : null;
    const verdict = {
      ...{ caseId, userTaskKey, reviewer, outcome },
      purpose: request.purpose ?? 'review',
      step: 'blind' as const,
      answer: answer.kind,
      class: answer.kind === 'class' ? answer.class : null,
      // Given anew after an undo, it may follow what the reviewer has learnt of the model.
      blind: !hasSeenSuggestion(found.verdicts, reviewer),
      reasonCode: null,
      text: answer.kind === 'cannot-judge' ? (answer.text ?? null) : null,
      durationMs: request.durationMs ?? null,
    };
    return writeVerdict(tx, found.case.service, verdict, outcome === 'differs' ? 'compare' : 'done');
  });
}

/** Why this verdict would be refused now, before the task is claimed for it; null where it would be stored. Stores nothing. */
export async function checkBlindVerdict(ledger: Ledger, request: BlindVerdictRequest): Promise<Refused | null> {
  return transactLightly(ledger, async (tx) => {
    const found = await findReviewable(tx, request.caseId);
    return found.kind === 'refused' ? found : refuseBlindVerdict(found, request);
  });
}

function refuseBlindVerdict(found: ReviewableCase, request: BlindVerdictRequest): Refused | null {
  const { userTaskKey, reviewer, answer } = request;
  if (answerOfTask(found.verdicts, userTaskKey).state !== 'open') {
    return refuse('ALREADY_ANSWERED', 'This task has a first verdict already.');
  }
  const elsewhere = answersOfCase(found.verdicts).some(({ blind }) => blind.reviewer === reviewer);
  if (elsewhere) return refuse('SAME_REVIEWER', 'You have judged this case before; someone else must judge it now.');
  return answer.kind === 'class' ? refuseUnknownClass(found.definition, answer.class) : null;
}

async function outcomeOf(tx: Tx, found: ReviewableCase, verdictClass: string): Promise<VerdictOutcome> {
  if (found.case.draw?.audit === true) return 'audit';
  const prediction = await findPrediction(tx.db, found.case.caseId);
  if (!prediction) return 'no-suggestion';
  return prediction.class === verdictClass ? 'agrees' : 'differs';
}
