// Decides the evaluation of a decision on request.
import { accept, reject } from '../processing/step.ts';
import type { Deciders } from '../processing/step.ts';
import { evaluate } from './evaluate.ts';
import type { DecisionAnswer, EvaluateDecision } from './records.ts';

export const decisionDeciders: Deciders<EvaluateDecision> = {
  'decision.evaluate': ({ decision: reference, variables }, view, step) => {
    const decision = 'decisionId' in reference ? view.deployments.latestDecision(reference.decisionId) : view.deployments.decision(reference.decisionDefinitionKey);
    if (decision === undefined) {
      return reject('NOT_FOUND', 'decisionId' in reference
        ? `Expected to evaluate decision '${reference.decisionId}', but no decision found for id '${reference.decisionId}'`
        : `Expected to evaluate decision '${reference.decisionDefinitionKey}', but no decision found for key '${reference.decisionDefinitionKey}'`);
    }
    const { output, evaluatedDecisions, failure } = evaluate(view, decision, variables);
    const evaluationKey = view.newKey();
    step.events.push({
      type: 'decision.evaluated',
      key: evaluationKey,
      rootDecisionDefinitionKey: decision.key,
      processDefinitionKey: null,
      processInstanceKey: null,
      elementInstanceKey: null,
      evaluatedDecisions,
      failure,
    });
    const answer: DecisionAnswer = {
      evaluationKey,
      decisionDefinitionKey: decision.key,
      decisionId: decision.decisionId,
      name: decision.name,
      version: decision.version,
      decisionRequirementsId: decision.drgId,
      decisionRequirementsKey: decision.decisionRequirementsKey,
      output,
      evaluatedDecisions,
      failure,
    };
    return accept(answer);
  },
};
