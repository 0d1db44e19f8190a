/**
 * Records the decision of a case: the gate of the design, section 6.6. A model's outcome comes from the stored
 * prediction and needs an open gate; an expert's comes from the stored verdicts. The caller passes neither.
 */
import type { Case } from '../cases/case.ts';
import { findCase } from '../cases/get-case.ts';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { findPrediction } from '../predictions/get-prediction.ts';
import { findRelease } from '../releases/get-release.ts';
import { findService } from '../services/get-service.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { transact, type Tx } from '../store/transact.ts';
import { findVerdicts } from '../verdicts/list-verdicts.ts';
import type { Decision, RecordDecisionRequest, RecordDecisionResult } from './decision.ts';
import { askGate } from './gate.ts';
import { outcomeOfVerdicts } from './outcome-of-verdicts.ts';
import { refuseDecision, type Refused } from './refuse-decision.ts';

/** Decides nothing twice: repeating returns the decision that stands. */
export async function recordDecision(ledger: Ledger, request: RecordDecisionRequest): Promise<RecordDecisionResult> {
  return transact(ledger, async (tx): Promise<RecordDecisionResult> => {
    const theCase = await findCase(tx, request.caseId);
    if (!theCase) return refuseDecision('CASE_UNKNOWN', `There is no case ${request.caseId}.`);
    if (theCase.decision) return { kind: 'already', decision: theCase.decision };
    const decision = request.proposed.by === 'model' ? await decideByModel(tx, theCase, request.routingTableDigest) : await decideByExpert(tx, theCase);
    if ('kind' in decision) return decision;
    await writeRecord(tx, { kind: 'decision-recorded', caseId: decision.caseId, facts: { service: theCase.service, ...decision } });
    await markDecided.run(tx.db, { caseId: decision.caseId });
    tx.changed({ caseId: decision.caseId, service: theCase.service, what: 'decided' });
    return { kind: 'recorded', decision };
  });
}

async function decideByModel(tx: Tx, theCase: Case, seenTableDigest: string | undefined): Promise<Decision | Refused> {
  const gate = await askGate(tx, theCase, seenTableDigest);
  if (gate.kind === 'refused') return gate;
  const { release, prediction } = gate;
  return {
    caseId: theCase.caseId,
    class: prediction.class,
    decidedBy: 'model',
    provenance: 'automatic-unverified',
    releaseId: release.releaseId,
    ...modelOf(prediction),
    confidence: prediction.confidence,
    threshold: release.threshold,
    policyDigest: release.policyDigest,
    reasons: [],
    reviewers: [],
    decidedAt: tx.now,
  };
}

async function decideByExpert(tx: Tx, theCase: Case): Promise<Decision | Refused> {
  const { caseId } = theCase;
  if (await canBeUndone(tx, caseId)) return refuseDecision('UNDO_POSSIBLE', 'The verdict can still be taken back; it counts when that time is over.');
  const service = await findService(tx, theCase.service, theCase.serviceVersion);
  const prediction = await findPrediction(tx.db, caseId);
  const outcome = outcomeOfVerdicts(await findVerdicts(tx, caseId), {
    secondReviewer: service?.definition.review.secondReviewer ?? false,
    predictedClass: prediction?.class ?? null,
  });
  if (outcome.kind === 'refused') return outcome;
  const releaseId = prediction?.releaseId ?? theCase.draw?.releaseId ?? null;
  const release = releaseId === null ? null : await findRelease(tx.db, releaseId);
  return {
    caseId,
    class: outcome.class,
    decidedBy: 'expert',
    provenance: outcome.provenance,
    releaseId,
    ...modelOf(prediction),
    confidence: prediction?.confidence ?? null,
    threshold: release?.threshold ?? null,
    policyDigest: release?.policyDigest ?? null,
    reasons: theCase.review?.reasons ?? [],
    reviewers: outcome.reviewers,
    decidedAt: tx.now,
  };
}

function modelOf(prediction: { model: { name: string; version: string; digest: string } } | null): Pick<Decision, 'modelName' | 'modelVersion' | 'modelDigest'> {
  const model = prediction?.model;
  return { modelName: model?.name ?? null, modelVersion: model?.version ?? null, modelDigest: model?.digest ?? null };
}

/** True in the undo window: the completion of a task waits for the first time. One put off later may be through. */
async function canBeUndone(tx: Tx, caseId: string): Promise<boolean> {
  const waiting = await tx.db
    .selectFrom('outbox')
    .select('outbox_id')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'complete-user-task')
    .where('attempts', '=', 0)
    .where('not_before', '>', tx.now)
    .executeTakeFirst();
  return waiting !== undefined;
}

const markDecided = prepareQuery((db, { caseId }: { caseId: string }) => db.updateTable('cases').set({ status: 'decided' }).where('case_id', '=', caseId));
