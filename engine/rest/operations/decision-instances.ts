// Decision instances: the history of evaluations, by business rule tasks and on request.
import { z } from 'zod';
import type { EvaluatedInput, MatchedRule } from '../../decision/index.ts';
import { json } from '../answer.ts';
import { operation } from '../operation.ts';
import { noSuchEntity } from '../problem.ts';
import { jsonAt } from '../search/row.ts';
import { search, searchSchema } from '../search/search.ts';
import { decisionInstances, shownInputs, shownRules, splitEvaluationInstanceKey } from './decision-instance-rows.ts';
import { prepared } from '../search/prepared.ts';

// The engine wrote these columns from the same types.
const inputs = z.custom<readonly EvaluatedInput[]>(Array.isArray);
const rules = z.custom<readonly MatchedRule[]>(Array.isArray);

export const decisionInstanceOperations = [
  operation({
    operationId: 'searchDecisionInstances', method: 'POST', path: '/decision-instances/search', body: searchSchema(decisionInstances), bodyOptional: true,
    answer: ({ db, body }) => search(db, decisionInstances, body),
  }),
  operation({
    operationId: 'getDecisionInstance', method: 'GET', path: '/decision-instances/{decisionEvaluationInstanceKey}',
    answer: ({ db, keyText }) => {
      const { evaluationKey, ordinal } = splitEvaluationInstanceKey(keyText);
      const row = prepared(db, 'SELECT * FROM decision_instances WHERE evaluation_key = ? AND ordinal = ?').get(evaluationKey, ordinal);
      if (row === undefined) return noSuchEntity('Decision Instance', keyText);
      return json({
        ...decisionInstances.show(row),
        evaluatedInputs: shownInputs(inputs.parse(jsonAt(row, 'evaluated_inputs'))),
        matchedRules: shownRules(rules.parse(jsonAt(row, 'matched_rules'))),
      });
    },
  }),
];
