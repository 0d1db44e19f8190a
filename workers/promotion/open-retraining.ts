// Job worker `open-retraining`: names the run and says how long it may take. A service without a pipeline ends here.
import { RetrainingAsked, Variables } from '../../processes/model-retraining/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { isoDuration } from './iso-duration.ts';
import { retrainingPlanOf } from './retraining-plan.ts';

const hourMs = 3_600_000;

export const openRetraining = defineWorker({
  type: 'open-retraining',
  input: RetrainingAsked.pick({ releaseId: true, service: true }),
  output: Variables.pick({ runKey: true, times: true }),
  errors: ['RETRAINING_FAILED'],

  async handle({ releaseId, service }, tools) {
    const plan = await retrainingPlanOf(tools, service);
    const { promotion } = tools.settings;
    return {
      // One run per instance of the process, however often its jobs are repeated. Instance keys begin anew with each data folder, release ids do not.
      runKey: `retrain-${service}-${releaseId}-${tools.job.processInstanceKey}`,
      times: { within: isoDuration(plan.maxHours * hourMs), checkEvery: isoDuration(promotion.runCheckEveryMs), retryAfter: isoDuration(promotion.retryAfterMs) },
    };
  },
});
