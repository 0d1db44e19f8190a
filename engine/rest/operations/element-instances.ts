// Element instances, the process itself included: search and read.
import { z } from 'zod';
import { json } from '../answer.ts';
import { operation } from '../operation.ts';
import { noSuchEntity } from '../problem.ts';
import { constant, key } from '../request/fields.ts';
import { constantFilter, dateFilter, exactly, flag } from '../search/operators.ts';
import { dateAt, flagAt, keyAt, optionalDateAt, optionalKeyAt, TENANT_ID, textAt } from '../search/row.ts';
import { findOne, search, searchSchema, type Searchable } from '../search/search.ts';
import { STUCK } from './stuck.ts';

const STATES = ['ACTIVE', 'COMPLETED', 'TERMINATED'] as const;
const TYPES = [
  'UNSPECIFIED', 'PROCESS', 'SUB_PROCESS', 'EVENT_SUB_PROCESS', 'AD_HOC_SUB_PROCESS', 'AD_HOC_SUB_PROCESS_INNER_INSTANCE', 'START_EVENT',
  'INTERMEDIATE_CATCH_EVENT', 'INTERMEDIATE_THROW_EVENT', 'BOUNDARY_EVENT', 'END_EVENT', 'SERVICE_TASK', 'RECEIVE_TASK', 'USER_TASK', 'MANUAL_TASK',
  'TASK', 'EXCLUSIVE_GATEWAY', 'INCLUSIVE_GATEWAY', 'PARALLEL_GATEWAY', 'EVENT_BASED_GATEWAY', 'SEQUENCE_FLOW', 'MULTI_INSTANCE_BODY',
  'CALL_ACTIVITY', 'BUSINESS_RULE_TASK', 'SCRIPT_TASK', 'SEND_TASK', 'UNKNOWN',
] as const;

const INCIDENT_KEY = `(SELECT i.key FROM incidents i WHERE i.element_instance_key = t.key AND i.state = 'ACTIVE' LIMIT 1)`;

const elementInstances: Searchable = {
  columns: `t.*, d.bpmn_process_id, t.key IN ${STUCK} AS has_incident, ${INCIDENT_KEY} AS incident_key`,
  // The process itself is a row of its own kind; conditions reach both halves, so their indexes serve.
  from: `(
      SELECT e.key, e.process_instance_key, e.process_definition_key, e.element_id, coalesce(n.name, e.element_id) AS name, CASE e.loop_counter WHEN 0 THEN 'MULTI_INSTANCE_BODY' ELSE n.type END AS type, e.scope_key, e.state, e.start_date, e.end_date
      FROM element_instances e LEFT JOIN elements n ON n.process_definition_key = e.process_definition_key AND n.element_id = e.element_id
      UNION ALL
      SELECT p.key, p.key, p.process_definition_key, p.bpmn_process_id, coalesce(q.name, p.bpmn_process_id), 'PROCESS', p.parent_element_instance_key, p.state, p.start_date, p.end_date
      FROM process_instances p LEFT JOIN process_definitions q ON q.key = p.process_definition_key
    ) t LEFT JOIN process_definitions d ON d.key = t.process_definition_key`,
  key: 't.key',
  sort: {
    elementInstanceKey: { sql: 't.key' },
    processInstanceKey: { sql: 't.process_instance_key' },
    processDefinitionKey: { sql: 't.process_definition_key' },
    processDefinitionId: { sql: 'd.bpmn_process_id' },
    startDate: { sql: 't.start_date' },
    endDate: { sql: 't.end_date', nullable: true },
    elementId: { sql: 't.element_id' },
    elementName: { sql: 't.name' },
    type: { sql: 't.type' },
    state: { sql: 't.state' },
    incidentKey: { sql: INCIDENT_KEY, nullable: true },
    tenantId: { sql: `'${TENANT_ID}'` },
  },
  filter: {
    processDefinitionId: exactly('d.bpmn_process_id', z.string()),
    state: constantFilter('t.state', STATES),
    type: exactly('t.type', constant(TYPES)),
    elementId: exactly('t.element_id', z.string()),
    elementName: exactly('t.name', z.string()),
    hasIncident: flag(`t.key IN ${STUCK}`),
    tenantId: exactly(`'${TENANT_ID}'`, z.string()),
    elementInstanceKey: exactly('t.key', key),
    processInstanceKey: exactly('t.process_instance_key', key),
    processDefinitionKey: exactly('t.process_definition_key', key),
    incidentKey: exactly(INCIDENT_KEY, key),
    startDate: dateFilter('t.start_date'),
    endDate: dateFilter('t.end_date'),
    elementInstanceScopeKey: exactly('t.scope_key', key),
  },
  show: (row) => ({
    processDefinitionId: textAt(row, 'bpmn_process_id'),
    startDate: dateAt(row, 'start_date'),
    endDate: optionalDateAt(row, 'end_date'),
    elementId: textAt(row, 'element_id'),
    elementName: textAt(row, 'name'),
    type: textAt(row, 'type'),
    state: textAt(row, 'state'),
    hasIncident: flagAt(row, 'has_incident'),
    tenantId: TENANT_ID,
    elementInstanceKey: keyAt(row, 'key'),
    processInstanceKey: keyAt(row, 'process_instance_key'),
    processDefinitionKey: keyAt(row, 'process_definition_key'),
    incidentKey: optionalKeyAt(row, 'incident_key'),
  }),
};

export const elementInstanceOperations = [
  operation({
    operationId: 'searchElementInstances', method: 'POST', path: '/element-instances/search', body: searchSchema(elementInstances), bodyOptional: true,
    answer: ({ db, body }) => search(db, elementInstances, body),
  }),
  operation({
    operationId: 'getElementInstance', method: 'GET', path: '/element-instances/{elementInstanceKey}',
    answer: ({ db, key, keyText }) => {
      const found = findOne(db, elementInstances, { sql: 't.key = ?', parameters: [key] });
      return found === undefined ? noSuchEntity('Element Instance', keyText) : json(found);
    },
  }),
];
