// Job worker `record-gate`: keeps what the gate's table said as evidence that people vote on.
import { z } from 'zod';
import { addEvidence } from '../../ledger/index.ts';
import { ReleaseProposed, Variables } from '../../processes/model-promotion/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { releaseFailed } from './failures.ts';
import { promotionActor } from './move-or-fail.ts';

export const recordGate = defineWorker({
  type: 'record-gate',
  input: ReleaseProposed.pick({ releaseId: true }).extend(Variables.pick({ gate: true }).shape),
  output: z.object({}),
  errors: ['RELEASE_FAILED'],

  async handle({ releaseId, gate }, { ledger }) {
    const findings = gate.findings.map(({ code, severity, de, en }) => ({ code, severity, text: { de, en } }));
    const added = await addEvidence(ledger, { releaseId, documents: [{ kind: 'gate', document: { result: gate.result, findings } }], by: promotionActor });
    if (added.kind === 'refused') throw releaseFailed('RELEASE_OVER', added.message);
    return {};
  },
});
