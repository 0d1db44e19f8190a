// Variables as rows: what they can be filtered and sorted by, and how one is shown, cut when long.
import { z } from 'zod';
import { optional } from '../request/fields.ts';
import { any } from '../search/condition.ts';
import { exactly, flag, keyFilter, textFilter } from '../search/operators.ts';
import { keyAt, TENANT_ID, textAt } from '../search/row.ts';
import type { Row, Searchable } from '../search/search.ts';

/** Characters of a value that searches show. */
const SHOWN_LENGTH = 8191;

/** The query parameter `truncateValues`; true unless it says false. */
export const truncation: z.ZodType<{ readonly truncateValues: boolean }> = z
  .looseObject({ truncateValues: optional(z.enum(['true', 'false'])) })
  .transform(({ truncateValues }) => ({ truncateValues: truncateValues !== 'false' }));

const shownRow = (row: Row, value: string, cut: boolean) => ({
  name: textAt(row, 'name'),
  value: cut ? value.slice(0, SHOWN_LENGTH) : value,
  isTruncated: cut && value.length > SHOWN_LENGTH,
  tenantId: TENANT_ID,
  variableKey: keyAt(row, 'key'),
  scopeKey: keyAt(row, 'scope_key'),
  processInstanceKey: keyAt(row, 'process_instance_key'),
});

/** Most variables are found by their scope, which is the process instance; those of inner scopes have an index of their own. */
const ofProcessInstance = keyFilter('t.process_instance_key').transform((condition) => {
  if (condition.among === undefined) return condition;
  const { sql, parameters } = condition;
  const ofScope = sql.replace('t.process_instance_key', 't.scope_key');
  return any([{ sql: `${ofScope} AND t.scope_key = t.process_instance_key`, parameters }, { sql: `${sql} AND t.scope_key <> t.process_instance_key`, parameters }]);
});

export const variableRows: Searchable = {
  columns: 't.key, t.name, t.value, t.scope_key, t.process_instance_key',
  from: 'variable_values t',
  key: 't.key',
  sort: {
    value: { sql: 't.value' },
    name: { sql: 't.name' },
    tenantId: { sql: `'${TENANT_ID}'` },
    variableKey: { sql: 't.key' },
    scopeKey: { sql: 't.scope_key' },
    processInstanceKey: { sql: 't.process_instance_key' },
  },
  filter: {
    name: textFilter('t.name'),
    value: textFilter('t.value'),
    tenantId: exactly(`'${TENANT_ID}'`, z.string()),
    isTruncated: flag(`length(t.value) > ${SHOWN_LENGTH}`),
    variableKey: keyFilter('t.key'),
    scopeKey: keyFilter('t.scope_key'),
    processInstanceKey: ofProcessInstance,
  },
  show: (row) => shownRow(row, textAt(row, 'value'), true),
};

/** The variables that a user task sees can be filtered by name only. */
export const taskVariables: Searchable = { ...variableRows, filter: { name: textFilter('t.name') } };

/** The same rows with whole values where the request asks for them. */
export function variablesShown(searchable: Searchable, truncateValues: boolean): Searchable {
  return truncateValues ? searchable : { ...searchable, show: (row) => shownRow(row, textAt(row, 'value'), false) };
}

/** One variable, never cut. */
export function shownVariable(row: Row): object {
  const { isTruncated: _, ...variable } = shownRow(row, textAt(row, 'value'), false);
  return variable;
}
