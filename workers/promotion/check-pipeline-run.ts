// Job worker `check-pipeline-run`: one look at a run; how it ended otherwise than well is a modelled failure.
import { RetrainingAsked, Variables } from '../../processes/model-retraining/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { onPlatform, retrainingFailed } from './failures.ts';

export const checkPipelineRun = defineWorker({
  type: 'check-pipeline-run',
  input: RetrainingAsked.pick({ service: true }).extend(Variables.pick({ runId: true }).shape),
  output: Variables.pick({ run: true }),
  errors: ['RETRAINING_FAILED', 'PLATFORM_UNAVAILABLE'],

  async handle({ runId }, tools) {
    const { platform, signal } = tools;
    const run = await onPlatform(tools, () => platform.pipelines.getRun(runId, { signal }), (message) => retrainingFailed('RUN_UNKNOWN', message));
    switch (run.state) {
      case 'running':
      case 'succeeded':
        return { run: run.state };
      case 'failed':
        throw retrainingFailed('RUN_FAILED', run.message);
      case 'canceled':
        throw retrainingFailed('RUN_CANCELED', run.message);
      case 'unknown':
        throw retrainingFailed('RUN_UNKNOWN', run.message);
      default:
        return run.state satisfies never;
    }
  },
});
