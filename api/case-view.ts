/** A case as callers see it. What is hidden while a review is blind is decided in one place: the ledger's `publicCase`. */
import { publicCase, type Case, type ForWhom } from '../ledger/index.ts';
import type { Caller } from './access/caller.ts';
import type { CaseView } from './contract/cases.ts';
import { toMoment, toMomentOrNull } from './moment.ts';

/** Who also reviews is shown what reviewers see, whatever other roles they have: their next verdict on any case shall be blind. */
export function forWhom(caller: Caller): ForWhom {
  if (caller.kind === 'application') return 'application';
  return caller.user.roles.includes('expert') ? 'reviewer' : 'auditor';
}

export function caseView(theCase: Case, viewer: ForWhom): CaseView {
  const { receivedAt, decidedAt, ...shown } = publicCase(theCase, viewer);
  return { ...shown, receivedAt: toMoment(receivedAt), decidedAt: toMomentOrNull(decidedAt) };
}

/** Whether the review of a case is still blind, so that nothing of the model may be shown to this viewer. */
export function isSealed(theCase: Case, viewer: ForWhom): boolean {
  return theCase.decision === null && publicCase(theCase, viewer).reasons === null;
}
