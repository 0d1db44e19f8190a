// What the gate's table reads: verdicts and counts of an evaluation report, and which papers there are.
import type { z } from 'zod';
import type { Ledger, Lifecycle } from '../../ledger/index.ts';
import type { EvaluationReport, MeasureId } from '../../ledger/releases/evaluation-report.ts';
import type { EvaluationFacts } from '../../processes/model-promotion/variables.ts';
import { currentEvidence } from './current-evidence.ts';

export async function evaluationFacts(ledger: Ledger, life: Lifecycle, report: EvaluationReport): Promise<z.infer<typeof EvaluationFacts>> {
  const verdictOf = (id: MeasureId) => report.measures.find((measure) => measure.id === id)?.verdict ?? 'undecided';
  const alpha = report.curves.limit;
  const asked = report.heldOut.rows + (report.certify?.rows ?? 0);
  return {
    accuracy: verdictOf('accuracy'),
    cost: verdictOf('cost'),
    calibration: verdictOf('calibration'),
    latency: verdictOf('latency-p95'),
    certified: report.certificate?.certified === true,
    automationShare: report.automationShare,
    failureShare: asked === 0 ? 0 : report.failures.challenger / asked,
    segmentsOverLimit: report.segments.filter(({ interval }) => interval !== null && interval.low > alpha).length,
    segmentsTooSmall: report.segments.filter(({ rate, automatic }) => rate === null && automatic > 0).length,
    modelCard: (await currentEvidence(ledger, life.releaseId, 'model-card')) !== null,
    lineage: (await currentEvidence(ledger, life.releaseId, 'lineage')) !== null,
    trainerKnown: life.trainedBy !== null,
  };
}
