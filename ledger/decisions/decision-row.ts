/** Reads a decision out of its row, also out of the joined row of a case. */
import { z } from 'zod';
import { reasonCodes } from '../cases/reason-code.ts';
import { readJson, Texts } from '../store/json-column.ts';
import type { Decision, LabelProvenance } from './decision.ts';

const Reasons = z.array(z.enum(reasonCodes));

type DecisionColumns = {
  case_id: string;
  class: string | null;
  decided_by: 'model' | 'expert' | null;
  provenance: LabelProvenance | null;
  release_id: string | null;
  model_name: string | null;
  model_version: string | null;
  model_digest: string | null;
  confidence: number | null;
  threshold: number | null;
  policy_digest: string | null;
  reasons: string | null;
  reviewers: string | null;
  decided_at: number | null;
};

/** Null where the case has none yet. */
export function toDecision(row: DecisionColumns): Decision | null {
  const { class: outcome, decided_by: decidedBy, provenance, reasons, reviewers, decided_at: decidedAt } = row;
  if (outcome === null || decidedBy === null || provenance === null || reasons === null || reviewers === null || decidedAt === null) return null;
  return {
    caseId: row.case_id,
    class: outcome,
    decidedBy,
    provenance,
    releaseId: row.release_id,
    modelName: row.model_name,
    modelVersion: row.model_version,
    modelDigest: row.model_digest,
    confidence: row.confidence,
    threshold: row.threshold,
    policyDigest: row.policy_digest,
    reasons: readJson(Reasons, reasons),
    reviewers: readJson(Texts, reviewers),
    decidedAt,
  };
}
