// Batch operations: one command for all process instances that a filter finds; search, suspend, resume, cancel.
import { z } from 'zod';
import type { DatabaseSync } from 'node:sqlite';
import type { BatchItem, BatchPlan } from '../../batch-operation/records.ts';
import type { Core } from '../../core.ts';
import { json, type Answer } from '../answer.ts';
import { operation, type Operation } from '../operation.ts';
import { invalidBatchOperationKey, noSuchEntity } from '../problem.ts';
import { key, operationReference, requiredText } from '../request/fields.ts';
import { all, type Condition } from '../search/condition.ts';
import { prepared } from '../search/prepared.ts';
import { findOne, search, searchSchema } from '../search/search.ts';
import { batchOperationItems, batchOperations } from './batch-operation-rows.ts';
import { INSTANCE_ROWS, processInstanceFilter } from './process-instance-rows.ts';
import { rejected, submitted } from './rejection.ts';

const elementPair = z.strictObject({ sourceElementId: requiredText, targetElementId: requiredText }).transform(({ sourceElementId, targetElementId }) => ({ source: sourceElementId, target: targetElementId }));
const common = { filter: processInstanceFilter, operationReference };

const selection = z.strictObject(common);
const migration = z.strictObject({ ...common, migrationPlan: z.strictObject({ targetProcessDefinitionKey: key, mappingInstructions: z.array(elementPair) }) });
const modification = z.strictObject({ ...common, moveInstructions: z.array(elementPair) });

export const batchOperationOperations: readonly Operation[] = [
  operation({
    operationId: 'cancelProcessInstancesBatchOperation', method: 'POST', path: '/process-instances/cancellation', body: selection,
    answer: ({ core, body: { filter } }) => begin(core, { type: 'CANCEL_PROCESS_INSTANCE' }, instancesOf(core.db, all([filter, ROOT]))),
  }),
  operation({
    operationId: 'resolveIncidentsBatchOperation', method: 'POST', path: '/process-instances/incident-resolution', body: selection,
    answer: ({ core, body: { filter } }) => begin(core, { type: 'RESOLVE_INCIDENT' }, incidentsOf(core.db, filter)),
  }),
  operation({
    operationId: 'migrateProcessInstancesBatchOperation', method: 'POST', path: '/process-instances/migration', body: migration,
    answer: ({ core, body: { filter, migrationPlan: { targetProcessDefinitionKey, mappingInstructions } } }) =>
      begin(core, { type: 'MIGRATE_PROCESS_INSTANCE', targetProcessDefinitionKey, mapping: mappingInstructions }, instancesOf(core.db, filter)),
  }),
  operation({
    operationId: 'modifyProcessInstancesBatchOperation', method: 'POST', path: '/process-instances/modification', body: modification,
    answer: ({ core, body: { filter, moveInstructions } }) => begin(core, { type: 'MODIFY_PROCESS_INSTANCE', moves: moveInstructions }, instancesOf(core.db, filter)),
  }),
  operation({
    operationId: 'getBatchOperation', method: 'GET', path: '/batch-operations/{batchOperationKey}', unreadableKey: invalidBatchOperationKey,
    answer: ({ db, key: batchOperationKey, keyText }) => {
      const found = findOne(db, batchOperations, { sql: 't.key = ?', parameters: [batchOperationKey] });
      return found === undefined ? noSuchEntity('Batch Operation', keyText) : json(found);
    },
  }),
  operation({
    operationId: 'searchBatchOperations', method: 'POST', path: '/batch-operations/search', body: searchSchema(batchOperations), bodyOptional: true,
    answer: ({ db, body }) => search(db, batchOperations, body),
  }),
  operation({
    operationId: 'searchBatchOperationItems', method: 'POST', path: '/batch-operation-items/search', body: searchSchema(batchOperationItems), bodyOptional: true,
    answer: ({ db, body }) => search(db, batchOperationItems, body),
  }),
  ...([['cancel', 'cancellation'], ['suspend', 'suspension'], ['resume', 'resumption']] as const).map(([verb, path]) =>
    operation({
      operationId: `${verb}BatchOperation`, method: 'POST', path: `/batch-operations/{batchOperationKey}/${path}`, unreadableKey: invalidBatchOperationKey,
      answer: ({ core, key: batchOperationKey }) => submitted(core, verb.toUpperCase(), { type: `batch-operation.${verb}`, batchOperationKey }),
    })),
];

async function begin(core: Core, plan: BatchPlan, items: readonly BatchItem[]): Promise<Answer> {
  const result = await core.submit({ type: 'batch-operation.create', plan, items });
  return result.ok ? json({ batchOperationKey: String(result.answer.batchOperationKey), batchOperationType: plan.type }) : rejected('CREATE', result.rejection);
}

/** Called instances end with the one that called them. */
const ROOT: Condition = { sql: 't.parent_process_instance_key IS NULL', parameters: [] };
/** Nothing can be done to what has ended. */
const ACTIVE: Condition = { sql: `t.state = 'ACTIVE'`, parameters: [] };

// The store itself is asked, also where searches lag behind: what is active now is what can be changed.
function instancesOf(db: DatabaseSync, filter: Condition): BatchItem[] {
  const { sql, parameters } = all([ACTIVE, filter]);
  const rows = prepared(db, `SELECT t.key FROM ${INSTANCE_ROWS} WHERE ${sql} ORDER BY t.key`).all(...parameters);
  return rows.map((row) => ({ itemKey: Number(row['key']), processInstanceKey: Number(row['key']) }));
}

function incidentsOf(db: DatabaseSync, filter: Condition): BatchItem[] {
  const { sql, parameters } = all([ACTIVE, filter]);
  const rows = prepared(db, `SELECT n.key, n.process_instance_key FROM incidents n WHERE n.state = 'ACTIVE'
    AND n.process_instance_key IN (SELECT t.key FROM ${INSTANCE_ROWS} WHERE ${sql}) ORDER BY n.key`).all(...parameters);
  return rows.map((row) => ({ itemKey: Number(row['key']), processInstanceKey: Number(row['process_instance_key']) }));
}
