/** Models over HTTP: what the registry says, joined with the releases that have the artefact. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proposeRelease } from '../../ledger/index.ts';
import { PlatformError } from '../../workers/index.ts';
import { noPlatform } from '../../workers/kubeflow/no-platform.ts';
import type { ModelRegistry } from '../../workers/kubeflow/ports.ts';
import { sha } from '../ledger/lifecycle-fixture.ts';
import { openTestApi, type TestApi } from './open-api.ts';

let fails: Error | null = null;
const family = { id: '1', name: 'credit-risk', owner: 'risk team', live: true, properties: { team: 'risk' } };
const version = (name: string) => ({ id: name, name, model: { id: '1', name: 'credit-risk' }, author: 'tom', description: '# Card', live: name !== 'v1', properties: {}, createdAt: '2026-11-01T00:00:00.000Z' });

/** Two models, two versions; throws what a test wants. */
const registry: ModelRegistry = {
  ...noPlatform.registry,
  kind: 'kubeflow',
  listModels: async () => { if (fails) throw fails; return [{ ...family, id: '2', name: 'zebra' }, family]; },
  findModel: async (name) => { if (fails) throw fails; return name === 'credit-risk' ? family : null; },
  listVersions: async () => [version('v2'), version('v1')],
  listArtifacts: async (id) => [{ id: `a-${id}`, name: 'model', uri: `s3://models/${id}`, format: { name: 'onnx' }, digest: id === 'v2' ? sha('v2') : null, live: true }],
};

let api: TestApi;
let reader: { cookie: string };
beforeAll(async () => {
  api = await openTestApi({ platform: { ...noPlatform, registry } });
  reader = await api.signIn('auditor');
});
afterAll(() => api.close());

const get = async (path: string, headers: Record<string, string> = { cookie: reader.cookie }) => {
  const answer = await api.app.inject({ url: `/api${path}`, headers });
  return { status: answer.statusCode, body: answer.json() };
};

describe('the models', () => {
  it('are those of the registry, by name', async () => {
    expect(await get('/models')).toEqual({ status: 200, body: { registry: 'kubeflow', items: [{ name: 'credit-risk', owner: 'risk team', live: true, properties: { team: 'risk' } }, { name: 'zebra', owner: 'risk team', live: true, properties: { team: 'risk' } }] } });
  });

  it('have versions with their artefacts, and the releases that have the same digest', async () => {
    const proposed = await proposeRelease(api.ledger, { service: 'credit-risk', kind: 'promotion', model: { name: 'credit-risk-v2', version: '2', digest: sha('v2') }, source: 'registry', reference: 'v2', proposedBy: 'x', trainedBy: null });
    const release = proposed.kind === 'proposed' ? proposed.release.releaseId : '';
    const { status, body } = await get('/models/credit-risk');
    expect(status).toBe(200);
    expect(body.versions).toMatchObject([
      { version: 'v2', live: true, author: 'tom', artifacts: [{ uri: 's3://models/v2', format: 'onnx', digest: sha('v2') }], releases: [{ release, service: 'credit-risk', state: 'proposed', validUntil: null }] },
      { version: 'v1', live: false, artifacts: [{ digest: null }], releases: [] },
    ]);
  });

  it('that the registry does not know are not found, and experts and keys may not look', async () => {
    expect(await get('/models/none')).toMatchObject({ status: 404, body: { type: 'urn:stellwerk:problem:model-unknown' } });
    const { secret } = await api.key();
    expect(await get('/models', { authorization: `Bearer ${secret}` })).toMatchObject({ status: 403, body: { type: 'urn:stellwerk:problem:scope-missing' } });
    expect(await get('/models', { cookie: (await api.signIn('expert')).cookie })).toMatchObject({ status: 403, body: { type: 'urn:stellwerk:problem:role-missing' } });
  });

  it('of a registry that does not answer are a problem with its own sentence', async () => {
    fails = new PlatformError('transient', 'model-registry', 'The model registry did not answer. Try again later.');
    expect(await get('/models')).toMatchObject({ status: 503, body: { type: 'urn:stellwerk:problem:registry-unavailable', detail: 'The model registry did not answer. Try again later.' } });
    expect((await get('/models/credit-risk')).status).toBe(503);
    fails = null;
    expect(api.errors).toEqual([]);
  });
});
