// Job worker `start-pipeline-run`: starts the pinned pipeline under the run's name, or finds the run that was started before.
import { RetrainingAsked, Variables } from '../../processes/model-retraining/variables.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { onPlatform, retrainingFailed } from './failures.ts';
import { retrainingPlanOf } from './retraining-plan.ts';

export const startPipelineRun = defineWorker({
  type: 'start-pipeline-run',
  input: RetrainingAsked.pick({ service: true }).extend(Variables.pick({ runKey: true }).shape),
  output: Variables.pick({ runId: true }),
  errors: ['RETRAINING_FAILED', 'PLATFORM_UNAVAILABLE'],
  timeLimitMs: 60_000,
  // One at a time, so that two tries cannot both look and then both start.
  maxParallel: 1,

  async handle({ service, runKey }, tools) {
    const { platform, signal } = tools;
    const { pipelineId, pipelineVersionId, parameters, experimentId, serviceAccount } = await retrainingPlanOf(tools, service);
    const run = await onPlatform(
      tools,
      () =>
        platform.pipelines.startRun(
          {
            key: runKey,
            pipeline: { pipelineId, pipelineVersionId },
            parameters: { ...parameters, ...(parameters['stellwerk_run_key'] === undefined ? {} : { stellwerk_run_key: runKey }) },
            ...(experimentId === undefined ? {} : { experimentId }),
            ...(serviceAccount === undefined ? {} : { serviceAccount }),
          },
          { signal },
        ),
      (message) => retrainingFailed('PLATFORM_REFUSED', message),
    );
    return { runId: run.runId };
  },
});
