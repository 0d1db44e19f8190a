// Jobs as rows: what they can be filtered and sorted by, and how one is shown.
import { constantFilter, dateFilter, flag, integerFilter, keyFilter, narrowedDateFilter, textFilter } from '../search/operators.ts';
import { flagAt, keyAt, numberAt, optionalDateAt, optionalJsonAt, optionalTextAt, TENANT_ID, textAt } from '../search/row.ts';
import type { Searchable } from '../search/search.ts';

const STATES = ['CANCELED', 'COMPLETED', 'CREATED', 'ERROR_THROWN', 'FAILED', 'MIGRATED', 'RETRIES_UPDATED', 'TIMED_OUT'] as const;
const KINDS = ['BPMN_ELEMENT', 'EXECUTION_LISTENER', 'TASK_LISTENER', 'AD_HOC_SUB_PROCESS'] as const;
const LISTENER_EVENTS = ['ASSIGNING', 'CANCELING', 'COMPLETING', 'CREATING', 'END', 'START', 'UNSPECIFIED', 'UPDATING'] as const;

// Only an activated job has a deadline; while a job backs off the same column says until when.
const DEADLINE = `CASE t.phase WHEN 'ACTIVATED' THEN t.due_at END`;
const HAS_FAILED_WITH_RETRIES_LEFT = `(t.state = 'FAILED' AND t.retries > 0)`;
const KIND = 't.kind';
const LISTENER_EVENT = 't.listener_event';
const DENIED_REASON = 't.denied_reason';
const IS_DENIED = '(t.denied_reason IS NOT NULL)';

export const jobs: Searchable = {
  columns: `t.key, t.type, t.process_instance_key, t.process_definition_key, t.bpmn_process_id, t.element_id, t.element_instance_key,
    t.state, t.retries, t.worker, t.custom_headers, t.error_code, t.error_message, t.end_date, ${DEADLINE} AS deadline, t.kind, t.listener_event, t.denied_reason, ${IS_DENIED} AS is_denied, ${HAS_FAILED_WITH_RETRIES_LEFT} AS has_failed`,
  from: 'jobs t',
  key: 't.key',
  sort: {
    deadline: { sql: DEADLINE, nullable: true },
    deniedReason: { sql: DENIED_REASON, nullable: true },
    elementId: { sql: 't.element_id' },
    elementInstanceKey: { sql: 't.element_instance_key' },
    endTime: { sql: 't.end_date', nullable: true },
    errorCode: { sql: 't.error_code', nullable: true },
    errorMessage: { sql: 't.error_message', nullable: true },
    hasFailedWithRetriesLeft: { sql: HAS_FAILED_WITH_RETRIES_LEFT },
    isDenied: { sql: IS_DENIED },
    jobKey: { sql: 't.key' },
    kind: { sql: KIND },
    listenerEventType: { sql: LISTENER_EVENT },
    processDefinitionId: { sql: 't.bpmn_process_id' },
    processDefinitionKey: { sql: 't.process_definition_key' },
    processInstanceKey: { sql: 't.process_instance_key' },
    retries: { sql: 't.retries' },
    state: { sql: 't.state' },
    tenantId: { sql: `'${TENANT_ID}'` },
    type: { sql: 't.type' },
    worker: { sql: 't.worker' },
  },
  filter: {
    deadline: narrowedDateFilter(DEADLINE, 't.due_at IS NOT NULL'),
    deniedReason: textFilter(DENIED_REASON),
    elementId: textFilter('t.element_id'),
    elementInstanceKey: keyFilter('t.element_instance_key'),
    endTime: dateFilter('t.end_date'),
    errorCode: textFilter('t.error_code'),
    errorMessage: textFilter('t.error_message'),
    hasFailedWithRetriesLeft: flag(HAS_FAILED_WITH_RETRIES_LEFT),
    isDenied: flag(IS_DENIED),
    jobKey: keyFilter('t.key'),
    kind: constantFilter(KIND, KINDS),
    listenerEventType: constantFilter(LISTENER_EVENT, LISTENER_EVENTS),
    processDefinitionId: textFilter('t.bpmn_process_id'),
    processDefinitionKey: keyFilter('t.process_definition_key'),
    processInstanceKey: keyFilter('t.process_instance_key'),
    retries: integerFilter('t.retries'),
    state: constantFilter('t.state', STATES),
    tenantId: textFilter(`'${TENANT_ID}'`),
    type: textFilter('t.type'),
    worker: textFilter('t.worker'),
  },
  show: (row) => ({
    customHeaders: optionalJsonAt(row, 'custom_headers') ?? {},
    deadline: optionalDateAt(row, 'deadline'),
    elementId: textAt(row, 'element_id'),
    elementInstanceKey: keyAt(row, 'element_instance_key'),
    endTime: optionalDateAt(row, 'end_date'),
    errorCode: optionalTextAt(row, 'error_code'),
    errorMessage: optionalTextAt(row, 'error_message'),
    hasFailedWithRetriesLeft: flagAt(row, 'has_failed'),
    deniedReason: optionalTextAt(row, 'denied_reason'),
    isDenied: flagAt(row, 'is_denied'),
    jobKey: keyAt(row, 'key'),
    kind: textAt(row, 'kind'),
    listenerEventType: textAt(row, 'listener_event'),
    processDefinitionId: textAt(row, 'bpmn_process_id'),
    processDefinitionKey: keyAt(row, 'process_definition_key'),
    processInstanceKey: keyAt(row, 'process_instance_key'),
    retries: numberAt(row, 'retries'),
    state: textAt(row, 'state'),
    tenantId: TENANT_ID,
    type: textAt(row, 'type'),
    worker: textAt(row, 'worker'),
  }),
};
