/** The record of a case: everything that explains its decision, with the chain's proof. */
import { caseRecord, type CaseRecord as KeptRecord, type Decision, type LedgerRecord, type Prediction, type RecordKind, type Release, type Verdict } from '../../ledger/index.ts';
import { caseView, forWhom, isSealed } from '../case-view.ts';
import type { CaseRecord, readCaseRecord as recordOperation } from '../contract/cases.ts';
import { toMoment, toMomentOrNull } from '../moment.ts';
import { reachedCase } from './cases.ts';
import type { Handler } from './handler.ts';

export const readCaseRecord: Handler<typeof recordOperation> = async ({ params, caller }, parts) => {
  const found = await reachedCase(parts, caller, params.caseId);
  const record = await caseRecord(parts.ledger, found.caseId);
  if (record === null) throw new Error(`Case ${found.caseId} has no record.`);
  const viewer = forWhom(caller);
  const sealed = isSealed(record.case, viewer);
  const names = caller.kind === 'person';
  const base = {
    case: caseView(record.case, viewer),
    sealed,
    inputCommitment: record.inputCommitment,
    inputErased: record.inputErased,
    process: processOf(record),
  };
  return { status: 200, body: sealed ? { ...base, ...nothingOfTheModel, records: recordViews(record, { names, audits: false }, openKinds) } : { ...base, ...explained(record, { names, audits: viewer !== 'reviewer' }) } };
};

const nothingOfTheModel = { audit: null, predictions: [], release: null, verdicts: [], decision: null };

/** Records that tell nothing of model, route or audit. */
const openKinds: readonly RecordKind[] = ['case-received', 'instance-bound'];

/** `names`: of people, and what they wrote. `audits`: which cases were drawn as audits; reviewers would learn to tell them. */
type Shown = { names: boolean; audits: boolean };

function explained(record: KeptRecord, shown: Shown): Omit<CaseRecord, 'case' | 'sealed' | 'inputCommitment' | 'inputErased' | 'process'> {
  return {
    audit: shown.audits ? (record.case.draw?.audit ?? null) : null,
    predictions: record.predictions.map(predictionView),
    release: record.release === null ? null : releaseView(record.release),
    verdicts: record.verdicts.map((verdict) => verdictView(verdict, shown)),
    decision: record.decision === null ? null : decisionView(record.decision, shown),
    records: recordViews(record, shown),
  };
}

function processOf({ case: { binding } }: KeptRecord): CaseRecord['process'] {
  if (binding === null) return null;
  const { processInstanceKey, processDefinitionId, processDefinitionVersion } = binding;
  return { processInstanceKey, processDefinitionId, processDefinitionVersion };
}

function predictionView(prediction: Prediction): CaseRecord['predictions'][number] {
  const { role, releaseId, model, confidence, probabilities, novelty, storedAt } = prediction;
  return { role, release: releaseId, modelName: model.name, modelVersion: model.version, modelDigest: model.digest, class: prediction.class, confidence, probabilities, novelty, storedAt: toMoment(storedAt) };
}

function releaseView(release: Release): NonNullable<CaseRecord['release']> {
  const { releaseId, mode, threshold, certificate, policyDigest, seedHash, approvedBy, validUntil, demo } = release;
  return { release: releaseId, mode, threshold, certificate, policyDigest, seedHash, approvedBy, validUntil: toMoment(validUntil), demo };
}

/** Applications are told neither who reviewed nor what they wrote. */
function verdictView(verdict: Verdict, { names, audits }: Shown): CaseRecord['verdicts'][number] {
  const { step, purpose, answer, blind, reasonCode, text, reviewer, durationMs, givenAt, undoneAt } = verdict;
  return {
    step, purpose, answer, class: verdict.class, blind, reasonCode, durationMs,
    outcome: !audits && verdict.outcome === 'audit' ? null : verdict.outcome,
    text: names ? text : null,
    reviewer: names ? reviewer : null,
    givenAt: toMoment(givenAt),
    undoneAt: toMomentOrNull(undoneAt),
  };
}

function decisionView(decision: Decision, { audits }: Shown): NonNullable<CaseRecord['decision']> {
  const { decidedBy, provenance, releaseId, modelName, modelVersion, modelDigest, confidence, threshold, policyDigest, decidedAt } = decision;
  const reasons = audits ? decision.reasons : decision.reasons.filter((reason) => reason !== 'AUDIT_SAMPLE');
  return { class: decision.class, decidedBy, provenance, release: releaseId, modelName, modelVersion, modelDigest, confidence, threshold, policyDigest, reasons, decidedAt: toMoment(decidedAt) };
}

const personalFacts = ['reviewer', 'reviewers', 'by', 'text'];
const auditFacts = ['audit', 'route', 'reasons', 'outcome'];

function recordViews(record: KeptRecord, shown: Shown, kinds?: readonly RecordKind[]): CaseRecord['records'] {
  const hidden = [...(shown.names ? [] : personalFacts), ...(shown.audits ? [] : auditFacts)];
  return record.records.filter(({ kind }) => kinds === undefined || kinds.includes(kind)).map((one) => recordView(one, hidden));
}

function recordView(record: LedgerRecord, hidden: readonly string[]): CaseRecord['records'][number] {
  const { seq, at, kind, commitment, privateCommitment, previousHash, hash } = record;
  const facts = Object.fromEntries(Object.entries(record.facts).filter(([name]) => !hidden.includes(name)));
  return { seq, at: toMoment(at), kind, facts, commitment, privateCommitment, previousHash, hash };
}
