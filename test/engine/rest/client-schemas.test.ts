// Whatever the client's own schemas of level 8.8 allow in a request, the engine can read: each field, each operator, each sort, each constant.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../engine/rest/operations/index.ts';
import { requestSchemas, samplesOf } from './client-schemas.ts';
import { openTestEngine, type TestEngine } from './engine.ts';

const schemasOf = requestSchemas();
let test: TestEngine;
beforeAll(async () => {
  test = await openTestEngine();
});
afterAll(async () => {
  await test.close();
  expect(test.defects).toEqual([]);
});

/** Multipart forms have their own tests. */
const forms = ['createDeployment', 'createDocument', 'createDocuments'];
const bodiesOf = (operationId: string): unknown[] => {
  const { body } = schemasOf(operationId);
  return body === undefined || 'not' in body ? [] : samplesOf(body);
};
const withBody = operations.filter(({ operationId, missing }) => missing === undefined && !forms.includes(operationId) && bodiesOf(operationId).length > 0);
/** What the schemas cannot say, and the API asks for all the same: changes that change something. */
const asked = /^(At least one field between \[retries, timeout\] is required|No update data provided\.)/;
/** The engine's part of these comes with another change. */
const stillToCome = [/"afterElementId"/, /"adHocSubProcess"/];

async function answerTo(method: string, path: string, body: unknown): Promise<{ status: number; detail: string }> {
  const gone = new AbortController();
  const leaving = setTimeout(() => gone.abort(), 20);
  const answer = await test.engine.handle({ method, path: path.replace(/\{\w+\}/g, '1'), headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)), signal: gone.signal });
  clearTimeout(leaving);
  const text = answer.body === undefined ? '{}' : String(answer.body);
  return { status: answer.status, detail: answer.status === 400 ? String(JSON.parse(text).detail) : '' };
}

describe('a request as the client allows it', () => {
  it('has many shapes', () => {
    expect(withBody.length).toBeGreaterThan(40);
    expect(withBody.flatMap(({ operationId }) => bodiesOf(operationId)).length).toBeGreaterThan(1500);
  });

  it.each(withBody.map((operation) => [operation.operationId, operation] as const))('is read by %s', async (operationId, { method, path }) => {
    const refused = new Map<string, unknown>();
    for (const body of bodiesOf(operationId)) {
      if (stillToCome.some((one) => one.test(JSON.stringify(body)))) continue;
      const { status, detail } = await answerTo(method, path, body);
      expect(status, JSON.stringify(body)).toBeLessThan(500);
      if (status === 400 && !asked.test(detail)) refused.set(detail, body);
    }
    expect(Object.fromEntries(refused)).toEqual({});
  });
});
