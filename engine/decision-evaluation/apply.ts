// Writes the rows of evaluated decisions.
import type { DatabaseSync } from 'node:sqlite';
import type { Appliers } from '../processing/appliers.ts';
import { write } from '../store/statements.ts';
import type { DecisionEvent } from './records.ts';

export function decisionAppliers(db: DatabaseSync): Appliers<DecisionEvent> {
  const insert = write(db, `INSERT INTO decision_instances (evaluation_key, ordinal, evaluated_at, state, decision_definition_key,
    root_decision_definition_key, decision_id, decision_name, decision_type, decision_version, process_definition_key, process_instance_key,
    element_instance_key, result, evaluated_inputs, matched_rules, failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return {
    'decision.evaluated': (event, at) => {
      event.evaluatedDecisions.forEach((decision, index) => {
        const failed = event.failure !== null && event.failure.decisionId === decision.decisionId;
        insert(event.key, index + 1, at, failed ? 'FAILED' : 'EVALUATED', decision.decisionDefinitionKey, event.rootDecisionDefinitionKey,
          decision.decisionId, decision.name, decision.decisionType, decision.version, event.processDefinitionKey, event.processInstanceKey,
          event.elementInstanceKey, JSON.stringify(decision.output), JSON.stringify(decision.evaluatedInputs), JSON.stringify(decision.matchedRules),
          failed ? event.failure.message : null);
      });
    },
  };
}
