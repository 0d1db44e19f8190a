// Script task: a FEEL expression whose result becomes a variable, or a job.
import type { ScriptModel } from '../model/executable.ts';
import { takeAllFlows } from './behaviour.ts';
import type { Activated, ElementBehaviour } from './behaviour.ts';
import { evaluateAny } from './evaluate.ts';
import { offerJob, takeBackJob } from './job-work.ts';
import { isFailure } from './visit.ts';
import type { Failure, Visit } from './visit.ts';

export const scriptTask: ElementBehaviour<'SCRIPT_TASK'> = {
  onActivate: (visit) => {
    const { work } = visit.element;
    return 'job' in work ? offerJob(visit, work.job) : runScript(visit, work.script);
  },
  onComplete: takeAllFlows,
  onTerminate: takeBackJob,
};

function runScript(visit: Visit, script: ScriptModel): Activated | Failure {
  const evaluated = evaluateAny(visit, script.expression);
  if (isFailure(evaluated)) return evaluated;
  return { kind: 'done', variables: { [script.resultVariable]: evaluated.found.value } };
}
