// Process instances: start (and await), search, read, cancel, and the way they took.
import { z } from 'zod';
import type { DatabaseSync } from 'node:sqlite';
import type { DefinitionReference } from '../../process-instance/records.ts';
import type { Variables } from '../../variable/records.ts';
import { json, type Answer } from '../answer.ts';
import { operation, type Call } from '../operation.ts';
import { awaitTimedOut, invalidArgument, noSuchEntity } from '../problem.ts';
import { delegate, refuse } from '../request/check.ts';
import { int32, int64, key, operationReference, optional, requiredText, tags, tenantOf, variables } from '../request/fields.ts';
import { keyAt, TENANT_ID, textAt } from '../search/row.ts';
import { findOne, search, searchSchema } from '../search/search.ts';
import { elementStatistics } from './element-statistics.ts';
import { incidents } from './incident-rows.ts';
import { processInstanceFilter, processInstances } from './process-instance-rows.ts';
import { rejected, submitted } from './rejection.ts';
import { CALL_TREE } from './stuck.ts';
import { prepared } from '../search/prepared.ts';

/** How long a result is awaited when the request does not say. */
const DEFAULT_AWAIT_MS = 10_000;

const common = {
  variables, operationReference, tags,
  tenantId: tenantOf('CreateProcessInstance'),
  awaitCompletion: optional(z.boolean()),
  requestTimeout: optional(int64),
  fetchVariables: optional(z.array(z.string())),
  startInstructions: optional(z.array(z.strictObject({ elementId: requiredText }))),
  runtimeInstructions: optional(z.array(z.strictObject({ type: optional(z.string()), afterElementId: requiredText }))),
};

const byKey = z.strictObject({ ...common, processDefinitionKey: key, processDefinitionVersion: optional(int32) }).transform(({ processDefinitionKey, ...rest }) => ({ ...rest, definition: { processDefinitionKey } as DefinitionReference }));
const byId = z.strictObject({ ...common, processDefinitionId: requiredText, processDefinitionVersion: optional(int32) }).transform(({ processDefinitionId, processDefinitionVersion, ...rest }) => ({
  ...rest,
  definition: definitionById(processDefinitionId, processDefinitionVersion),
}));

const creation = z.record(z.string(), z.unknown()).transform((given, { issues }) => {
  const hasKey = (given['processDefinitionKey'] ?? undefined) !== undefined;
  const hasId = (given['processDefinitionId'] ?? undefined) !== undefined;
  if (hasKey && hasId) return refuse(issues, () => invalidArgument('Only one of [processDefinitionId, processDefinitionKey] is allowed'));
  if (!hasKey && !hasId) return refuse(issues, () => invalidArgument('At least one of [processDefinitionId, processDefinitionKey] is required'));
  return delegate<Creation>(hasKey ? byKey : byId, withoutNulls(given), issues);
});

type Creation = {
  readonly definition: DefinitionReference;
  readonly variables: Variables;
  readonly tags: readonly string[] | undefined;
  readonly awaitCompletion: boolean | undefined;
  readonly requestTimeout: number | undefined;
  readonly fetchVariables: readonly string[] | undefined;
  readonly startInstructions: readonly { readonly elementId: string }[] | undefined;
  readonly runtimeInstructions: readonly { readonly afterElementId: string }[] | undefined;
};

export const processInstanceOperations = [
  operation({ operationId: 'createProcessInstance', method: 'POST', path: '/process-instances', body: creation, answer: create }),
  operation({
    operationId: 'getProcessInstance', method: 'GET', path: '/process-instances/{processInstanceKey}',
    answer: ({ db, key, keyText }) => {
      const found = findOne(db, processInstances, { sql: 't.key = ?', parameters: [key] });
      return found === undefined ? noSuchEntity('Process Instance', keyText) : json(found);
    },
  }),
  operation({
    operationId: 'searchProcessInstances', method: 'POST', path: '/process-instances/search',
    body: searchSchema(processInstances, processInstanceFilter), bodyOptional: true,
    answer: ({ db, body }) => search(db, processInstances, body),
  }),
  operation({
    operationId: 'cancelProcessInstance', method: 'POST', path: '/process-instances/{processInstanceKey}/cancellation',
    body: z.strictObject({ operationReference }), bodyOptional: true,
    answer: ({ core, key }) => submitted(core, 'CANCEL', { type: 'process-instance.cancel', processInstanceKey: key }),
  }),
  operation({
    operationId: 'getProcessInstanceCallHierarchy', method: 'GET', path: '/process-instances/{processInstanceKey}/call-hierarchy',
    answer: ({ db, key, keyText }) => {
      const rows = callHierarchy(db, key);
      return rows.length === 0 ? noSuchEntity('Process Instance', keyText) : json(rows);
    },
  }),
  operation({
    operationId: 'getProcessInstanceSequenceFlows', method: 'GET', path: '/process-instances/{processInstanceKey}/sequence-flows',
    answer: ({ db, key, keyText }) => (isInstance(db, key) ? json({ items: sequenceFlows(db, key) }) : noSuchEntity('Process Instance', keyText)),
  }),
  operation({
    operationId: 'getProcessInstanceStatistics', method: 'GET', path: '/process-instances/{processInstanceKey}/statistics/element-instances',
    answer: ({ db, key, keyText }) =>
      isInstance(db, key) ? elementStatistics(db, { column: 'process_instance_key', key }) : noSuchEntity('Process Instance', keyText),
  }),
  operation({
    operationId: 'searchProcessInstanceIncidents', method: 'POST', path: '/process-instances/{processInstanceKey}/incidents/search',
    body: searchSchema(incidents), bodyOptional: true,
    answer: ({ db, key, keyText, body }) =>
      isInstance(db, key)
        ? search(db, incidents, body, { sql: `t.process_instance_key IN ${CALL_TREE}`, parameters: [key] })
        : noSuchEntity('Process Instance', keyText),
  }),
];

async function create({ core, body, request }: Call<Creation, undefined>): Promise<Answer> {
  const created = await core.submit({
    type: 'process-instance.create', definition: body.definition, variables: body.variables, ...(body.tags === undefined ? {} : { tags: body.tags }),
    ...(body.startInstructions === undefined ? {} : { startAt: body.startInstructions.map(({ elementId }) => elementId) }),
    // The only kind there is ends the instance.
    ...(body.runtimeInstructions === undefined ? {} : { lastElements: body.runtimeInstructions.map(({ afterElementId }) => afterElementId) }),
  });
  if (!created.ok) return rejected('CREATE', created.rejection);
  const { processInstanceKey, processDefinitionKey, bpmnProcessId, version, tags: given } = created.answer;
  const shown = (result: Variables) => json({
    processDefinitionId: bpmnProcessId, processDefinitionVersion: version, tenantId: TENANT_ID, variables: result,
    processDefinitionKey: String(processDefinitionKey), processInstanceKey: String(processInstanceKey), tags: given,
  });
  if (body.awaitCompletion !== true) return shown({});
  const timeout = body.requestTimeout ?? 0;
  const awaited = await core.awaitResult(processInstanceKey, {
    timeoutMs: timeout > 0 ? timeout : DEFAULT_AWAIT_MS, signal: request.signal, ...(body.fetchVariables === undefined ? {} : { fetchVariables: body.fetchVariables }),
  });
  switch (awaited.kind) {
    case 'completed':
      return shown(awaited.variables);
    case 'timeout':
      return awaitTimedOut(`process instance '${processInstanceKey}'`);
    case 'terminated':
      return rejected('CREATE_WITH_AWAITING_RESULT', { code: 'INVALID_STATE', reason: `Expected process instance '${processInstanceKey}' to complete, but it was cancelled` });
    default:
      return awaited satisfies never;
  }
}

function definitionById(bpmnProcessId: string, version: number | undefined): DefinitionReference {
  return version === undefined || version === -1 ? { bpmnProcessId } : { bpmnProcessId, version };
}

function withoutNulls(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

function isInstance(db: DatabaseSync, key: number): boolean {
  return prepared(db, 'SELECT 1 FROM process_instances WHERE key = ?').get(key) !== undefined;
}

function sequenceFlows(db: DatabaseSync, key: number): object[] {
  const rows = prepared(db, `SELECT f.flow_id, t.key, t.process_definition_key, t.bpmn_process_id
      FROM taken_sequence_flows f JOIN process_instances t ON t.key = f.process_instance_key WHERE f.process_instance_key = ? ORDER BY f.flow_id`)
    .all(key);
  return rows.map((row) => ({
    sequenceFlowId: `${keyAt(row, 'key')}_${textAt(row, 'flow_id')}`,
    processInstanceKey: keyAt(row, 'key'),
    processDefinitionKey: keyAt(row, 'process_definition_key'),
    processDefinitionId: textAt(row, 'bpmn_process_id'),
    elementId: textAt(row, 'flow_id'),
    tenantId: TENANT_ID,
  }));
}

/** From the instance that started it all down to this one. */
function callHierarchy(db: DatabaseSync, key: number): object[] {
  const rows = prepared(db, `WITH RECURSIVE up(key, depth) AS (
        VALUES (CAST(? AS INTEGER), 0)
        UNION ALL SELECT p.parent_process_instance_key, up.depth + 1 FROM up JOIN process_instances p ON p.key = up.key WHERE p.parent_process_instance_key IS NOT NULL)
      SELECT t.key, t.process_definition_key, coalesce(d.name, t.bpmn_process_id) AS name
      FROM up JOIN process_instances t ON t.key = up.key JOIN process_definitions d ON d.key = t.process_definition_key ORDER BY up.depth DESC`)
    .all(key);
  return rows.map((row) => ({
    processInstanceKey: keyAt(row, 'key'),
    processDefinitionKey: keyAt(row, 'process_definition_key'),
    processDefinitionName: textAt(row, 'name'),
  }));
}
