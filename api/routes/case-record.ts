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
  return { status: 200, body: sealed ? { ...base, ...nothingOfTheModel, records: recordViews(record, names, openKinds) } : { ...base, ...explained(record, names) } };
};

const nothingOfTheModel = { audit: null, predictions: [], release: null, verdicts: [], decision: null };

/** Records that tell nothing of model, route or audit. */
const openKinds: readonly RecordKind[] = ['case-received', 'instance-bound'];

function explained(record: KeptRecord, names: boolean): Omit<CaseRecord, 'case' | 'sealed' | 'inputCommitment' | 'inputErased' | 'process'> {
  return {
    audit: record.case.draw?.audit ?? null,
    predictions: record.predictions.map(predictionView),
    release: record.release === null ? null : releaseView(record.release),
    verdicts: record.verdicts.map((verdict) => verdictView(verdict, names)),
    decision: record.decision === null ? null : decisionView(record.decision),
    records: recordViews(record, names),
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
function verdictView(verdict: Verdict, names: boolean): CaseRecord['verdicts'][number] {
  const { step, purpose, answer, blind, outcome, reasonCode, text, reviewer, durationMs, givenAt, undoneAt } = verdict;
  return {
    step, purpose, answer, class: verdict.class, blind, outcome, reasonCode, durationMs,
    text: names ? text : null,
    reviewer: names ? reviewer : null,
    givenAt: toMoment(givenAt),
    undoneAt: toMomentOrNull(undoneAt),
  };
}

function decisionView(decision: Decision): NonNullable<CaseRecord['decision']> {
  const { decidedBy, provenance, releaseId, modelName, modelVersion, modelDigest, confidence, threshold, policyDigest, reasons, decidedAt } = decision;
  return { class: decision.class, decidedBy, provenance, release: releaseId, modelName, modelVersion, modelDigest, confidence, threshold, policyDigest, reasons, decidedAt: toMoment(decidedAt) };
}

const personalFacts = ['reviewer', 'reviewers', 'by', 'text'];

function recordViews(record: KeptRecord, names: boolean, kinds?: readonly RecordKind[]): CaseRecord['records'] {
  return record.records.filter(({ kind }) => kinds === undefined || kinds.includes(kind)).map((one) => recordView(one, names));
}

function recordView(record: LedgerRecord, names: boolean): CaseRecord['records'][number] {
  const { seq, at, kind, commitment, privateCommitment, previousHash, hash } = record;
  const facts = names ? record.facts : Object.fromEntries(Object.entries(record.facts).filter(([name]) => !personalFacts.includes(name)));
  return { seq, at: toMoment(at), kind, facts, commitment, privateCommitment, previousHash, hash };
}
