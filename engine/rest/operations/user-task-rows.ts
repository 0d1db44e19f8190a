// User tasks as rows: what they can be filtered and sorted by, and how one is shown.
import { z } from 'zod';
import { delegate } from '../request/check.ts';
import { key } from '../request/fields.ts';
import { all, any, type Condition } from '../search/condition.ts';
import { constantFilter, dateFilter, exactly, filterOf, integerFilter, manyTextsFilter, textFilter, type FilterProperty, type Subject } from '../search/operators.ts';
import { exists, variableFilter } from '../search/related.ts';
import { dateAt, jsonAt, keyAt, numberAt, optionalDateAt, optionalJsonAt, optionalKeyAt, optionalTextAt, TENANT_ID, textAt } from '../search/row.ts';
import type { Searchable } from '../search/search.ts';

const STATES = ['CREATING', 'CREATED', 'ASSIGNING', 'UPDATING', 'COMPLETING', 'COMPLETED', 'CANCELING', 'CANCELED', 'FAILED'] as const;

const ENDED: ReadonlySet<unknown> = new Set(['COMPLETED', 'CANCELED']);

const states = constantFilter('t.state', STATES);
const areOpen = ({ among }: Condition) => among?.every((state) => !ENDED.has(state)) === true;

/** Open and ended tasks have indexes apart, so whether a task has ended is said along with its state. */
const stateFilter = states.transform((condition) => {
  const { among = [] } = condition;
  if (among.length === 0) return condition;
  const isEither = !areOpen(condition) && !among.every((state) => ENDED.has(state));
  return isEither ? condition : all([condition, { sql: `t.completion_date IS ${areOpen(condition) ? 'NULL' : 'NOT NULL'}`, parameters: [] }]);
});

// Looked up, and not joined: with a join SQLite takes no index for covering.
const NAME = 'coalesce((SELECT n.name FROM elements n WHERE n.process_definition_key = t.process_definition_key AND n.element_id = t.element_id), t.element_id)';
const ofDefinition = (column: string) => `(SELECT d.${column} FROM process_definitions d WHERE d.key = t.process_definition_key)`;

/** With at most so many tasks of the named candidates, those are looked up one by one. */
const FEW = 1_000;
/** With at most so many, they are collected beforehand, and each task on the way is held against them; with more it is asked for its candidates. */
const COLLECTED = 50_000;

/** Candidates of an open task are rows of their own (an index finds them); an ended task keeps its list only. */
const candidatesOfOpen = (kind: 'group' | 'user'): Subject => ({ has: (test) => ofOpenTask(kind, test('c.name')) });
const candidates = (kind: 'group' | 'user'): Subject => ({
  has: (test) => any([candidatesOfOpen(kind).has(test), exists(`json_each(t.candidate_${kind}s) c`, `t.state IN ('COMPLETED', 'CANCELED')`, test('c.value'))]),
});

function ofOpenTask(kind: 'group' | 'user', { sql, parameters }: Condition): Condition {
  const named: Condition = { sql: `FROM user_task_candidates c WHERE c.kind = '${kind}' AND (${sql})`, parameters };
  const isNamed = `IN (SELECT c.user_task_key ${named.sql})`;
  // The sign keeps the planner from looking tasks up by their keys.
  const collected: Condition = { sql: `+t.key ${isNamed}`, parameters };
  const suited = (found: number): Condition => {
    if (found <= FEW) return { sql: `t.key ${isNamed}`, parameters };
    return found <= COLLECTED ? collected : { sql: `EXISTS (SELECT 1 ${named.sql} AND c.user_task_key = t.key)`, parameters };
  };
  return { ...collected, suited: (count) => suited(count(named, COLLECTED + 1)) };
}

export const userTasks: Searchable = {
  columns: `t.key, t.process_instance_key, t.process_definition_key, t.bpmn_process_id, t.element_id, t.element_instance_key, t.state, t.assignee,
    t.candidate_groups, t.candidate_users, t.due_date, t.follow_up_date, t.priority, t.form_key, t.external_form_reference, t.custom_headers,
    t.creation_date, t.completion_date, ${NAME} AS name, coalesce(${ofDefinition('name')}, t.bpmn_process_id) AS process_name, ${ofDefinition('version')} AS process_version`,
  from: 'user_tasks t',
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
    candidateGroup: manyTextsFilter(candidates('group')),
    candidateUser: manyTextsFilter(candidates('user')),
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

const ofAnyTask = filterOf(userTasks.filter);
const ofOpenTasks = filterOf({ ...userTasks.filter, candidateGroup: manyTextsFilter(candidatesOfOpen('group')), candidateUser: manyTextsFilter(candidatesOfOpen('user')) });
const asksForOpen = z.looseObject({ state: states.refine(areOpen) });

/** Where only open tasks are asked for, ended ones are not looked at for their candidates. */
export const userTaskFilter: FilterProperty = z.unknown().transform((given, { issues }) => delegate(asksForOpen.safeParse(given).success ? ofOpenTasks : ofAnyTask, given, issues));
