// Job worker `draw-audit-sample`: binds the case to this instance, draws the audit sample, looks the release up. First of all steps.
import { z } from 'zod';
import { beginCase, getService, type ActiveRelease } from '../ledger/index.ts';
import { CaseReceived, NoveltyVariable, PredictionVariable, ReleaseVariable, Variables } from '../processes/anomaly-routing/variables.ts';
import { BpmnError, TerminalFailure } from './runtime/failures.ts';
import { defineWorker } from './runtime/worker-definition.ts';

export const drawAuditSample = defineWorker({
  type: 'draw-audit-sample',
  input: CaseReceived.pick({ caseId: true, service: true, serviceVersion: true }),
  output: z.object({
    audit: z.boolean(),
    release: ReleaseVariable,
    noveltyNamed: z.boolean(),
    prediction: PredictionVariable.nullable(),
    novelty: NoveltyVariable.nullable(),
    modelFailure: Variables.shape.modelFailure,
    refusal: Variables.shape.refusal,
  }),
  errors: ['CASE_ALREADY_STARTED'],
  completesLightly: true,

  async handle({ caseId, service, serviceVersion }, { ledger, job }) {
    const stored = await getService(ledger, service, serviceVersion);
    if (stored === null) throw new TerminalFailure(`Decision service "${service}" has no version ${serviceVersion}. Store it and resolve the incident.`);
    const begun = await beginCase(ledger, {
      caseId,
      processInstanceKey: job.processInstanceKey,
      processDefinitionId: job.processDefinitionId,
      processDefinitionVersion: job.processDefinitionVersion,
    });
    if (begun.kind === 'case-unknown') throw new TerminalFailure(`Case "${caseId}" is not in the ledger. Cancel this instance; cases are started through the API.`);
    if (begun.kind === 'other') throw new BpmnError('CASE_ALREADY_STARTED', `Another process instance works on case "${caseId}".`);
    return {
      audit: begun.draw.audit,
      release: forRouting(begun.release),
      noveltyNamed: stored.definition.anomaly !== null,
      prediction: null,
      novelty: null,
      modelFailure: null,
      refusal: null,
    };
  },
});

function forRouting(active: ActiveRelease): z.infer<typeof ReleaseVariable> {
  const release = active.state === 'none' ? null : active.release;
  return {
    state: active.state,
    mode: release?.mode ?? null,
    id: release?.releaseId ?? null,
    model: release?.model ?? null,
    threshold: release?.threshold ?? null,
    policyInForce: active.state === 'live' && active.policyInForce,
  };
}
