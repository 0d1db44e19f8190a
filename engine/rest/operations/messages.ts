// Messages: publish (buffered), correlate (at once or not at all), and the subscriptions that wait for them.
import { z } from 'zod';
import { json } from '../answer.ts';
import { operation } from '../operation.ts';
import { invalidValue } from '../problem.ts';
import { refuse } from '../request/check.ts';
import { int64, optional, requiredText, tenantOf, variables } from '../request/fields.ts';
import { constantFilter, dateFilter, keyFilter, textFilter } from '../search/operators.ts';
import { dateAt, keyAt, TENANT_ID, textAt } from '../search/row.ts';
import { search, searchSchema, type Searchable } from '../search/search.ts';
import { rejected } from './rejection.ts';

const STATES = ['CORRELATED', 'CREATED', 'DELETED', 'MIGRATED'] as const;

const subscriptions: Searchable = {
  columns: `t.key, t.process_instance_key, t.process_definition_key, t.bpmn_process_id, t.element_id, t.element_instance_key,
    t.message_name, t.correlation_key, t.state, t.last_updated`,
  from: 'message_subscriptions t',
  key: 't.key',
  sort: {
    messageSubscriptionKey: { sql: 't.key' },
    processDefinitionId: { sql: 't.bpmn_process_id' },
    processInstanceKey: { sql: 't.process_instance_key' },
    elementId: { sql: 't.element_id' },
    elementInstanceKey: { sql: 't.element_instance_key' },
    messageSubscriptionState: { sql: 't.state' },
    lastUpdatedDate: { sql: 't.last_updated' },
    messageName: { sql: 't.message_name' },
    correlationKey: { sql: 't.correlation_key' },
    tenantId: { sql: `'${TENANT_ID}'` },
  },
  filter: {
    messageSubscriptionKey: keyFilter('t.key'),
    processDefinitionId: textFilter('t.bpmn_process_id'),
    processInstanceKey: keyFilter('t.process_instance_key'),
    elementId: textFilter('t.element_id'),
    elementInstanceKey: keyFilter('t.element_instance_key'),
    messageSubscriptionState: constantFilter('t.state', STATES),
    lastUpdatedDate: dateFilter('t.last_updated'),
    messageName: textFilter('t.message_name'),
    correlationKey: textFilter('t.correlation_key'),
    tenantId: textFilter(`'${TENANT_ID}'`),
  },
  show: (row) => ({
    messageSubscriptionKey: keyAt(row, 'key'),
    processDefinitionId: textAt(row, 'bpmn_process_id'),
    processDefinitionKey: keyAt(row, 'process_definition_key'),
    processInstanceKey: keyAt(row, 'process_instance_key'),
    elementId: textAt(row, 'element_id'),
    elementInstanceKey: keyAt(row, 'element_instance_key'),
    messageSubscriptionState: textAt(row, 'state'),
    lastUpdatedDate: dateAt(row, 'last_updated'),
    messageName: textAt(row, 'message_name'),
    correlationKey: textAt(row, 'correlation_key'),
    tenantId: TENANT_ID,
  }),
};

const publication = z.strictObject({
  name: requiredText,
  correlationKey: optional(z.string()),
  timeToLive: optional(int64.transform((value, { issues }) => (value >= 0 ? value : refuse(issues, () => invalidValue('timeToLive', value, 'not negative'))))),
  messageId: optional(z.string()),
  variables,
  tenantId: tenantOf('PublishMessage'),
});

const correlation = z.strictObject({ name: requiredText, correlationKey: optional(z.string()), variables, tenantId: tenantOf('CorrelateMessage') });

export const messageOperations = [
  operation({
    operationId: 'publishMessage', method: 'POST', path: '/messages/publication', body: publication,
    answer: async ({ core, body: { name, correlationKey = '', timeToLive = 0, messageId = '', variables: given } }) => {
      const result = await core.submit({
        type: 'message.publish', name, correlationKey, timeToLive, variables: given, ...(messageId === '' ? {} : { messageId }),
      });
      return result.ok ? json({ tenantId: TENANT_ID, messageKey: String(result.answer.messageKey) }) : rejected('PUBLISH', result.rejection);
    },
  }),
  operation({
    operationId: 'correlateMessage', method: 'POST', path: '/messages/correlation', body: correlation,
    answer: async ({ core, body: { name, correlationKey = '', variables: given } }) => {
      const result = await core.submit({ type: 'message.correlate', name, correlationKey, variables: given });
      if (!result.ok) return rejected('CORRELATE', result.rejection);
      const { messageKey, processInstanceKey } = result.answer;
      return json({ tenantId: TENANT_ID, messageKey: String(messageKey), processInstanceKey: String(processInstanceKey) });
    },
  }),
  operation({
    operationId: 'searchMessageSubscriptions', method: 'POST', path: '/message-subscriptions/search', body: searchSchema(subscriptions), bodyOptional: true,
    answer: ({ db, body }) => search(db, subscriptions, body),
  }),
];
