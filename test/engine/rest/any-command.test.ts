// Commands with bodies that are almost right, against a working engine: refused or done, never a defect, and the engine still works.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { operations } from '../../../engine/rest/operations/index.ts';
import { dmn, form, oneJob, review, waiting } from './diagrams.ts';
import { file, openTestEngine } from './engine.ts';
import type { Untyped } from './rows.ts';

it('survives any body at any command', async () => {
  const test = await openTestEngine();
  const client: Untyped = test.client;
  await client.createDeployment({ resources: [file('a.bpmn', oneJob('a')), file('r.bpmn', review('r')), file('w.bpmn', waiting('w')), file('f.form', form()), file('d.dmn', dmn)] });
  const keys = new Set<string>(['0', '-1', '9007199254740993']);
  for (const id of ['a', 'r', 'w']) keys.add((await client.createProcessInstance({ processDefinitionId: id, variables: { amount: 1, orderId: 'o' } })).processInstanceKey);
  const { jobs } = await client.activateJobs({ type: 'a', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: -1 });
  keys.add(jobs[0].jobKey);
  for (const { userTaskKey, elementInstanceKey } of (await client.searchUserTasks({}, { consistency: { waitUpToMs: 0 } })).items) keys.add(userTaskKey).add(elementInstanceKey);

  const json = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 })),
  })).value;
  const text = fc.oneof(fc.constantFrom('a', 'r', 'w', 'route', 'paid', 'o', 'E', '', '<default>', 'ada'), fc.string());
  const number = fc.oneof(fc.constantFrom(0, 1, -1, 5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e300, '7', '9223372036854775807'), fc.integer());
  const one = (right: fc.Arbitrary<unknown>) => fc.oneof({ weight: 4, arbitrary: right }, { weight: 1, arbitrary: json });
  const body = fc.record({
    processDefinitionId: one(text), processDefinitionKey: one(number), processDefinitionVersion: one(number), variables: one(fc.dictionary(fc.string(), json)), tags: one(fc.array(text)),
    type: one(text), worker: one(text), timeout: one(number), maxJobsToActivate: one(number), fetchVariable: one(fc.array(text)), requestTimeout: fc.constant(-1),
    retries: one(number), errorMessage: one(text), retryBackOff: one(number), errorCode: one(text), changeset: one(fc.record({ retries: number, timeout: number, priority: number, dueDate: text, candidateGroups: fc.array(text) }, { requiredKeys: [] })),
    assignee: one(text), allowOverride: one(fc.boolean()), action: one(text), name: one(text), signalName: one(text), correlationKey: one(text), timeToLive: one(number), messageId: one(text),
    filter: one(fc.constantFrom({}, { hasIncident: true }, { processDefinitionId: 'none' }, { incidentErrorHashCode: 7 }, { processDefinitionId: { $in: ['w'] } }, { batchOperationId: '1' })), moveInstructions: one(fc.array(fc.record({ sourceElementId: text, targetElementId: text }))),
    migrationPlan: one(fc.record({ targetProcessDefinitionKey: number, mappingInstructions: fc.array(fc.record({ sourceElementId: text, targetElementId: text })) })),
    decisionDefinitionId: one(text), decisionDefinitionKey: one(number), local: one(fc.boolean()), operationReference: one(number), tenantId: one(text),
  }, { requiredKeys: [] });
  /** Fields that some operation takes; each run sends those of the operation, so that it gets past the first check. */
  const fieldsOf: Record<string, readonly string[]> = {
    createProcessInstance: ['processDefinitionId', 'processDefinitionKey', 'processDefinitionVersion', 'variables', 'tags'], activateJobs: ['type', 'worker', 'timeout', 'maxJobsToActivate', 'fetchVariable', 'requestTimeout'],
    completeJob: ['variables'], failJob: ['retries', 'errorMessage', 'retryBackOff', 'variables'], throwJobError: ['errorCode', 'errorMessage', 'variables'], updateJob: ['changeset', 'operationReference'],
    assignUserTask: ['assignee', 'allowOverride', 'action'], unassignUserTask: [], updateUserTask: ['changeset', 'action'], completeUserTask: ['variables', 'action'], publishMessage: ['name', 'correlationKey', 'timeToLive', 'messageId', 'variables', 'tenantId'],
    broadcastSignal: ['signalName', 'variables'], correlateMessage: ['name', 'correlationKey', 'variables'], evaluateDecision: ['decisionDefinitionId', 'decisionDefinitionKey', 'variables'], createElementInstanceVariables: ['variables', 'local'], cancelProcessInstance: ['operationReference'], resolveIncident: [], deleteResource: [],
    cancelProcessInstancesBatchOperation: ['filter'], resolveIncidentsBatchOperation: ['filter'], migrateProcessInstancesBatchOperation: ['filter', 'migrationPlan'], modifyProcessInstancesBatchOperation: ['filter', 'moveInstructions'],
    cancelBatchOperation: [], suspendBatchOperation: [], resumeBatchOperation: [],
  };
  const commands = operations.filter(({ operationId }) => operationId in fieldsOf);
  expect(commands).toHaveLength(Object.keys(fieldsOf).length);
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...commands), body, fc.boolean(), fc.nat(), async ({ operationId, method, path }, given, fitting, at) => {
      const key = [...keys][at % keys.size] ?? '0';
      const sent: Untyped = fitting ? Object.fromEntries(Object.entries(given).filter(([name]) => fieldsOf[operationId]?.includes(name))) : given;
      // All at once would leave nothing for the rest.
      if (operationId === 'cancelProcessInstancesBatchOperation') fc.pre(JSON.stringify(sent.filter) !== '{}');
      const answer = await test.engine.handle({
        method, path: path.replace(/\{\w+\}/, key), headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(sent)), signal: AbortSignal.timeout(2000),
      });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      expect([200, 204, 400, 404, 409, 501], `${operationId} ${JSON.stringify(sent)} → ${String(answer.body)}`).toContain(answer.status);
    }),
    { numRuns: 2000 },
  );
  expect(test.defects).toEqual([]);
  expect(statuses.get(204) ?? 0).toBeGreaterThan(0);
  expect((await client.createProcessInstance({ processDefinitionId: 'a' })).processInstanceKey).toMatch(/^\d+$/);
  await test.close();
});
