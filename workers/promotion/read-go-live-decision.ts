// Job worker `read-go-live-decision`: what people decided, from the ledger's standing votes. No variable can fake one.
import type { z } from 'zod';
import { readGoLiveDecision as readVotes, rejectRelease } from '../../ledger/index.ts';
import { ReleaseProposed, Variables } from '../../processes/model-promotion/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { releaseFailed } from './failures.ts';
import { moveOrFail, promotionActor } from './move-or-fail.ts';
import { lifeOf } from './release-in-hand.ts';

type Read = { decision: z.infer<typeof Variables.shape.decision> };

export const readGoLiveDecision = defineWorker({
  type: 'read-go-live-decision',
  input: ReleaseProposed.pick({ releaseId: true }),
  output: Variables.pick({ decision: true }),
  errors: ['RELEASE_FAILED'],

  async handle({ releaseId }, { ledger }): Promise<Read> {
    const life = await lifeOf(ledger, releaseId);
    // A second run, after an end that the engine never heard of.
    if (life.state === 'approved' || life.state === 'rejected') return { decision: life.state };
    const { outcome } = await readVotes(ledger, releaseId);
    switch (outcome) {
      case 'approved':
        await moveOrFail(ledger, { releaseId, to: 'approved', by: promotionActor, why: { code: 'VOTED' } });
        return { decision: 'approved' };
      case 'rejected':
        await rejectRelease(ledger, { releaseId, by: promotionActor, why: { code: 'VOTED' } });
        return { decision: 'rejected' };
      case 'asked-back':
      case 'open':
        return { decision: outcome };
      case 'not-open':
        throw releaseFailed('RELEASE_OVER', `The release is ${life.state}: there is nothing to vote on.`);
      default:
        return outcome satisfies never;
    }
  },
});
