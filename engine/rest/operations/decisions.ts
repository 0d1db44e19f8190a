// Decisions: definitions and requirements as deployed, and evaluation on request.
import { z } from 'zod';
import type { DecisionAnswer, DecisionReference, EvaluatedDecisionRecord } from '../../decision-evaluation/records.ts';
import { json, text } from '../answer.ts';
import { operation } from '../operation.ts';
import { invalidArgument, noSuchEntity } from '../problem.ts';
import { refuse } from '../request/check.ts';
import { int32, key, optional, tenantOf, variables } from '../request/fields.ts';
import { exactly } from '../search/operators.ts';
import { keyAt, numberAt, TENANT_ID, textAt } from '../search/row.ts';
import { findOne, search, searchSchema, type Searchable } from '../search/search.ts';
import { evaluationInstanceKey, shownInputs, shownRules } from './decision-instance-rows.ts';
import { rejected } from './rejection.ts';
import { prepared } from '../search/prepared.ts';

const definitions: Searchable = {
  columns: 't.key, t.decision_id, t.version, t.name, t.decision_requirements_key, t.drg_id',
  from: 'decision_definitions t JOIN decision_requirements r ON r.key = t.decision_requirements_key',
  key: 't.key',
  sort: {
    decisionDefinitionKey: { sql: 't.key' },
    decisionDefinitionId: { sql: 't.decision_id' },
    name: { sql: 't.name' },
    version: { sql: 't.version' },
    decisionRequirementsId: { sql: 't.drg_id' },
    decisionRequirementsKey: { sql: 't.decision_requirements_key' },
    decisionRequirementsName: { sql: 'r.name' },
    decisionRequirementsVersion: { sql: 'r.version' },
    tenantId: { sql: `'${TENANT_ID}'` },
  },
  filter: {
    decisionDefinitionId: exactly('t.decision_id', z.string()),
    name: exactly('t.name', z.string()),
    version: exactly('t.version', int32),
    decisionRequirementsId: exactly('t.drg_id', z.string()),
    tenantId: exactly(`'${TENANT_ID}'`, z.string()),
    decisionDefinitionKey: exactly('t.key', key),
    decisionRequirementsKey: exactly('t.decision_requirements_key', key),
  },
  show: (row) => ({
    decisionDefinitionId: textAt(row, 'decision_id'),
    decisionDefinitionKey: keyAt(row, 'key'),
    decisionRequirementsId: textAt(row, 'drg_id'),
    decisionRequirementsKey: keyAt(row, 'decision_requirements_key'),
    name: textAt(row, 'name'),
    tenantId: TENANT_ID,
    version: numberAt(row, 'version'),
  }),
};

const requirements: Searchable = {
  columns: 't.key, t.drg_id, t.version, t.name, t.resource_name',
  from: 'decision_requirements t',
  key: 't.key',
  sort: {
    decisionRequirementsKey: { sql: 't.key' },
    decisionRequirementsName: { sql: 't.name' },
    version: { sql: 't.version' },
    decisionRequirementsId: { sql: 't.drg_id' },
    tenantId: { sql: `'${TENANT_ID}'` },
  },
  filter: {
    decisionRequirementsName: exactly('t.name', z.string()),
    decisionRequirementsId: exactly('t.drg_id', z.string()),
    decisionRequirementsKey: exactly('t.key', key),
    version: exactly('t.version', int32),
    tenantId: exactly(`'${TENANT_ID}'`, z.string()),
    resourceName: exactly('t.resource_name', z.string()),
  },
  show: (row) => ({
    decisionRequirementsId: textAt(row, 'drg_id'),
    decisionRequirementsKey: keyAt(row, 'key'),
    decisionRequirementsName: textAt(row, 'name'),
    resourceName: textAt(row, 'resource_name'),
    tenantId: TENANT_ID,
    version: numberAt(row, 'version'),
  }),
};

const NOT_DELETED = { sql: 't.deleted = 0', parameters: [] };

const evaluation = z
  .strictObject({ decisionDefinitionId: optional(z.string()), decisionDefinitionKey: optional(key), variables, tenantId: tenantOf('EvaluateDecision') })
  .transform(({ decisionDefinitionId: id, decisionDefinitionKey, variables: given }, { issues }): { decision: DecisionReference; variables: typeof given } => {
    if (id !== undefined && decisionDefinitionKey !== undefined) return refuse(issues, () => invalidArgument('Only one of [decisionDefinitionId, decisionDefinitionKey] is allowed'));
    if (decisionDefinitionKey !== undefined) return { decision: { decisionDefinitionKey }, variables: given };
    if (id !== undefined && id !== '') return { decision: { decisionId: id }, variables: given };
    return refuse(issues, () => invalidArgument('At least one of [decisionDefinitionId, decisionDefinitionKey] is required'));
  });

export const decisionOperations = [
  operation({
    operationId: 'evaluateDecision', method: 'POST', path: '/decision-definitions/evaluation', body: evaluation,
    answer: async ({ core, body }) => {
      const result = await core.submit({ type: 'decision.evaluate', ...body });
      return result.ok ? json(shownEvaluation(result.answer)) : rejected('EVALUATE', result.rejection);
    },
  }),
  operation({
    operationId: 'searchDecisionDefinitions', method: 'POST', path: '/decision-definitions/search', body: searchSchema(definitions), bodyOptional: true,
    answer: ({ db, body }) => search(db, definitions, body, NOT_DELETED),
  }),
  operation({
    operationId: 'getDecisionDefinition', method: 'GET', path: '/decision-definitions/{decisionDefinitionKey}',
    answer: ({ db, key, keyText }) => {
      const found = findOne(db, definitions, { sql: 't.key = ?', parameters: [key] });
      return found === undefined ? noSuchEntity('Decision Definition', keyText) : json(found);
    },
  }),
  operation({
    operationId: 'getDecisionDefinitionXml', method: 'GET', path: '/decision-definitions/{decisionDefinitionKey}/xml',
    answer: ({ db, key, keyText }) => {
      const row = prepared(db, 'SELECT r.xml FROM decision_definitions t JOIN decision_requirements r ON r.key = t.decision_requirements_key WHERE t.key = ?').get(key);
      return row === undefined ? noSuchEntity('Decision Definition', keyText) : text('text/xml;charset=utf-8', textAt(row, 'xml'));
    },
  }),
  operation({
    operationId: 'searchDecisionRequirements', method: 'POST', path: '/decision-requirements/search', body: searchSchema(requirements), bodyOptional: true,
    answer: ({ db, body }) => search(db, requirements, body, NOT_DELETED),
  }),
  operation({
    operationId: 'getDecisionRequirements', method: 'GET', path: '/decision-requirements/{decisionRequirementsKey}',
    answer: ({ db, key, keyText }) => {
      const found = findOne(db, requirements, { sql: 't.key = ?', parameters: [key] });
      return found === undefined ? noSuchEntity('Decision Requirements', keyText) : json(found);
    },
  }),
  operation({
    operationId: 'getDecisionRequirementsXml', method: 'GET', path: '/decision-requirements/{decisionRequirementsKey}/xml',
    answer: ({ db, key, keyText }) => {
      const row = prepared(db, 'SELECT xml FROM decision_requirements WHERE key = ?').get(key);
      return row === undefined ? noSuchEntity('Decision Requirements', keyText) : text('text/xml;charset=utf-8', textAt(row, 'xml'));
    },
  }),
];

function shownEvaluation(answer: DecisionAnswer): object {
  const evaluationKey = String(answer.evaluationKey);
  return {
    decisionDefinitionId: answer.decisionId,
    decisionDefinitionKey: String(answer.decisionDefinitionKey),
    decisionDefinitionName: answer.name,
    decisionDefinitionVersion: answer.version,
    decisionEvaluationKey: evaluationKey,
    decisionInstanceKey: evaluationKey,
    decisionRequirementsId: answer.decisionRequirementsId,
    decisionRequirementsKey: String(answer.decisionRequirementsKey),
    evaluatedDecisions: answer.evaluatedDecisions.map((decision, index) => shownDecision(decision, answer.evaluationKey, index + 1)),
    // Level 8.8 asks for an id here even when nothing failed; an empty message says so (ADR 031).
    failedDecisionDefinitionId: answer.failure?.decisionId ?? answer.decisionId,
    failureMessage: answer.failure?.message ?? '',
    output: JSON.stringify(answer.output),
    tenantId: TENANT_ID,
  };
}

function shownDecision(decision: EvaluatedDecisionRecord, evaluationKey: number, ordinal: number): object {
  return {
    decisionDefinitionId: decision.decisionId,
    decisionDefinitionKey: String(decision.decisionDefinitionKey),
    decisionDefinitionName: decision.name,
    decisionDefinitionVersion: decision.version,
    decisionDefinitionType: decision.decisionType,
    output: JSON.stringify(decision.output),
    tenantId: TENANT_ID,
    matchedRules: shownRules(decision.matchedRules),
    evaluatedInputs: shownInputs(decision.evaluatedInputs),
    decisionEvaluationInstanceKey: evaluationInstanceKey(evaluationKey, ordinal),
  };
}
