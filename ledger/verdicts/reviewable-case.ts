/** Reads a case for a verdict: with its service, all verdicts so far, and the refusals that every verdict shares. */
import type { Case } from '../cases/case.ts';
import { findCase } from '../cases/get-case.ts';
import type { DecisionServiceDefinition } from '../services/definition.ts';
import { findService } from '../services/get-service.ts';
import type { Tx } from '../store/transact.ts';
import { findVerdicts } from './list-verdicts.ts';
import type { StoreVerdictResult, Verdict, VerdictRefusal } from './verdict.ts';

export type ReviewableCase = { kind: 'reviewable'; case: Case; definition: DecisionServiceDefinition; verdicts: Verdict[] };

export type Refused = Extract<StoreVerdictResult, { kind: 'refused' }>;

export async function findReviewable(tx: Tx, caseId: string): Promise<ReviewableCase | Refused> {
  const theCase = await findCase(tx, caseId);
  if (!theCase) return refuse('CASE_UNKNOWN', `There is no case ${caseId}.`);
  if (theCase.status !== 'in-review') return refuse('NOT_IN_REVIEW', `The case is ${theCase.status}, not in review: there is nothing to judge.`);
  const service = await findService(tx, theCase.service, theCase.serviceVersion);
  if (!service) throw new Error(`Version ${theCase.serviceVersion} of service ${theCase.service} is missing. Run "npm run verify".`);
  return { kind: 'reviewable', case: theCase, definition: service.definition, verdicts: await findVerdicts(tx, caseId) };
}

export function refuseUnknownClass(definition: DecisionServiceDefinition, id: string): Refused | null {
  if (definition.classes.some((outcome) => outcome.id === id)) return null;
  return refuse('CLASS_UNKNOWN', `"${id}" is no outcome of ${definition.id}. Possible: ${definition.classes.map((outcome) => outcome.id).join(', ')}.`);
}

export function refuse(reason: VerdictRefusal, message: string): Refused {
  return { kind: 'refused', reason, message };
}
