// Process definitions: search, read, diagram, start form, statistics.
import { z } from 'zod';
import type { DatabaseSync } from 'node:sqlite';
import { json, text } from '../answer.ts';
import { operation } from '../operation.ts';
import { noSuchEntity } from '../problem.ts';
import { int32, key, optional } from '../request/fields.ts';
import { elementStatistics } from './element-statistics.ts';
import { shownForm } from './forms.ts';
import { processInstanceFilter } from './process-instance-rows.ts';
import { exactly, flag, textFilter } from '../search/operators.ts';
import { flagAt, keyAt, numberAt, optionalTextAt, TENANT_ID, textAt } from '../search/row.ts';
import { findOne, search, searchSchema, type Searchable } from '../search/search.ts';
import { prepared } from '../search/prepared.ts';

const definitions: Searchable = {
  columns: 'd.key, d.name, d.resource_name, d.version, d.version_tag, d.bpmn_process_id, d.start_form_id IS NOT NULL AS has_start_form',
  from: 'process_definitions d',
  key: 'd.key',
  sort: {
    processDefinitionKey: { sql: 'd.key' },
    name: { sql: 'd.name', nullable: true },
    resourceName: { sql: 'd.resource_name' },
    version: { sql: 'd.version' },
    versionTag: { sql: 'd.version_tag', nullable: true },
    processDefinitionId: { sql: 'd.bpmn_process_id' },
    tenantId: { sql: `'${TENANT_ID}'` },
  },
  filter: {
    name: textFilter('d.name'),
    isLatestVersion: flag('d.version = (SELECT max(o.version) FROM process_definitions o WHERE o.bpmn_process_id = d.bpmn_process_id AND o.deleted = 0)'),
    resourceName: exactly('d.resource_name', z.string()),
    version: exactly('d.version', int32),
    versionTag: exactly('d.version_tag', z.string()),
    processDefinitionId: textFilter('d.bpmn_process_id'),
    tenantId: exactly(`'${TENANT_ID}'`, z.string()),
    processDefinitionKey: exactly('d.key', key),
    hasStartForm: flag('d.start_form_id IS NOT NULL'),
  },
  show: (row) => ({
    name: optionalTextAt(row, 'name'),
    resourceName: textAt(row, 'resource_name'),
    version: numberAt(row, 'version'),
    versionTag: optionalTextAt(row, 'version_tag'),
    processDefinitionId: textAt(row, 'bpmn_process_id'),
    tenantId: TENANT_ID,
    processDefinitionKey: keyAt(row, 'key'),
    hasStartForm: flagAt(row, 'has_start_form'),
  }),
};

const NOT_DELETED = { sql: 'd.deleted = 0', parameters: [] };

export const processDefinitionOperations = [
  operation({
    operationId: 'searchProcessDefinitions', method: 'POST', path: '/process-definitions/search', body: searchSchema(definitions), bodyOptional: true,
    answer: ({ db, body }) => search(db, definitions, body, NOT_DELETED),
  }),
  operation({
    operationId: 'getProcessDefinition', method: 'GET', path: '/process-definitions/{processDefinitionKey}',
    answer: ({ db, key, keyText }) => {
      const found = findOne(db, definitions, { sql: 'd.key = ?', parameters: [key] });
      return found === undefined ? noSuchEntity('Process Definition', keyText) : json(found);
    },
  }),
  operation({
    operationId: 'getProcessDefinitionXml', method: 'GET', path: '/process-definitions/{processDefinitionKey}/xml',
    answer: ({ db, key, keyText }) => {
      const row = findDefinition(db, key);
      return row === undefined ? noSuchEntity('Process Definition', keyText) : text('text/xml;charset=utf-8', textAt(row, 'xml'));
    },
  }),
  operation({
    operationId: 'getStartProcessForm', method: 'GET', path: '/process-definitions/{processDefinitionKey}/form',
    answer: ({ db, key, keyText }) => {
      const row = findDefinition(db, key);
      if (row === undefined) return noSuchEntity('Process Definition', keyText);
      return shownForm(prepared(db, 'SELECT * FROM forms WHERE form_id = ? AND deleted = 0 ORDER BY version DESC LIMIT 1').get(row['start_form_id'] ?? null));
    },
  }),
  operation({
    operationId: 'getProcessDefinitionStatistics', method: 'POST', path: '/process-definitions/{processDefinitionKey}/statistics/element-instances',
    body: z.strictObject({ filter: optional(processInstanceFilter) }), bodyOptional: true,
    answer: ({ db, key, keyText, body }) => {
      if (findDefinition(db, key) === undefined) return noSuchEntity('Process Definition', keyText);
      return elementStatistics(db, { column: 'process_definition_key', key }, body.filter);
    },
  }),
];

function findDefinition(db: DatabaseSync, key: number) {
  return prepared(db, 'SELECT xml, start_form_id FROM process_definitions WHERE key = ?').get(key);
}
