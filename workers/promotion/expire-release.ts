// Job worker `expire-release`: the end date acts by itself: the predecessor decides where it still may, else people.
import { z } from 'zod';
import { expireRelease as expireInLedger } from '../../ledger/index.ts';
import { ReleaseLive } from '../../processes/release-watch/variables.ts';
import { RetryableFailure } from '../runtime/failures.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { watchActor } from './move-or-fail.ts';

export const expireRelease = defineWorker({
  type: 'expire-release',
  input: ReleaseLive.pick({ releaseId: true }),
  output: z.object({}),
  errors: [],

  async handle({ releaseId }, { ledger, log }) {
    const expired = await expireInLedger(ledger, { releaseId, by: watchActor, why: { code: 'END_DATE' } });
    if (expired.kind !== 'refused') return {};
    // The engine's clock was ahead of the ledger's by a moment.
    if (expired.reason === 'NOT_OVER') throw new RetryableFailure(expired.message, { afterMs: 1_000 });
    log.warn({ releaseId, reason: expired.reason }, expired.message);
    return {};
  },
});
