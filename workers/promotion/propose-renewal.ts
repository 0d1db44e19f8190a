// Job worker `propose-renewal`: the same version again, by the person who answered; new evidence and new votes follow.
import { z } from 'zod';
import { getLifecycle, proposeRelease } from '../../ledger/index.ts';
import { ReleaseLive } from '../../processes/release-watch/variables.ts';
import { BpmnError } from '../runtime/failures.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { answeredRelease } from './answered-release.ts';

export const proposeRenewal = defineWorker({
  type: 'propose-renewal',
  input: ReleaseLive.pick({ releaseId: true }),
  output: z.object({}),
  errors: ['NOT_POSSIBLE'],

  async handle({ releaseId }, { ledger, log }) {
    const { release, answer } = await answeredRelease(ledger, releaseId);
    const life = await getLifecycle(ledger, releaseId);
    const proposed = await proposeRelease(ledger, {
      service: release.service,
      kind: 'renewal',
      model: release.model,
      source: 'watch',
      reference: life?.reference ?? null,
      proposedBy: answer.by,
      trainedBy: life?.trainedBy ?? null,
      predecessor: releaseId,
    });
    if (proposed.kind !== 'refused') return {};
    log.warn({ releaseId, reason: proposed.reason }, proposed.message);
    throw new BpmnError('NOT_POSSIBLE', proposed.message);
  },
});
