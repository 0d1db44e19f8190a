// Business rule task: a deployed decision whose result becomes a variable, or a job.
import { evaluateCalledDecision } from '../decision-evaluation/evaluate-called.ts';
import type { Binding, ElementBase, ElementOf, ExpressionSource } from '../model/executable.ts';
import { extensionOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { readBinding } from '../model/read-binding.ts';
import { readJob } from '../model/read-job.ts';
import { required } from '../model/required.ts';
import { takeAllFlows } from './behaviour.ts';
import type { Activated } from './behaviour.ts';
import type { Element } from './contract.ts';
import { evaluateText } from './evaluate.ts';
import { offerJob, takeBackJob } from './job-work.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, Visit } from './visit.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    BUSINESS_RULE_TASK: { readonly work: { readonly job: JobModel } | { readonly decision: DecisionModel } };
  }
}

type DecisionModel = { readonly decisionId: ExpressionSource; readonly resultVariable: string; readonly binding: Binding };

export const businessRuleTask: Element<'BUSINESS_RULE_TASK'> = {
  reads: 'bpmn:BusinessRuleTask',
  extensions: ['zeebe:IoMapping', 'zeebe:CalledDecision', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  read: readBusinessRuleTask,
  calls: ({ work }) => ('job' in work ? undefined : { kind: 'decision', by: 'calledDecision', id: work.decision.decisionId, binding: work.decision.binding }),
  opensNoBoundaryEvents: ({ work }) => 'decision' in work,
  onActivate: (visit) => {
    const { work } = visit.element;
    return 'job' in work ? offerJob(visit, work.job) : decide(visit, work.decision);
  },
  onComplete: takeAllFlows,
  onTerminate: takeBackJob,
};

function decide(visit: Visit, called: DecisionModel): Activated | Failure {
  const decisionId = evaluateText(visit, called.decisionId);
  if (isFailure(decisionId)) return decisionId;
  const decision = visit.view.deployments.calledDecision({ id: decisionId, binding: called.binding, deploymentKey: visit.definition.deploymentKey });
  if (decision === undefined) {
    return fail('CALLED_DECISION_ERROR', `Expected to evaluate decision '${decisionId}', but no decision found for id '${decisionId}'`);
  }
  const output = evaluateCalledDecision(visit, decision);
  return isFailure(output) ? output : { kind: 'done', variables: { [called.resultVariable]: output.value } };
}

function readBusinessRuleTask(node: Node, base: ElementBase, problems: Problems): ElementOf<'BUSINESS_RULE_TASK'> {
  const called = extensionOf(node, 'zeebe:CalledDecision');
  if (called === undefined) return { ...base, type: 'BUSINESS_RULE_TASK', work: { job: readJob(node, problems) } };
  const decisionId = problems.check(node, required(node, called, 'decisionId', problems));
  const resultVariable = required(node, called, 'resultVariable', problems);
  return { ...base, type: 'BUSINESS_RULE_TASK', work: { decision: { decisionId, resultVariable, binding: readBinding(node, called, problems) } } };
}
