// Job worker `start-shadow`: from the next case on the candidate is asked beside the deciding version; it decides nothing.
import { ReleaseProposed, Variables } from '../../processes/model-promotion/variables.ts';
import { stepKey } from '../../processes/messages.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { moveOrFail, promotionActor } from './move-or-fail.ts';

export const startShadow = defineWorker({
  type: 'start-shadow',
  input: ReleaseProposed.pick({ releaseId: true }),
  output: Variables.pick({ stepKey: true }),
  errors: ['RELEASE_FAILED'],

  async handle({ releaseId }, { ledger }) {
    await moveOrFail(ledger, { releaseId, to: 'shadow', by: promotionActor, why: { code: 'DEPLOYED' } });
    return { stepKey: stepKey({ releaseId, state: 'shadow', share: 0 }) };
  },
});
