// The decision of a business rule task: evaluated over what the task sees, recorded, and stuck when it fails.
import type { DecisionRow } from '../deployment/state.ts';
import { fail } from '../element/visit.ts';
import type { Failure, Visit } from '../element/visit.ts';
import type { JsonValue } from '../expression/index.ts';
import { evaluate } from './evaluate.ts';
import type { DecisionEvent } from './records.ts';

export function evaluateCalledDecision(visit: Visit, decision: DecisionRow): { readonly value: JsonValue } | Failure {
  const { view, instance } = visit;
  const variables = { ...view.variables.allVisible([instance.key, ...visit.outerScopes()]), ...visit.locals };
  const evaluated = evaluate(view, decision, variables);
  const event: DecisionEvent = {
    type: 'decision.evaluated',
    key: view.newKey(),
    rootDecisionDefinitionKey: decision.key,
    processDefinitionKey: visit.definition.key,
    processInstanceKey: instance.processInstanceKey,
    elementInstanceKey: instance.key,
    evaluatedDecisions: evaluated.evaluatedDecisions,
    failure: evaluated.failure,
  };
  if (evaluated.failure !== null) return fail('DECISION_EVALUATION_ERROR', evaluated.failure.message, [event]);
  visit.step.events.push(event);
  return { value: evaluated.output };
}
