// Job worker `propose-release`: proposes the version that a retraining produced.
import { z } from 'zod';
import { proposeRelease as proposeInLedger } from '../../ledger/index.ts';
import { RetrainingAsked, Variables } from '../../processes/model-retraining/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { onPlatform, retrainingFailed } from './failures.ts';
import { proposalOf } from './proposal-of.ts';

export const proposeRelease = defineWorker({
  type: 'propose-release',
  input: RetrainingAsked.pick({ service: true }).extend(Variables.pick({ versionId: true, runId: true }).shape),
  output: z.object({}),
  errors: ['RETRAINING_FAILED', 'PLATFORM_UNAVAILABLE'],

  async handle({ service, versionId }, tools) {
    const { platform, signal, ledger } = tools;
    const found = await onPlatform(
      tools,
      async () => proposalOf(await platform.registry.getVersion(versionId, { signal }), await platform.registry.listArtifacts(versionId, { signal })),
      (message) => retrainingFailed('PLATFORM_REFUSED', message),
    );
    if (found === null) throw retrainingFailed('RESULT_MISSING', 'The registered version names no artefact with a SHA-256. Let the pipeline write the property "sha256".');
    const proposed = await proposeInLedger(ledger, { service, kind: 'promotion', source: 'pipeline', proposedBy: 'system:retraining', ...found });
    if (proposed.kind === 'refused') throw retrainingFailed('PROPOSAL_REFUSED', proposed.message);
    return {};
  },
});
