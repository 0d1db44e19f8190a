// Any request at all, at every operation, against a working engine: answered in the reference's shapes, never with a 500, and the engine still works.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { operations } from '../../../engine/rest/operations/index.ts';
import { dmn, form, oneJob, review, waiting } from './diagrams.ts';
import { file, openTestEngine } from './engine.ts';
import type { Untyped } from './rows.ts';

/** Names that bodies have somewhere, and names that no body has. */
const NAMES = [
  'filter', 'sort', 'page', 'field', 'order', 'limit', 'from', 'after', 'before', '$eq', '$neq', '$exists', '$in', '$notIn', '$like', '$gt', '$lte', '$or', 'state', 'processInstanceKey', 'processDefinitionId', 'processDefinitionKey',
  'variables', 'name', 'value', 'type', 'timeout', 'maxJobsToActivate', 'requestTimeout', 'retries', 'changeset', 'result', 'denied', 'corrections', 'elements', 'elementId', 'migrationPlan', 'targetProcessDefinitionKey', 'mappingInstructions',
  'moveInstructions', 'sourceElementId', 'targetElementId', 'activateInstructions', 'terminateInstructions', 'startInstructions', 'runtimeInstructions', 'signalName', 'correlationKey', 'decisionDefinitionId', 'timestamp', 'assignee', 'tags',
  'batchOperationId', 'incidentErrorHashCode', '__proto__', 'constructor', 'toString', '',
];

const texts = fc.oneof(fc.constantFrom('a', 'r', 'ACTIVE', 'asc', 'DESC', '<default>', '2026-01-01T00:00:00Z', '+999999-01-01T00:00:00Z', '9223372036854775807', '\u0000', '\ud800', '*', 'x'.repeat(2000)), fc.string({ unit: 'binary' }));
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true }, texts, fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, -1, 0, 1, 10_001, 2 ** 31, 2 ** 53, 1e308),
    fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 5 }),
  ),
})).value;
const json = values.map((value) => Buffer.from(JSON.stringify(value) ?? ''));
/** Cut in the middle, or with a byte turned. */
const damaged = fc.tuple(json, fc.nat(), fc.option(fc.nat({ max: 255 }))).map(([bytes, at, byte]) => {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  if (byte === null) return bytes.subarray(0, place);
  bytes[place] = byte;
  return bytes;
});
const multipart = fc.array(fc.record({ name: fc.constantFrom('resources', 'file', 'files', 'metadata', 'metadataList', 'tenantId', 'other'), fileName: fc.option(fc.constantFrom('a.bpmn', 'd.dmn', 'f.form', '', 'ü\u0000.txt')), content: fc.oneof(json, damaged, fc.uint8Array().map((bytes) => Buffer.from(bytes))) }), { maxLength: 3 })
  .map((parts) => Buffer.concat([
    ...parts.flatMap(({ name, fileName, content }) => [Buffer.from(`--b\r\ncontent-disposition: form-data; name="${name}"${fileName === null ? '' : `; filename="${fileName}"`}\r\n\r\n`), content, Buffer.from('\r\n')]),
    Buffer.from('--b--\r\n'),
  ]));
const requests = fc.oneof(
  { weight: 4, arbitrary: json.map((body) => ({ body, contentType: 'application/json' })) },
  { weight: 2, arbitrary: damaged.map((body) => ({ body, contentType: 'application/json' })) },
  { weight: 2, arbitrary: multipart.map((body) => ({ body, contentType: 'multipart/form-data; boundary=b' })) },
  { weight: 1, arbitrary: fc.record({ body: json, contentType: fc.constantFrom('', 'text/plain', 'multipart/form-data', 'application/json; charset=utf-16', 'application/problem+json', '\u00ff') }) },
  { weight: 1, arbitrary: fc.constant({ body: Buffer.alloc(0), contentType: 'application/json' }) },
);
const queries = fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom('?truncateValues=maybe', '?truncateValues=false', '?storeId=x', '?contentHash=0', '?documentId=', '?%', '?=&=', `?${'a=b&'.repeat(500)}`) });

it('is answered', async () => {
  const test = await openTestEngine();
  const client: Untyped = test.client;
  await client.createDeployment({ resources: [file('a.bpmn', oneJob('a')), file('r.bpmn', review('r')), file('w.bpmn', waiting('w')), file('f.form', form()), file('d.dmn', dmn)] });
  for (const id of ['a', 'r', 'w']) await client.createProcessInstance({ processDefinitionId: id, variables: { amount: 1, orderId: 'o' } });
  const keys = ['2251799813685249', '2251799813685250', '2251799813685260', '2251799813685270', '2251799813685280', '0', '-1', '9223372036854775807', '9223372036854775808', 'x', '%00', '%ff', '..%2f..', '1e3'];
  const seen = new Map<number, number>();
  const touched = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...operations), fc.constantFrom(...keys), requests, queries, async ({ operationId, method, path }, key, { body, contentType }, query) => {
      const gone = new AbortController();
      const answering = test.engine.handle({ method, path: path.replace(/\{\w+\}/g, key) + query, headers: { 'content-type': contentType }, body: body.length === 0 ? undefined : body, signal: gone.signal });
      // Polls and awaited results are held; nobody waits for those here.
      const leaving = setTimeout(() => gone.abort(), 50);
      const answer = await answering;
      clearTimeout(leaving);
      touched.add(operationId);
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      const request = `${operationId} ${key}${query} ${contentType} ${body.toString().slice(0, 500)} → ${answer.status} ${String(answer.body).slice(0, 500)}`;
      expect([200, 201, 204, 400, 403, 404, 409, 415, 501, 504], request).toContain(answer.status);
      if (answer.status >= 400) {
        expect(answer.headers['content-type'], request).toBe('application/problem+json');
        expect(JSON.parse(String(answer.body)), request).toEqual({ type: 'about:blank', title: expect.any(String), status: answer.status, detail: expect.stringMatching(/\S/), instance: expect.stringMatching(/^\/v2\//) });
      } else if (answer.status === 204) expect(answer.body, request).toBeUndefined();
    }),
    { numRuns: 4000, seed: 20_261_122 },
  );
  expect(test.defects).toEqual([]);
  expect(operations.filter(({ operationId }) => !touched.has(operationId)).map(({ operationId }) => operationId)).toEqual([]);
  for (const status of [200, 204, 400, 404, 415, 501]) expect(seen.get(status) ?? 0, `answers with ${status}`).toBeGreaterThan(10);
  test.clock.reset();
  await client.createDeployment({ resources: [file('after.bpmn', oneJob('after'))] });
  expect((await client.createProcessInstance({ processDefinitionId: 'after' })).processInstanceKey).toMatch(/^\d+$/);
  await test.close();
}, 120_000);
