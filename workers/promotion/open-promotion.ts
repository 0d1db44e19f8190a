// Job worker `open-promotion`: reads the release and the times of its service's plan. First of all steps.
import { ReleaseProposed, Variables } from '../../processes/model-promotion/variables.ts';
import { evaluationPlanOf } from '../../ledger/services/evaluation-plan.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { isoDuration } from './iso-duration.ts';
import { openLifeOf, serviceOf } from './release-in-hand.ts';

const hourMs = 3_600_000;

export const openPromotion = defineWorker({
  type: 'open-promotion',
  input: ReleaseProposed.pick({ releaseId: true }),
  output: Variables.pick({ times: true, share: true }),
  errors: ['RELEASE_FAILED'],

  async handle({ releaseId }, { ledger, settings }) {
    const life = await openLifeOf(ledger, releaseId);
    const { definition } = await serviceOf(ledger, life.service);
    const { promotion } = settings;
    return {
      times: {
        evaluateWithin: isoDuration(promotion.evaluateWithinMs),
        remindEvery: isoDuration(promotion.remindEveryMs),
        readyWithin: isoDuration(promotion.readyWithinMs),
        checkEvery: isoDuration(promotion.checkEveryMs),
        retryAfter: isoDuration(promotion.retryAfterMs),
        shadowCheckEvery: isoDuration(promotion.shadowCheckEveryMs),
        stepLasts: isoDuration(evaluationPlanOf(definition).canary.stepHours * hourMs),
      },
      share: 0,
    };
  },
});
