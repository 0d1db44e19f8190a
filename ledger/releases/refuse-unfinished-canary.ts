/** A canary goes live from the last share of the plan only, and only under a report on that share that says go on. */
import { evaluationPlanOf } from '../services/evaluation-plan.ts';
import { findService } from '../services/get-service.ts';
import { readJson } from '../store/json-column.ts';
import type { Tx } from '../store/transact.ts';
import { currentEvidence, findEvidence } from './evidence-bundle.ts';
import { CanaryReport } from './evidence-document.ts';
import type { Lifecycle, MoveReleaseResult } from './lifecycle.ts';

type Refused = Extract<MoveReleaseResult, { kind: 'refused' }>;

/** Null: the canary is over. */
export async function refuseUnfinishedCanary(tx: Tx, { releaseId, service: id, share }: Lifecycle): Promise<Refused | null> {
  const service = await findService(tx, id);
  const last = evaluationPlanOf(service?.definition ?? {}).canary.steps.at(-1) ?? 100;
  if (share < last) return { kind: 'refused', reason: 'SHARE_INVALID', message: `The canary has ${share} % of the cases; it goes live from ${last} %. Take the steps before.` };
  const row = currentEvidence(await findEvidence(tx.db, releaseId)).get('canary-report');
  const report = row ? readJson(CanaryReport, row.document) : null;
  if (report?.share === share && report.result === 'go-on') return null;
  return { kind: 'refused', reason: 'EVIDENCE_MISSING', message: `No canary report on ${share} % of the cases says that the release may go on. Assess the canary first.` };
}
