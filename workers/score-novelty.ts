// Job worker `score-novelty`: asks the service's novelty model how strange a case is and sorts it into one of three bands.
import { z } from 'zod';
import { getService, readInput } from '../ledger/index.ts';
import { CaseReceived, NoveltyVariable } from '../processes/anomaly-routing/variables.ts';
import { modelFailures, toBpmnError } from './model-failure.ts';
import { BpmnError, TerminalFailure } from './runtime/failures.ts';
import { defineWorker } from './runtime/worker-definition.ts';
import { buildFeatureRow } from './serving/feature-row.ts';
import { ServingError } from './serving/serving-error.ts';

export const scoreNovelty = defineWorker({
  type: 'score-novelty',
  input: CaseReceived.pick({ caseId: true, service: true, serviceVersion: true }),
  output: z.object({ novelty: NoveltyVariable }),
  errors: modelFailures,
  timeLimitMs: 20_000,

  async handle({ caseId, service, serviceVersion }, { ledger, inference, signal, log }) {
    const stored = await getService(ledger, service, serviceVersion);
    const anomaly = stored?.definition.anomaly ?? null;
    if (stored === null || anomaly === null) throw new TerminalFailure(`Decision service "${service}" version ${serviceVersion} names no novelty model. The diagram must go around this task.`);
    const input = await readInput(ledger, caseId);
    if (input.kind === 'case-unknown') throw new TerminalFailure(`Case "${caseId}" is not in the ledger.`);
    if (input.kind === 'erased') throw new BpmnError('MODEL_ERROR', 'The input of the case was erased; the case goes to people.');
    try {
      const about = await inference.metadata(anomaly.model, signal);
      const built = buildFeatureRow(about?.features ?? stored.definition.model.features, input.input);
      if (built.kind === 'unreadable') throw new ServingError('error', `The input cannot be turned into the model's row: ${built.fields.join(', ')}`);
      const score = await inference.score({ model: anomaly.model, protocol: stored.definition.model.protocol, row: built.row, requestId: caseId, signal });
      return { novelty: { score, band: bandOf(score, anomaly) } };
    } catch (error) {
      throw toBpmnError(error, anomaly.model, log);
    }
  },
});

function bandOf(score: number, limits: { mediumFrom: number; highFrom: number }): z.infer<typeof NoveltyVariable>['band'] {
  if (score >= limits.highFrom) return 'high';
  return score >= limits.mediumFrom ? 'medium' : 'low';
}
