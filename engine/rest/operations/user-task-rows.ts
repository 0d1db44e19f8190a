// User tasks as rows: what they can be filtered and sorted by, and how one is shown.
import { z } from 'zod';
import { key } from '../request/fields.ts';
import { all, any, type Condition } from '../search/condition.ts';
import { constantFilter, dateFilter, exactly, integerFilter, manyTextsFilter, textFilter, type Subject } from '../search/operators.ts';
import { exists, variableFilter } from '../search/related.ts';
import { dateAt, jsonAt, keyAt, numberAt, optionalDateAt, optionalJsonAt, optionalKeyAt, optionalTextAt, TENANT_ID, textAt } from '../search/row.ts';
import type { Searchable } from '../search/search.ts';

const STATES = ['CREATING', 'CREATED', 'ASSIGNING', 'UPDATING', 'COMPLETING', 'COMPLETED', 'CANCELING', 'CANCELED', 'FAILED'] as const;

const ENDED: ReadonlySet<unknown> = new Set(['COMPLETED', 'CANCELED']);

/** Open and ended tasks have indexes apart, so whether a task has ended is said along with its state. */
const stateFilter = constantFilter('t.state', STATES).transform((condition) => {
  const { among: states = [] } = condition;
  if (states.length === 0) return condition;
  const areEnded = states.every((state) => ENDED.has(state));
  const isEither = !areEnded && states.some((state) => ENDED.has(state));
  return isEither ? condition : all([condition, { sql: `t.completion_date IS ${areEnded ? 'NOT NULL' : 'NULL'}`, parameters: [] }]);
});

const NAME = 'coalesce(n.name, t.element_id)';

/** So many tasks of the named candidates are collected beforehand; with more, each task that is looked at is asked whether it is one. */
const COLLECTED = 50_000;

/** Candidates of an open task are rows of their own (an index finds them); an ended task keeps its list only. */
const candidates = (kind: 'group' | 'user', column: string): Subject => ({
  has: (test) => any([ofOpenTask(kind, test('c.name')), exists(`json_each(${column}) c`, `t.state IN ('COMPLETED', 'CANCELED')`, test('c.value'))]),
});

function ofOpenTask(kind: 'group' | 'user', { sql, parameters, among }: Condition): Condition {
  const named = `FROM user_task_candidates c WHERE c.kind = '${kind}' AND (${sql})`;
  const isCollected = `t.key IN (SELECT c.user_task_key ${named})`;
  if (among === undefined) return { sql: isCollected, parameters };
  const areFew = `(SELECT count(*) FROM (SELECT 1 ${named} LIMIT ${COLLECTED + 1})) <= ${COLLECTED}`;
  return {
    sql: `(${areFew} AND ${isCollected}) OR (NOT ${areFew} AND EXISTS (SELECT 1 ${named} AND c.user_task_key = t.key))`,
    parameters: [...parameters, ...parameters, ...parameters, ...parameters],
  };
}

export const userTasks: Searchable = {
  columns: `t.key, t.process_instance_key, t.process_definition_key, t.bpmn_process_id, t.element_id, t.element_instance_key, t.state, t.assignee,
    t.candidate_groups, t.candidate_users, t.due_date, t.follow_up_date, t.priority, t.form_key, t.external_form_reference, t.custom_headers,
    t.creation_date, t.completion_date, ${NAME} AS name, coalesce(d.name, t.bpmn_process_id) AS process_name, d.version AS process_version`,
  from: `user_tasks t
    LEFT JOIN process_definitions d ON d.key = t.process_definition_key
    LEFT JOIN elements n ON n.process_definition_key = t.process_definition_key AND n.element_id = t.element_id`,
  key: 't.key',
  sort: {
    creationDate: { sql: 't.creation_date' },
    completionDate: { sql: 't.completion_date', nullable: true },
    followUpDate: { sql: 't.follow_up_date', nullable: true },
    dueDate: { sql: 't.due_date', nullable: true },
    priority: { sql: 't.priority' },
    name: { sql: NAME },
  },
  filter: {
    state: stateFilter,
    assignee: textFilter('t.assignee'),
    priority: integerFilter('t.priority'),
    elementId: exactly('t.element_id', z.string()),
    name: textFilter(NAME),
    candidateGroup: manyTextsFilter(candidates('group', 't.candidate_groups')),
    candidateUser: manyTextsFilter(candidates('user', 't.candidate_users')),
    tenantId: textFilter(`'${TENANT_ID}'`),
    processDefinitionId: exactly('t.bpmn_process_id', z.string()),
    creationDate: dateFilter('t.creation_date'),
    completionDate: dateFilter('t.completion_date'),
    followUpDate: dateFilter('t.follow_up_date'),
    dueDate: dateFilter('t.due_date'),
    processInstanceVariables: variableFilter('v.scope_key = t.process_instance_key'),
    localVariables: variableFilter('v.scope_key = t.element_instance_key'),
    userTaskKey: exactly('t.key', key),
    processDefinitionKey: exactly('t.process_definition_key', key),
    processInstanceKey: exactly('t.process_instance_key', key),
    elementInstanceKey: exactly('t.element_instance_key', key),
  },
  show: (row) => ({
    name: textAt(row, 'name'),
    state: textAt(row, 'state'),
    assignee: optionalTextAt(row, 'assignee'),
    elementId: textAt(row, 'element_id'),
    candidateGroups: jsonAt(row, 'candidate_groups'),
    candidateUsers: jsonAt(row, 'candidate_users'),
    processDefinitionId: textAt(row, 'bpmn_process_id'),
    creationDate: dateAt(row, 'creation_date'),
    completionDate: optionalDateAt(row, 'completion_date'),
    followUpDate: optionalDateAt(row, 'follow_up_date'),
    dueDate: optionalDateAt(row, 'due_date'),
    tenantId: TENANT_ID,
    externalFormReference: optionalTextAt(row, 'external_form_reference'),
    processDefinitionVersion: numberAt(row, 'process_version'),
    customHeaders: optionalJsonAt(row, 'custom_headers') ?? {},
    priority: numberAt(row, 'priority'),
    userTaskKey: keyAt(row, 'key'),
    elementInstanceKey: keyAt(row, 'element_instance_key'),
    processName: textAt(row, 'process_name'),
    processDefinitionKey: keyAt(row, 'process_definition_key'),
    processInstanceKey: keyAt(row, 'process_instance_key'),
    formKey: optionalKeyAt(row, 'form_key'),
  }),
};
