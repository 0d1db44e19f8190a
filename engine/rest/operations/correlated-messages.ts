// The history of message correlations: which message went to which subscription.
import { operation } from '../operation.ts';
import { dateFilter, integerFilter, keyFilter, textFilter } from '../search/operators.ts';
import { dateAt, keyAt, optionalKeyAt, TENANT_ID, textAt } from '../search/row.ts';
import { search, searchSchema, type Searchable } from '../search/search.ts';

/** There is one. */
const PARTITION = 1;

const correlations: Searchable = {
  columns: `t.correlation_key, t.correlated_at, t.element_id, t.element_instance_key, t.message_key, t.message_name, t.bpmn_process_id,
    t.process_definition_key, t.process_instance_key, t.subscription_key`,
  from: 'correlated_messages t',
  key: 't.id',
  sort: {
    correlationKey: { sql: 't.correlation_key' },
    correlationTime: { sql: 't.correlated_at' },
    elementId: { sql: 't.element_id' },
    elementInstanceKey: { sql: 't.element_instance_key', nullable: true },
    messageKey: { sql: 't.message_key' },
    messageName: { sql: 't.message_name' },
    partitionId: { sql: `${PARTITION}` },
    processDefinitionId: { sql: 't.bpmn_process_id' },
    processDefinitionKey: { sql: 't.process_definition_key' },
    processInstanceKey: { sql: 't.process_instance_key' },
    subscriptionKey: { sql: 't.subscription_key' },
    tenantId: { sql: `'${TENANT_ID}'` },
  },
  filter: {
    correlationKey: textFilter('t.correlation_key'),
    correlationTime: dateFilter('t.correlated_at'),
    elementId: textFilter('t.element_id'),
    elementInstanceKey: keyFilter('t.element_instance_key'),
    messageKey: keyFilter('t.message_key'),
    messageName: textFilter('t.message_name'),
    partitionId: integerFilter(`${PARTITION}`),
    processDefinitionId: textFilter('t.bpmn_process_id'),
    processDefinitionKey: keyFilter('t.process_definition_key'),
    processInstanceKey: keyFilter('t.process_instance_key'),
    subscriptionKey: keyFilter('t.subscription_key'),
    tenantId: textFilter(`'${TENANT_ID}'`),
  },
  show: (row) => ({
    correlationKey: textAt(row, 'correlation_key'),
    correlationTime: dateAt(row, 'correlated_at'),
    elementId: textAt(row, 'element_id'),
    elementInstanceKey: optionalKeyAt(row, 'element_instance_key'),
    messageKey: keyAt(row, 'message_key'),
    messageName: textAt(row, 'message_name'),
    partitionId: PARTITION,
    processDefinitionId: textAt(row, 'bpmn_process_id'),
    processDefinitionKey: keyAt(row, 'process_definition_key'),
    processInstanceKey: keyAt(row, 'process_instance_key'),
    subscriptionKey: keyAt(row, 'subscription_key'),
    tenantId: TENANT_ID,
  }),
};

export const correlatedMessageOperations = [
  operation({
    operationId: 'searchCorrelatedMessageSubscriptions', method: 'POST', path: '/correlated-message-subscriptions/search', body: searchSchema(correlations), bodyOptional: true,
    answer: ({ db, body }) => search(db, correlations, body),
  }),
];
