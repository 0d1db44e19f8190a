// Job worker `read-rollback`: who decides now, by the ledger; the serving platform is to follow.
import type { z } from 'zod';
import { RollbackAsked, Variables } from '../../processes/model-rollback/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { isoDuration } from './iso-duration.ts';
import { decidingRelease } from './release-in-hand.ts';

const Output = Variables.pick({ to: true, servedReleaseId: true, times: true });

export const readRollback = defineWorker({
  type: 'read-rollback',
  input: RollbackAsked.pick({ releaseId: true, service: true }),
  output: Output,
  errors: [],

  async handle({ releaseId, service }, { ledger, settings }): Promise<z.infer<typeof Output>> {
    const release = await decidingRelease(ledger, service);
    const other = release !== null && release.releaseId !== releaseId;
    const { promotion } = settings;
    return {
      to: other ? 'predecessor' : 'people',
      servedReleaseId: other ? release.releaseId : null,
      times: { readyWithin: isoDuration(promotion.readyWithinMs), checkEvery: isoDuration(promotion.checkEveryMs), retryAfter: isoDuration(promotion.retryAfterMs) },
    };
  },
});
