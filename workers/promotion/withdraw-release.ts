// Job worker `withdraw-release`: ends a live release as people answered; from the next case on people decide.
import { z } from 'zod';
import { withdrawRelease as withdrawInLedger } from '../../ledger/index.ts';
import { ReleaseLive } from '../../processes/release-watch/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { answeredRelease } from './answered-release.ts';

export const withdrawRelease = defineWorker({
  type: 'withdraw-release',
  input: ReleaseLive.pick({ releaseId: true }),
  output: z.object({}),
  errors: [],

  async handle({ releaseId }, { ledger }) {
    const { answer } = await answeredRelease(ledger, releaseId);
    await withdrawInLedger(ledger, { releaseId, by: answer.by, why: { code: 'REASSESSMENT' } });
    return {};
  },
});
