// Decision instances as rows, and the parts of an evaluation that several answers show.
import { z } from 'zod';
import type { EvaluatedInput, MatchedRule } from '../../decision/index.ts';
import { FIRST_KEY } from '../../keys.ts';
import { constant, int32, key, keyFromText } from '../request/fields.ts';
import { constantFilter, dateFilter, exactly, keyFilter, textFilter } from '../search/operators.ts';
import { dateAt, keyAt, numberAt, optionalKeyAt, optionalTextAt, TENANT_ID, textAt } from '../search/row.ts';
import type { Searchable } from '../search/search.ts';

const STATES = ['EVALUATED', 'FAILED', 'UNSPECIFIED', 'UNKNOWN'] as const;
const TYPES = ['DECISION_TABLE', 'LITERAL_EXPRESSION', 'UNSPECIFIED', 'UNKNOWN'] as const;

/** Digits that hold the ordinal: clients of level 8.8 take digits only, so "key-ordinal" is written as one number. */
const ORDINAL_DIGITS = 3;

/** The key of one decision's part in an evaluation. */
export function evaluationInstanceKey(evaluationKey: number, ordinal: number): string {
  return `${evaluationKey}${String(ordinal).padStart(ORDINAL_DIGITS, '0')}`;
}

/** Evaluation key and ordinal of such a key. */
export function splitEvaluationInstanceKey(text: string): { readonly evaluationKey: number; readonly ordinal: number } {
  return { evaluationKey: keyFromText(text.slice(0, -ORDINAL_DIGITS)) ?? -1, ordinal: Number(text.slice(-ORDINAL_DIGITS)) };
}

// Unique per row; both parts stay below 2^53 together only as text, so rows are told apart by the pair's rank.
const ROW_KEY = 't.rowid_key';
/** Less than any evaluation's key, so that ranks stay small. */
const BEFORE_KEYS = FIRST_KEY - 1;
const ORDINALS = 10 ** ORDINAL_DIGITS;
const INSTANCE_KEY = `(t.evaluation_key || printf('%0${ORDINAL_DIGITS}d', t.ordinal))`;

export const decisionInstances: Searchable = {
  columns: 't.*',
  from: `(SELECT *, (evaluation_key - ${BEFORE_KEYS}) * ${ORDINALS} + ordinal AS rowid_key FROM decision_instances) t`,
  key: ROW_KEY,
  rowOf: (rowKey) => ({ sql: 't.evaluation_key = ? AND t.ordinal = ?', parameters: [BEFORE_KEYS + Math.floor(rowKey / ORDINALS), rowKey % ORDINALS] }),
  sort: {
    decisionDefinitionId: { sql: 't.decision_id' },
    decisionDefinitionKey: { sql: 't.decision_definition_key' },
    decisionDefinitionName: { sql: 't.decision_name' },
    decisionDefinitionType: { sql: 't.decision_type' },
    decisionDefinitionVersion: { sql: 't.decision_version' },
    decisionEvaluationInstanceKey: { sql: ROW_KEY },
    decisionEvaluationKey: { sql: 't.evaluation_key' },
    elementInstanceKey: { sql: 't.element_instance_key', nullable: true },
    evaluationDate: { sql: 't.evaluated_at' },
    evaluationFailure: { sql: 't.failure', nullable: true },
    processDefinitionKey: { sql: 't.process_definition_key', nullable: true },
    processInstanceKey: { sql: 't.process_instance_key', nullable: true },
    rootDecisionDefinitionKey: { sql: 't.root_decision_definition_key' },
    state: { sql: 't.state' },
    tenantId: { sql: `'${TENANT_ID}'` },
  },
  filter: {
    decisionEvaluationInstanceKey: textFilter(INSTANCE_KEY),
    state: constantFilter('t.state', STATES),
    evaluationFailure: exactly('t.failure', z.string()),
    evaluationDate: dateFilter('t.evaluated_at'),
    decisionDefinitionId: exactly('t.decision_id', z.string()),
    decisionDefinitionName: exactly('t.decision_name', z.string()),
    decisionDefinitionVersion: exactly('t.decision_version', int32),
    decisionDefinitionType: exactly('t.decision_type', constant(TYPES)),
    tenantId: exactly(`'${TENANT_ID}'`, z.string()),
    decisionEvaluationKey: exactly('t.evaluation_key', key),
    processDefinitionKey: exactly('t.process_definition_key', key),
    processInstanceKey: exactly('t.process_instance_key', key),
    decisionDefinitionKey: keyFilter('t.decision_definition_key'),
    elementInstanceKey: keyFilter('t.element_instance_key'),
  },
  show: (row) => ({
    decisionDefinitionId: textAt(row, 'decision_id'),
    decisionDefinitionKey: keyAt(row, 'decision_definition_key'),
    decisionDefinitionName: textAt(row, 'decision_name'),
    decisionDefinitionType: textAt(row, 'decision_type'),
    decisionDefinitionVersion: numberAt(row, 'decision_version'),
    decisionEvaluationInstanceKey: evaluationInstanceKey(numberAt(row, 'evaluation_key'), numberAt(row, 'ordinal')),
    decisionEvaluationKey: keyAt(row, 'evaluation_key'),
    elementInstanceKey: optionalKeyAt(row, 'element_instance_key'),
    evaluationDate: dateAt(row, 'evaluated_at'),
    evaluationFailure: optionalTextAt(row, 'failure'),
    processDefinitionKey: optionalKeyAt(row, 'process_definition_key'),
    processInstanceKey: optionalKeyAt(row, 'process_instance_key'),
    result: textAt(row, 'result'),
    state: textAt(row, 'state'),
    tenantId: TENANT_ID,
  }),
};

export function shownInputs(inputs: readonly EvaluatedInput[]): object[] {
  return inputs.map(({ inputId, inputName, inputValue }) => ({ inputId, inputName, inputValue: JSON.stringify(inputValue) }));
}

export function shownRules(rules: readonly MatchedRule[]): object[] {
  return rules.map(({ ruleId, ruleIndex, evaluatedOutputs }) => ({
    ruleId,
    ruleIndex,
    evaluatedOutputs: evaluatedOutputs.map(({ outputId, outputName, outputValue }) => ({ outputId, outputName, outputValue: JSON.stringify(outputValue) })),
  }));
}
