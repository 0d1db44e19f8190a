/**
 * What may be done with a release now, apart from voting (voting-rules.ts). Pure, and the one place of these rules: the
 * statements refuse by them, and pages are told by them what is possible.
 */
import { hasEnded } from './allowed-moves.ts';
import type { AnswerQuestionResult, AnswerReassessmentResult, GoLiveDecision, Lifecycle, RollBackResult, StepNowResult, StopReleaseResult, Vote } from './lifecycle.ts';
import { votingRolesOf } from './voting-rules.ts';

type RefusalOf<Result> = Omit<Extract<Result, { kind: 'refused' }>, 'kind'>;

/** The roles that the ledger knows of a person now. */
type Roles = readonly string[];

export function openQuestion({ votes }: GoLiveDecision): Vote | null {
  return votes.find((vote) => vote.vote === 'ask-back' && vote.void === null) ?? null;
}

/** Who was asked: the requester, or, where a machine proposed, anybody but the one who asks. */
export function refuseAnswer(release: Lifecycle, decision: GoLiveDecision, by: string, requesters: readonly string[]): RefusalOf<AnswerQuestionResult> | null {
  const question = openQuestion(decision);
  if (!question || hasEnded(release)) return { reason: 'NO_QUESTION', message: 'No question is open on this release.' };
  const isRequester = release.proposedBy === by || requesters.includes(by);
  const proposedByMachine = requesters.length === 0 && question.voter !== by;
  return isRequester || proposedByMachine ? null : { reason: 'NOT_REQUESTER', message: 'The question was put to who proposed the release.' };
}

export function refuseStep({ state, stopAsked }: Lifecycle, roles: Roles): RefusalOf<StepNowResult> | null {
  if (votingRolesOf(roles).length === 0) return { reason: 'ROLE_MISSING', message: 'A step is ended by people with the role approver or process owner.' };
  if (stopAsked) return { reason: 'STOPPED', message: 'The release was stopped; it is being taken back.' };
  return state === 'shadow' || state === 'canary' ? null : { reason: 'NO_STEP', message: `The release is ${state}: only shadow and canary wait for a step.` };
}

export function refuseStop(release: Lifecycle): RefusalOf<StopReleaseResult> | null {
  return hasEnded(release) ? { reason: 'RELEASE_OVER', message: `The release has ended already: ${release.state}.` } : null;
}

const servedStates: readonly Lifecycle['state'][] = ['approved', 'shadow', 'canary', 'live'];

/** A release that nothing was served of is stopped or rejected instead. */
export function refuseRollBack({ state }: Lifecycle): RefusalOf<RollBackResult> | null {
  return servedStates.includes(state) ? null : { reason: 'NOTHING_TO_ROLL_BACK', message: `The release is ${state}: nothing of it is served, so nothing can be rolled back.` };
}

export function refuseReassessment({ state }: Lifecycle, roles: Roles): RefusalOf<AnswerReassessmentResult> | null {
  if (votingRolesOf(roles).length === 0) return { reason: 'ROLE_MISSING', message: 'A re-assessment is answered by people with the role approver or process owner.' };
  return state === 'live' ? null : { reason: 'NOT_LIVE', message: `The release is ${state}: only a live one is assessed again.` };
}
