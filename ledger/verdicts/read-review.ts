/** What a reviewer may see of one user task now: blind first, enforced in one place. */
import type { Case } from '../cases/case.ts';
import { getCase } from '../cases/get-case.ts';
import type { Ledger } from '../ledger.ts';
import { getPrediction } from '../predictions/get-prediction.ts';
import { readExplanation } from '../predictions/read-explanation.ts';
import { listVerdicts } from './list-verdicts.ts';
import { findUndoUntil } from './completion.ts';
import { answerOfTask, type TaskAnswer } from './task-answer.ts';
import type { ReviewView } from './verdict.ts';

/** Null for an unknown case. To everyone but the reviewer who judged it, a judged task shows no suggestion. */
export async function readReview(ledger: Ledger, request: { caseId: string; userTaskKey: string; reviewer: string }): Promise<ReviewView | null> {
  const theCase = await getCase(ledger, request.caseId);
  if (!theCase) return null;
  const verdicts = await listVerdicts(ledger, request.caseId);
  const answer = answerOfTask(verdicts, request.userTaskKey);
  const isOwn = answer.state !== 'open' && answer.blind.reviewer === request.reviewer;
  const undoUntil = answer.state === 'answered' ? (await findUndoUntil(ledger.db, [request.userTaskKey], ledger.clock.now())).get(request.userTaskKey) : undefined;
  const step = stepOf(answer, isOwn, undoUntil);
  const looksTwice = step === 'compare' || (answer.state === 'answered' && answer.deciding.step === 'final');
  return {
    step,
    ownVerdicts: verdicts.filter(({ userTaskKey, reviewer }) => userTaskKey === request.userTaskKey && reviewer === request.reviewer),
    suggestion: isOwn && looksTwice && theCase.draw?.audit !== true ? await readSuggestion(ledger, theCase) : null,
    undoUntil: (isOwn ? undoUntil : undefined) ?? null,
  };
}

/** `undoUntil`: until when the answer can be taken back; undefined where it was handed on. */
export function stepOf(answer: TaskAnswer, isOwn: boolean, undoUntil: number | undefined): ReviewView['step'] {
  switch (answer.state) {
    case 'open':
      return 'blind';
    case 'comparing':
      return isOwn ? 'compare' : 'stored';
    case 'answered':
      return undoUntil === undefined ? 'done' : 'stored';
    default:
      return answer satisfies never;
  }
}

async function readSuggestion(ledger: Ledger, theCase: Case): Promise<ReviewView['suggestion']> {
  const prediction = await getPrediction(ledger, theCase.caseId);
  if (!prediction) return null;
  return {
    class: prediction.class,
    confidence: prediction.confidence,
    probabilities: prediction.probabilities,
    reasons: (theCase.review?.reasons ?? []).filter((reason) => reason !== 'AUDIT_SAMPLE'),
    explanation: await readExplanation(ledger, theCase.caseId),
    modelName: prediction.model.name,
    modelVersion: prediction.model.version,
  };
}
