// The table of operations: complete against the client's own list, listed on the generated page, and true about unknown keys.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operationsPage } from '../../../engine/rest/operations-page.ts';
import { operations } from '../../../engine/rest/operations/index.ts';
import { openTestEngine, type TestEngine } from './engine.ts';
import type { Untyped } from './rows.ts';

const UNKNOWN_KEY = '2251799813999999';

/** Method and path of each operation in the code of the client that the SDK carries. */
function operationsOfClient(): Map<string, string> {
  const require = createRequire(createRequire(import.meta.url).resolve('@camunda8/sdk'));
  const code = readFileSync(require.resolve('@camunda8/orchestration-cluster-api'), 'utf8');
  const found = [...code.matchAll(/var (\w+) = \(options\) => \{\s+return \(options\?*\.client \?\? client\)\.(\w+)\(\{[\s\S]{0,900}?url: "([^"]+)"/g)];
  return new Map(found.map(([, id, method, path]) => [id ?? '', `${method?.toUpperCase()} ${path}`]));
}

describe('the table of operations', () => {
  it('holds exactly the operations of level 8.8 that the client knows', () => {
    const ours = new Map(operations.map(({ operationId, method, path }) => [operationId, `${method} ${path}`]));
    const theirs = operationsOfClient();
    expect(theirs.size).toBe(146);
    expect(Object.fromEntries([...ours].sort())).toEqual(Object.fromEntries([...theirs].sort()));
  });

  it('is what operations.md says', () => {
    expect(readFileSync(new URL('../../../engine/rest/operations.md', import.meta.url), 'utf8'), 'run: node engine/rest/write-operations-page.ts').toBe(operationsPage());
  });
});

describe('an operation', () => {
  let test: TestEngine;
  beforeEach(async () => {
    test = await openTestEngine();
  });
  afterEach(async () => {
    await test.close();
    expect(test.defects).toEqual([]);
  });

  /** The smallest body that an operation takes. */
  const bodies: Record<string, object> = {
    throwJobError: { errorCode: 'E' }, updateJob: { changeset: { retries: 1 } }, assignUserTask: { assignee: 'ada' }, updateUserTask: { action: 'x' },
    createElementInstanceVariables: { variables: { a: 1 } }, activateAdHocSubProcessActivities: { elements: [] }, migrateProcessInstance: { targetProcessDefinitionKey: '1', mappingInstructions: [] },
  };
  const keyed = operations.filter(({ path, missing }) => missing === undefined && /\{\w+Key\}/.test(path));
  const send = (method: string, path: string, body: object) =>
    test.engine.handle({ method, path, headers: { 'content-type': 'application/json' }, body: method === 'GET' || method === 'DELETE' ? undefined : Buffer.from(JSON.stringify(body)), signal: new AbortController().signal });

  it.each(keyed.map((operation) => [operation.operationId, operation] as const))('%s answers 404 for an unknown key, of any size', async (operationId, { method, path }) => {
    for (const key of [UNKNOWN_KEY, '1', '-1', '9223372036854775807']) {
      const answer = await send(method, path.replace(/\{\w+\}/, key), bodies[operationId] ?? {});
      expect([key, answer.status, answer.headers['content-type']]).toEqual([key, 404, 'application/problem+json']);
      const problem = JSON.parse(String(answer.body));
      expect(problem).toMatchObject({ type: 'about:blank', title: 'NOT_FOUND', status: 404, instance: `/v2${path.replace(/\{\w+\}/, key)}` });
      expect(problem.detail).toMatch(new RegExp(`^(Command '\\w+' rejected with code 'NOT_FOUND': Expected to .*|[A-Z][\\w ]+ with key '${key}' not found)$`));
    }
  });

  it.each(operations.filter(({ missing }) => missing !== undefined).map(({ operationId, path }) => [operationId, path] as const))('%s tells the client that it is not offered', async (operationId, path) => {
    const parameters = Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, '1']));
    const call: Untyped = (test.client as Untyped)[operationId].bind(test.client);
    const refused = await call({ ...parameters }, { consistency: { waitUpToMs: 0 } }).then(() => undefined, (error: unknown) => error);
    expect(refused).toMatchObject({ status: 501, title: 'Not Implemented', detail: expect.stringContaining(operationId) });
  });

  it.each(operations.filter(({ missing }) => missing !== undefined).map((operation) => [operation.operationId, operation] as const))('%s is answered with 501 and a sentence', async (_, { method, path }) => {
    const answer = await send(method, path.replace(/\{\w+\}/g, '1'), {});
    expect(answer.status).toBe(501);
    expect(JSON.parse(String(answer.body)).detail).toMatch(/^Operation '\w+' is not offered by the embedded engine: .+\.$/);
  });
});
