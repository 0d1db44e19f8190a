// Script task: a FEEL expression whose result becomes a variable, or a job.
import type { ElementBase, ElementOf, ExpressionSource } from '../model/executable.ts';
import { extensionOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { readJob } from '../model/read-job.ts';
import { required } from '../model/required.ts';
import { takeAllFlows } from './behaviour.ts';
import type { Activated } from './behaviour.ts';
import type { Element } from './contract.ts';
import { evaluateAny } from './evaluate.ts';
import { offerJob, takeBackJob } from './job-work.ts';
import { isFailure } from './visit.ts';
import type { Failure, Visit } from './visit.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    SCRIPT_TASK: { readonly work: { readonly job: JobModel } | { readonly script: ScriptModel } };
  }
}

type ScriptModel = { readonly expression: ExpressionSource; readonly resultVariable: string };

export const scriptTask: Element<'SCRIPT_TASK'> = {
  reads: 'bpmn:ScriptTask',
  extensions: ['zeebe:IoMapping', 'zeebe:Script', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  read: readScriptTask,
  passesAtOnce: ({ work }) => 'script' in work,
  opensNoBoundaryEvents: ({ work }) => 'script' in work,
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

function readScriptTask(node: Node, base: ElementBase, problems: Problems): ElementOf<'SCRIPT_TASK'> {
  const script = extensionOf(node, 'zeebe:Script');
  if (script === undefined) return { ...base, type: 'SCRIPT_TASK', work: { job: readJob(node, problems) } };
  const expression = problems.check(node, required(node, script, 'expression', problems));
  return { ...base, type: 'SCRIPT_TASK', work: { script: { expression, resultVariable: required(node, script, 'resultVariable', problems) } } };
}
