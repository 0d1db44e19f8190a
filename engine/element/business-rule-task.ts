// Business rule task: a deployed decision whose result becomes a variable, or a job.
import { evaluateCalledDecision } from '../decision-evaluation/evaluate-called.ts';
import type { DecisionModel } from '../model/executable.ts';
import { takeAllFlows } from './behaviour.ts';
import type { Activated, ElementBehaviour } from './behaviour.ts';
import { evaluateText } from './evaluate.ts';
import { offerJob, takeBackJob } from './job-work.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, Visit } from './visit.ts';

export const businessRuleTask: ElementBehaviour<'BUSINESS_RULE_TASK'> = {
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
