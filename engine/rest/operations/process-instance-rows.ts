// Process instances as rows: what they can be filtered and sorted by, and how one is shown.
import { z } from 'zod';
import { all, ALWAYS, any, type Condition } from '../search/condition.ts';
import { constantFilter, dateFilter, filterOf, flag, integerFilter, keyFilter, limitedList, textFilter, type FilterProperty } from '../search/operators.ts';
import { exists, variableFilter } from '../search/related.ts';
import { dateAt, flagAt, keyAt, numberAt, optionalDateAt, optionalJsonAt, optionalKeyAt, optionalTextAt, TENANT_ID, textAt } from '../search/row.ts';
import type { Searchable } from '../search/search.ts';
import { STUCK } from './stuck.ts';

const STATES = ['ACTIVE', 'COMPLETED', 'TERMINATED'] as const;

export const INSTANCE_ROWS = 'process_instances t LEFT JOIN process_definitions d ON d.key = t.process_definition_key';

/** What instances have by themselves. */
const ownProperties: Readonly<Record<string, FilterProperty>> = {
  startDate: dateFilter('t.start_date'),
  endDate: dateFilter('t.end_date'),
  state: constantFilter('t.state', STATES),
  hasIncident: flag(`t.key IN ${STUCK}`),
  tenantId: textFilter(`'${TENANT_ID}'`),
  variables: variableFilter('v.scope_key = t.key'),
  processInstanceKey: keyFilter('t.key'),
  parentProcessInstanceKey: keyFilter('t.parent_process_instance_key'),
  parentElementInstanceKey: keyFilter('t.parent_element_instance_key'),
  batchOperationId: textFilter('CAST(b.batch_operation_key AS TEXT)').transform((condition) => exists('batch_operation_items b', 'b.process_instance_key = t.key', condition)),
  errorMessage: textFilter('i.error_message').transform((condition) => exists('incidents i', `i.process_instance_key = t.key AND i.state = 'ACTIVE'`, condition)),
  incidentErrorHashCode: integerFilter('java_hash(i.error_message)').transform((condition) => exists('incidents i', `i.process_instance_key = t.key AND i.state = 'ACTIVE'`, condition)),
  hasRetriesLeft: flag(`EXISTS (SELECT 1 FROM jobs j WHERE j.process_instance_key = t.key AND j.state = 'FAILED' AND j.retries > 0)`),
  tags: limitedList(z.string()).transform((tags) => all(tags.map((tag) => ({ sql: 'EXISTS (SELECT 1 FROM json_each(t.tags) WHERE value = ?)', parameters: [tag] })))),
  processDefinitionId: textFilter('t.bpmn_process_id'),
  processDefinitionName: textFilter('coalesce(d.name, t.bpmn_process_id)'),
  processDefinitionVersion: integerFilter('d.version'),
  processDefinitionVersionTag: textFilter('d.version_tag'),
  processDefinitionKey: keyFilter('t.process_definition_key'),
};

/** What one and the same element of the instance must have. */
const elementProperties: Readonly<Record<string, FilterProperty>> = {
  elementId: textFilter('e.element_id'),
  elementInstanceState: constantFilter('e.state', STATES),
  hasElementInstanceIncident: flag(`e.key IN ${STUCK}`),
};

/** All of them hold; those about elements hold for one and the same element. */
function combine(given: Readonly<Record<string, Condition | undefined>>): Condition {
  const ofInstance: Condition[] = [];
  const ofElement: Condition[] = [];
  for (const [name, condition] of Object.entries(given)) {
    if (condition !== undefined) (name in elementProperties ? ofElement : ofInstance).push(condition);
  }
  if (ofElement.length > 0) ofInstance.push(exists('element_instances e', 'e.process_instance_key = t.key', all(ofElement)));
  return all(ofInstance);
}

const properties = { ...ownProperties, ...elementProperties };
const alternatives: FilterProperty = limitedList(filterOf(properties, combine)).transform((conditions) => (conditions.length === 0 ? ALWAYS : any(conditions)));

/** The filter of process instances, `$or` included. */
export const processInstanceFilter: z.ZodType<Condition> = filterOf({ ...properties, $or: alternatives }, combine);

export const processInstances: Searchable = {
  columns: `t.key, t.bpmn_process_id, t.process_definition_key, t.parent_process_instance_key, t.parent_element_instance_key, t.state,
    t.start_date, t.end_date, t.tags, d.name, d.version, d.version_tag, t.key IN ${STUCK} AS has_incident`,
  from: INSTANCE_ROWS,
  key: 't.key',
  sort: {
    processInstanceKey: { sql: 't.key' },
    processDefinitionId: { sql: 't.bpmn_process_id' },
    processDefinitionName: { sql: 'coalesce(d.name, t.bpmn_process_id)' },
    processDefinitionVersion: { sql: 'd.version' },
    processDefinitionVersionTag: { sql: 'd.version_tag', nullable: true },
    processDefinitionKey: { sql: 't.process_definition_key' },
    parentProcessInstanceKey: { sql: 't.parent_process_instance_key', nullable: true },
    parentElementInstanceKey: { sql: 't.parent_element_instance_key', nullable: true },
    startDate: { sql: 't.start_date' },
    endDate: { sql: 't.end_date', nullable: true },
    state: { sql: 't.state' },
    hasIncident: { sql: `t.key IN ${STUCK}` },
    tenantId: { sql: `'${TENANT_ID}'` },
  },
  filter: properties,
  show: (row) => ({
    processDefinitionId: textAt(row, 'bpmn_process_id'),
    processDefinitionName: optionalTextAt(row, 'name') ?? textAt(row, 'bpmn_process_id'),
    processDefinitionVersion: numberAt(row, 'version'),
    processDefinitionVersionTag: optionalTextAt(row, 'version_tag'),
    startDate: dateAt(row, 'start_date'),
    endDate: optionalDateAt(row, 'end_date'),
    state: textAt(row, 'state'),
    hasIncident: flagAt(row, 'has_incident'),
    tenantId: TENANT_ID,
    processInstanceKey: keyAt(row, 'key'),
    processDefinitionKey: keyAt(row, 'process_definition_key'),
    parentProcessInstanceKey: optionalKeyAt(row, 'parent_process_instance_key'),
    parentElementInstanceKey: optionalKeyAt(row, 'parent_element_instance_key'),
    tags: optionalJsonAt(row, 'tags') ?? [],
  }),
};
