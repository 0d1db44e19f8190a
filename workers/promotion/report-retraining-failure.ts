// Job worker `report-retraining-failure`: says why there is no new version, and wakes the watch that waits for one.
import { z } from 'zod';
import { raiseAlarm } from '../../ledger/index.ts';
import { RetrainingAsked, retrainingFailures } from '../../processes/model-retraining/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { wakeWatch } from './tell-waiting-watch.ts';

export const reportRetrainingFailure = defineWorker({
  type: 'report-retraining-failure',
  input: RetrainingAsked.pick({ releaseId: true }).extend({ failure: z.enum(retrainingFailures).nullish() }),
  output: z.object({}),
  errors: [],

  async handle({ releaseId, failure }, tools) {
    const { ledger, job, log } = tools;
    log.warn({ releaseId, failure }, 'A retraining came to nothing.');
    await raiseAlarm(ledger, { releaseId, kind: 'retraining-failed', window: job.processInstanceKey, facts: { failure: failure ?? 'unknown' } });
    await wakeWatch(tools, { waiting: releaseId, because: `retraining-${job.processInstanceKey}` });
    return {};
  },
});
