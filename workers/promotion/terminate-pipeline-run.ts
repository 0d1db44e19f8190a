// Job worker `terminate-pipeline-run`: asks the platform to end a run, and says why for the report.
import { z } from 'zod';
import { Variables } from '../../processes/model-retraining/variables.ts';
import { isTransient, PlatformError } from '../kubeflow/platform-error.ts';
import { TerminalFailure } from '../runtime/failures.ts';
import { defineWorker } from '../runtime/worker-definition.ts';
import { platformUnavailable } from './failures.ts';

/** Of the task in the diagram. */
const Headers = z.looseObject({ why: z.enum(['RUN_TIMED_OUT', 'STOPPED']) });

export const terminatePipelineRun = defineWorker({
  type: 'terminate-pipeline-run',
  /** Null where it was stopped before the run had a name at the platform: it is looked for by its key. */
  input: z.object({ runKey: z.string(), runId: z.string().nullish() }),
  output: Variables.pick({ failure: true }),
  errors: ['PLATFORM_UNAVAILABLE'],

  async handle({ runKey, runId }, { platform, signal, job, log }) {
    const headers = Headers.safeParse(job.headers);
    if (!headers.success) throw new TerminalFailure('The task needs the header "why" (RUN_TIMED_OUT or STOPPED). Correct the diagram.');
    try {
      const id = runId ?? (await platform.pipelines.findRun(runKey, { signal }))?.runId;
      if (id !== undefined) await platform.pipelines.terminateRun(id, { signal });
    } catch (error) {
      if (isTransient(error)) throw platformUnavailable(error.message);
      if (!(error instanceof PlatformError)) throw error;
      // Ended or gone already, or not ours to end: people are told either way.
      log.warn({ runId, kind: error.kind, detail: error.detail }, error.message);
    }
    return { failure: headers.data.why };
  },
});
