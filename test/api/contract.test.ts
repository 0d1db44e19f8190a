/** The contract, the routes and the published OpenAPI are one. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations, problems, problemName, problemType, type Operation, type ProblemName } from '../../api/contract/index.ts';
import { mayAnswer } from '../../api/routes/register.ts';
import { filesUnder } from './files-under.ts';
import { openTestApi, type TestApi } from './open-api.ts';

const root = join(import.meta.dirname, '../..');
const golden = join(root, 'test/golden/openapi.json');

describe('the contract', () => {
  let api: TestApi;
  beforeAll(async () => { api = await openTestApi(); });
  afterAll(() => api.close());

  const all: Operation[] = Object.values(operations);

  it('names each operation once, by its own name', () => {
    expect(all.map(({ id }) => id)).toEqual(Object.keys(operations));
    const addresses = all.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('is what the server publishes as OpenAPI 3.1, operation by operation', async () => {
    const published = (await api.app.inject({ url: '/api/openapi.json' })).json<{ openapi: string; paths: Record<string, Record<string, { operationId: string }>> }>();
    expect(published.openapi).toBe('3.1.0');
    const ids = Object.entries(published.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`));
    expect(ids.toSorted()).toEqual(all.map(({ method, path, id }) => `${method} ${path} ${id}`).toSorted());
  });

  it('changes only together with the golden file', async () => {
    const published = `${JSON.stringify((await api.app.inject({ url: '/api/openapi.json' })).json(), null, 1)}\n`;
    if (process.env['UPDATE_GOLDEN'] === 'yes') await writeFile(golden, published);
    expect(published, 'run with UPDATE_GOLDEN=yes after a wanted change, and read the difference').toBe(await readFile(golden, 'utf8'));
  });

  it('refers only to shapes that it defines', async () => {
    const text = (await api.app.inject({ url: '/api/openapi.json' })).body;
    const schemas = JSON.parse(text).components.schemas;
    const referred = new Set([...text.matchAll(/#\/components\/schemas\/([^"]+)/g)].map(([, name]) => name));
    expect([...referred].toSorted()).toEqual(Object.keys(schemas).toSorted());
  });

  it('imports nothing but zod, so that pages can use it', async () => {
    for (const file of await filesUnder(join(root, 'api/contract'))) {
      const imports = [...(await readFile(file, 'utf8')).matchAll(/from '([^']+)'/g)].map(([, from]) => from);
      expect(imports.filter((from) => from !== 'zod' && !from?.startsWith('./'))).toEqual([]);
    }
  });
});

describe('the problems', () => {
  const names = Object.keys(problems) as ProblemName[];

  it('are each raised by the code, and the code raises no other', async () => {
    const raised = new Set<string>();
    for (const file of await filesUnder(join(root, 'api'))) {
      if (file.includes('/contract/')) continue;
      const source = await readFile(file, 'utf8');
      for (const name of names) if (source.includes(`'${name}'`)) raised.add(name);
      for (const [, name] of source.matchAll(/new Problem\(\s*'([\w-]+)'/g)) expect(names).toContain(name);
    }
    expect([...raised].toSorted()).toEqual(names.toSorted());
  });

  it('are each named by an operation, but for those that no operation of the contract meets', () => {
    const named = names.filter((name) => Object.values(operations).some((operation) => mayAnswer(operation, name)));
    expect(names.filter((name) => !named.includes(name))).toEqual(['engine-call-refused', 'route-unknown']);
  });

  it('have a type that leads back to their name', () => {
    for (const name of names) expect(problemName(problemType(name))).toBe(name);
    expect(problemName('about:blank')).toBeNull();
    expect(problemName('urn:stellwerk:problem:no-such')).toBeNull();
  });
});
