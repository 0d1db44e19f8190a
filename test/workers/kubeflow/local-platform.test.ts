// Deployment and registry without a cluster: on the real local model server, with a folder of models of the test's own.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startModelServer, type ModelServer } from '../../../models/server/index.ts';
import type { Platform } from '../../../workers/kubeflow/ports.ts';
import { options, platformOn } from './platform-fixture.ts';

const artefacts = join(import.meta.dirname, '../../../models/credit-risk/artefacts');
let folder: string;
let server: ModelServer;
let platform: Platform;
let now: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stellwerk-local-'));
  await cp(artefacts, join(folder, 'models/credit-risk/artefacts'), { recursive: true });
  server = await startModelServer({ port: 0, folder: join(folder, 'models'), load: ['credit-risk-v1'] });
  now = Date.parse('2026-11-22T12:00:00Z');
  platform = platformOn({ modelServer: () => server.url, localRegistryFile: join(folder, 'kept/registry.json') }, { now: () => now });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const digestOf = async (name: string) => createHash('sha256').update(await readFile(join(folder, `models/credit-risk/artefacts/${name}/model.onnx`))).digest('hex');
const versionOf = async (name: string) => ({ service: 'credit-risk', name, storageUri: `local://${name}`, format: { name: 'onnx' }, digest: await digestOf(name) });

describe('the deployment on the local model server', () => {
  it('loads a version beside the one that serves, promotes it, takes the other out, each of it twice', async () => {
    const [one, two] = [await versionOf('credit-risk-v1'), await versionOf('credit-risk-v2')];
    const { deployment } = platform;
    expect(deployment).toMatchObject({ kind: 'local', trafficSplit: 'router' });
    expect(await deployment.readiness(two, options)).toMatchObject({ state: 'absent', digest: two.digest });
    for (const _ of [1, 2]) {
      expect(await deployment.deploy(two, options)).toMatchObject({ state: 'ready', digest: two.digest, role: null, trafficPercent: null, endpoint: { url: server.url, model: 'credit-risk-v2' } });
      expect(await deployment.readiness(one, options)).toMatchObject({ state: 'ready' });
    }
    expect(await deployment.setCanaryShare(two, 10, options)).toMatchObject({ state: 'ready' });
    expect(await deployment.promote(two, options)).toMatchObject({ state: 'ready' });
    for (const _ of [1, 2]) expect(await deployment.remove(one, options)).toMatchObject({ state: 'absent' });
    expect((await fetch(`${server.url}/v2/models/credit-risk-v1/ready`)).status).toBe(404);
    expect(await deployment.restore(one, options)).toMatchObject({ state: 'ready' });
    expect(await deployment.awaitReadiness(one, { ...options, timeoutMs: 1 })).toMatchObject({ state: 'ready' });
  });

  it('refuses a file that is not the one of the release, and a share without a loaded version', async () => {
    const two = await versionOf('credit-risk-v2');
    await expect(platform.deployment.deploy({ ...two, digest: 'a'.repeat(64) }, options)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining(two.digest.slice(0, 12)) });
    expect(await platform.deployment.readiness(two, options)).toMatchObject({ state: 'absent' });
    await expect(platform.deployment.setCanaryShare(two, 10, options)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(platform.deployment.promote(two, options)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(platform.deployment.setCanaryShare(two, 101, options)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('tells the digest of what is loaded, not of a file that was changed after that', async () => {
    const one = await versionOf('credit-risk-v1');
    const manifest = join(folder, 'models/credit-risk/artefacts/credit-risk-v1/model.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace(one.digest, 'b'.repeat(64)));
    expect(await platform.deployment.readiness(one, options)).toMatchObject({ state: 'ready', digest: one.digest });
    expect(await platform.registry.listArtifacts('credit-risk-v1', options)).toMatchObject([{ digest: 'b'.repeat(64) }]);
    await expect(platform.deployment.deploy({ ...one, digest: 'b'.repeat(64) }, options)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining(one.digest.slice(0, 12)) });
    expect(await platform.deployment.readiness(one, options)).toMatchObject({ state: 'ready', digest: one.digest });
  });

  it('says of a file that cannot be opened that it failed, and of a model that nobody has that it is absent', async () => {
    const two = await versionOf('credit-risk-v2');
    await writeFile(join(folder, 'models/credit-risk/artefacts/credit-risk-v2/model.onnx'), 'no model');
    expect(await platform.deployment.deploy(two, options)).toMatchObject({ state: 'failed', message: expect.stringContaining('credit-risk-v2') });
    expect(await platform.deployment.readiness({ service: 'credit-risk', name: 'gone' }, options)).toMatchObject({ state: 'absent', digest: null });
  });

  it('is transient while the server is away', async () => {
    const one = await versionOf('credit-risk-v1');
    const away = platformOn({ modelServer: () => 'http://127.0.0.1:1' });
    await expect(away.deployment.readiness(one, options)).rejects.toMatchObject({ kind: 'transient', system: 'model-server' });
  });
});

describe('the local registry', () => {
  const restarted = () => platformOn({ modelServer: () => server.url, localRegistryFile: join(folder, 'kept/registry.json') }, { now: () => now }).registry;

  it('lists the models of the folder, loaded or not, as versions of their family', async () => {
    const { registry } = platform;
    expect(await registry.listModels(options)).toMatchObject([{ id: 'credit-risk', name: 'credit-risk', live: true }]);
    expect(await registry.findModel('credit-risk', options)).toMatchObject({ id: 'credit-risk' });
    expect(await registry.findModel('nope', options)).toBeNull();
    expect(await registry.listVersions('credit-risk', options)).toMatchObject([
      { id: 'credit-risk-v2', name: '2', properties: { decision_service: 'credit-risk' }, live: true, createdAt: '2026-11-22T12:00:00.000Z' },
      { id: 'credit-risk-v1', name: '1' },
    ]);
    expect((await registry.findLiveVersions({ name: 'decision_service', value: 'credit-risk' }, options)).map(({ id }) => id)).toEqual(['credit-risk-v2', 'credit-risk-v1']);
    expect(await registry.findLiveVersions({ name: 'decision_service', value: 'digits' }, options)).toEqual([]);
    expect(await registry.listArtifacts('credit-risk-v2', options)).toMatchObject([{ format: { name: 'onnx' }, digest: await digestOf('credit-risk-v2') }]);
    await expect(registry.getVersion('nope', options)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(registry.listArtifacts('nope', options)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('keeps the time a model was first seen and the state written back over a restart; writers do not lose each other', async () => {
    await platform.registry.listModels(options);
    now += 86_400_000;
    await Promise.all([
      platform.registry.writeState('credit-risk-v1', { stage: 'live', approvers: ['ada', 'bo'] }, options),
      platform.registry.writeState('credit-risk-v1', { releaseId: 'rel-1' }, options),
      platform.registry.writeState('credit-risk-v2', { stage: 'shadow', validUntil: '2027-01-01T00:00:00.000Z' }, options),
    ]);
    expect(await restarted().getVersion('credit-risk-v1', options)).toMatchObject({
      createdAt: '2026-11-22T12:00:00.000Z',
      properties: { decision_service: 'credit-risk', stellwerk_stage: 'live', stellwerk_release: 'rel-1', stellwerk_approvers: 'ada, bo' },
    });
    const later = await restarted().writeState('credit-risk-v2', { validUntil: null }, options);
    expect(later.properties).toEqual({ decision_service: 'credit-risk', stellwerk_stage: 'shadow' });
    await expect(restarted().writeState('nope', { stage: 'live' }, options)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('registers a version whose file lies in the folder, and no other', async () => {
    const wanted = { model: { name: 'credit-risk' }, version: { name: '2', author: 'cleo', properties: { run: 'r-1' } }, artifact: { uri: 'x', format: { name: 'onnx' }, digest: await digestOf('credit-risk-v2') } };
    for (const _ of [1, 2]) expect(await platform.registry.registerVersion(wanted, options)).toMatchObject({ id: 'credit-risk-v2', author: 'cleo', properties: { run: 'r-1' } });
    await expect(platform.registry.registerVersion({ ...wanted, artifact: { ...wanted.artifact, digest: 'c'.repeat(64) } }, options)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(platform.registry.registerVersion({ ...wanted, version: { name: '3' } }, options)).rejects.toMatchObject({ kind: 'not-found', message: expect.stringContaining('as version "2"') });
  });

  it('names its file where it cannot be read, and does not write over it', async () => {
    await platform.registry.listModels(options);
    await writeFile(join(folder, 'kept/registry.json'), '{"versions":');
    await expect(platform.registry.listModels(options)).rejects.toMatchObject({ kind: 'permanent', message: expect.stringContaining('kept/registry.json') });
    expect(await readFile(join(folder, 'kept/registry.json'), 'utf8')).toBe('{"versions":');
  });
});

describe('pipelines where none are configured', () => {
  it('say so at every call', async () => {
    const { pipelines } = platform;
    expect(pipelines.kind).toBe('not-configured');
    await expect(pipelines.startRun({ key: 'k', pipeline: { pipelineId: 'a', pipelineVersionId: 'b' }, parameters: {} }, options)).rejects.toMatchObject({ kind: 'not-configured', message: expect.stringContaining('KUBEFLOW_PIPELINES_URL') });
    await expect(pipelines.getRun('r', options)).rejects.toMatchObject({ kind: 'not-configured' });
  });
});
