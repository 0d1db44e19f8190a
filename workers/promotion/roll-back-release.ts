// Job worker `roll-back-release`: to the predecessor where that may still decide, else to people. The platform follows by itself.
import { z } from 'zod';
import { rollBack } from '../../ledger/index.ts';
import { ReleaseLive } from '../../processes/release-watch/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { answeredRelease } from './answered-release.ts';

export const rollBackRelease = defineWorker({
  type: 'roll-back-release',
  input: ReleaseLive.pick({ releaseId: true }),
  output: z.object({}),
  errors: [],

  async handle({ releaseId }, { ledger, log }) {
    const { release, answer } = await answeredRelease(ledger, releaseId);
    const done = await rollBack(ledger, { service: release.service, releaseId, by: answer.by, why: { code: 'REASSESSMENT' } });
    // Rolled back or ended by somebody else meanwhile: what was asked for is so already.
    if (done.kind === 'refused') log.warn({ releaseId, reason: done.reason }, done.message);
    return {};
  },
});
