/** Stores the final verdict after the second look: never before a blind one, never of an audit, always with a reason. */
import type { Ledger } from '../ledger.ts';
import { transact, transactLightly } from '../store/transact.ts';
import { findReviewable, refuse, refuseUnknownClass, type Refused, type ReviewableCase } from './reviewable-case.ts';
import { answerOfTask } from './task-answer.ts';
import type { FinalVerdictRequest, StoreVerdictResult, Verdict } from './verdict.ts';
import { writeVerdict } from './write-verdict.ts';

export async function storeFinalVerdict(ledger: Ledger, request: FinalVerdictRequest): Promise<StoreVerdictResult> {
  return transact(ledger, async (tx) => {
    const found = await findReviewable(tx, request.caseId);
    if (found.kind === 'refused') return found;
    const second = acceptable(found, request);
    if (second.kind === 'refused') return second;
    const { caseId, userTaskKey, reviewer } = request;
    const verdict = {
      ...{ caseId, userTaskKey, reviewer, class: request.class },
      purpose: second.blind.purpose,
      step: 'final' as const,
      answer: 'class' as const,
      blind: false,
      outcome: null,
      reasonCode: request.reasonCode ?? null,
      text: request.text ?? null,
      durationMs: request.durationMs ?? null,
    };
    return writeVerdict(tx, found.case.service, verdict, 'done');
  });
}

/** Why this verdict would be refused now, before the task is claimed for it; null where it would be stored. Stores nothing. */
export async function checkFinalVerdict(ledger: Ledger, request: FinalVerdictRequest): Promise<Refused | null> {
  return transactLightly(ledger, async (tx) => {
    const found = await findReviewable(tx, request.caseId);
    const result = found.kind === 'refused' ? found : acceptable(found, request);
    return result.kind === 'refused' ? result : null;
  });
}

function acceptable(found: ReviewableCase, request: FinalVerdictRequest): { kind: 'due'; blind: Verdict } | Refused {
  const second = secondLook(found, request);
  if (second.kind === 'refused') return second;
  return refuseUnknownClass(found.definition, request.class) ?? refuseReason(found, request) ?? second;
}

function secondLook(found: ReviewableCase, request: FinalVerdictRequest): { kind: 'due'; blind: Verdict } | Refused {
  const answer = answerOfTask(found.verdicts, request.userTaskKey);
  if (answer.state === 'open') return refuse('NO_BLIND_VERDICT', 'Give your own verdict first; the final one follows it.');
  if (answer.blind.reviewer !== request.reviewer) return refuse('OTHER_REVIEWER', 'Someone else gave the first verdict on this task and must give the final one.');
  if (answer.state === 'comparing') return { kind: 'due', blind: answer.blind };
  if (answer.deciding.step === 'final') return refuse('ALREADY_ANSWERED', 'This task has its final verdict already.');
  return refuse('NO_SECOND_LOOK', 'Your first verdict is the final one: there is no second look at this case.');
}

function refuseReason(found: ReviewableCase, request: FinalVerdictRequest): Refused | null {
  const { reasonCode, text } = request;
  const allowed = found.definition.review.reasonCodes.map(({ id }) => id);
  if (reasonCode !== undefined && !allowed.includes(reasonCode)) {
    return refuse('REASON_UNKNOWN', `"${reasonCode}" is no reason of this service. Possible: ${allowed.join(', ')}.`);
  }
  if (reasonCode === undefined && (text ?? '').trim() === '') return refuse('REASON_MISSING', 'Say why: choose a reason or write one.');
  return null;
}
