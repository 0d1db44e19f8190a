// Incidents as rows: what they can be filtered and sorted by, and how one is shown.
import { constantFilter, dateFilter, keyFilter, textFilter } from '../search/operators.ts';
import { dateAt, keyAt, optionalKeyAt, TENANT_ID, textAt } from '../search/row.ts';
import type { Searchable } from '../search/search.ts';

const ERROR_TYPES = [
  'AD_HOC_SUB_PROCESS_NO_RETRIES', 'CALLED_DECISION_ERROR', 'CALLED_ELEMENT_ERROR', 'CONDITION_ERROR', 'DECISION_EVALUATION_ERROR',
  'EXECUTION_LISTENER_NO_RETRIES', 'EXTRACT_VALUE_ERROR', 'FORM_NOT_FOUND', 'IO_MAPPING_ERROR', 'JOB_NO_RETRIES', 'MESSAGE_SIZE_EXCEEDED',
  'RESOURCE_NOT_FOUND', 'TASK_LISTENER_NO_RETRIES', 'UNHANDLED_ERROR_EVENT', 'UNKNOWN', 'UNSPECIFIED',
] as const;
const STATES = ['ACTIVE', 'MIGRATED', 'PENDING', 'RESOLVED', 'UNKNOWN'] as const;

export const incidents: Searchable = {
  columns: `t.key, t.error_type, t.error_message, t.process_instance_key, t.process_definition_key, t.bpmn_process_id,
    t.element_id, t.element_instance_key, t.job_key, t.state, t.creation_time`,
  from: 'incidents t',
  key: 't.key',
  sort: {
    incidentKey: { sql: 't.key' },
    processDefinitionKey: { sql: 't.process_definition_key' },
    processDefinitionId: { sql: 't.bpmn_process_id' },
    processInstanceKey: { sql: 't.process_instance_key' },
    errorType: { sql: 't.error_type' },
    errorMessage: { sql: 't.error_message' },
    elementId: { sql: 't.element_id' },
    elementInstanceKey: { sql: 't.element_instance_key' },
    creationTime: { sql: 't.creation_time' },
    state: { sql: 't.state' },
    jobKey: { sql: 't.job_key', nullable: true },
    tenantId: { sql: `'${TENANT_ID}'` },
  },
  filter: {
    processDefinitionId: textFilter('t.bpmn_process_id'),
    errorType: constantFilter('t.error_type', ERROR_TYPES),
    errorMessage: textFilter('t.error_message'),
    elementId: textFilter('t.element_id'),
    creationTime: dateFilter('t.creation_time'),
    state: constantFilter('t.state', STATES),
    tenantId: textFilter(`'${TENANT_ID}'`),
    incidentKey: keyFilter('t.key'),
    processDefinitionKey: keyFilter('t.process_definition_key'),
    processInstanceKey: keyFilter('t.process_instance_key'),
    elementInstanceKey: keyFilter('t.element_instance_key'),
    jobKey: keyFilter('t.job_key'),
  },
  show: (row) => ({
    processDefinitionId: textAt(row, 'bpmn_process_id'),
    errorType: textAt(row, 'error_type'),
    errorMessage: textAt(row, 'error_message'),
    elementId: textAt(row, 'element_id'),
    creationTime: dateAt(row, 'creation_time'),
    state: textAt(row, 'state'),
    tenantId: TENANT_ID,
    incidentKey: keyAt(row, 'key'),
    processDefinitionKey: keyAt(row, 'process_definition_key'),
    processInstanceKey: keyAt(row, 'process_instance_key'),
    elementInstanceKey: keyAt(row, 'element_instance_key'),
    jobKey: optionalKeyAt(row, 'job_key'),
  }),
};
