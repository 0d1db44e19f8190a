// Batch operations and their items as rows: what they can be filtered and sorted by, and how one is shown.
import { constantFilter, keyFilter } from '../search/operators.ts';
import { dateAt, keyAt, numberAt, optionalDateAt, optionalTextAt, textAt } from '../search/row.ts';
import type { Searchable } from '../search/search.ts';

const TYPES = [
  'CANCEL_PROCESS_INSTANCE', 'RESOLVE_INCIDENT', 'MIGRATE_PROCESS_INSTANCE', 'MODIFY_PROCESS_INSTANCE', 'DELETE_PROCESS_INSTANCE',
  'ADD_VARIABLE', 'UPDATE_VARIABLE', 'DELETE_DECISION_DEFINITION', 'DELETE_PROCESS_DEFINITION',
] as const;
const STATES = ['ACTIVE', 'CANCELED', 'COMPLETED', 'CREATED', 'FAILED', 'PARTIALLY_COMPLETED', 'SUSPENDED'] as const;
const ITEM_STATES = ['ACTIVE', 'COMPLETED', 'SKIPPED', 'CANCELED', 'FAILED'] as const;

export const batchOperations: Searchable = {
  columns: 't.key, t.type, t.state, t.start_date, t.end_date, t.total, t.failed, t.completed',
  from: 'batch_operations t',
  key: 't.key',
  sort: {
    batchOperationKey: { sql: 't.key' },
    operationType: { sql: 't.type' },
    state: { sql: 't.state' },
    startDate: { sql: 't.start_date' },
    endDate: { sql: 't.end_date', nullable: true },
  },
  filter: {
    batchOperationKey: keyFilter('t.key'),
    operationType: constantFilter('t.type', TYPES),
    state: constantFilter('t.state', STATES),
  },
  show: (row) => ({
    batchOperationKey: keyAt(row, 'key'),
    state: textAt(row, 'state'),
    batchOperationType: textAt(row, 'type'),
    startDate: dateAt(row, 'start_date'),
    endDate: optionalDateAt(row, 'end_date'),
    operationsTotalCount: numberAt(row, 'total'),
    operationsFailedCount: numberAt(row, 'failed'),
    operationsCompletedCount: numberAt(row, 'completed'),
    // Of partitions that could not be asked; here the one filter was asked before anything began.
    errors: [],
  }),
};

export const batchOperationItems: Searchable = {
  columns: 't.batch_operation_key, t.item_key, t.process_instance_key, t.state, t.processed_at, t.error_message, b.type',
  from: 'batch_operation_items t JOIN batch_operations b ON b.key = t.batch_operation_key',
  key: 't.id',
  sort: {
    batchOperationKey: { sql: 't.batch_operation_key' },
    itemKey: { sql: 't.item_key' },
    processInstanceKey: { sql: 't.process_instance_key' },
    state: { sql: 't.state' },
    processedDate: { sql: 't.processed_at', nullable: true },
  },
  filter: {
    batchOperationKey: keyFilter('t.batch_operation_key'),
    itemKey: keyFilter('t.item_key'),
    processInstanceKey: keyFilter('t.process_instance_key'),
    state: constantFilter('t.state', ITEM_STATES),
  },
  show: (row) => ({
    operationType: textAt(row, 'type'),
    batchOperationKey: keyAt(row, 'batch_operation_key'),
    itemKey: keyAt(row, 'item_key'),
    processInstanceKey: keyAt(row, 'process_instance_key'),
    state: textAt(row, 'state'),
    processedDate: optionalDateAt(row, 'processed_at'),
    errorMessage: optionalTextAt(row, 'error_message'),
  }),
};
