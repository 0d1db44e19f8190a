// What is declared to KServe and what its status means, without a cluster: manifests, hand edits, readiness, and the calls as they are sent.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readDeclaration, writeDeclaration, type Declaration } from '../../../workers/kubeflow/kserve/declaration.ts';
import { findHandEdits } from '../../../workers/kubeflow/kserve/hand-edits.ts';
import type { InferenceService } from '../../../workers/kubeflow/kserve/inference-service.ts';
import { toManifest } from '../../../workers/kubeflow/kserve/manifest.ts';
import { readReadiness } from '../../../workers/kubeflow/kserve/read-readiness.ts';
import type { KServeMode } from '../../../workers/kubeflow/settings.ts';
import { options, platformOn, standIn } from './platform-fixture.ts';
import type { StandInCall, StandInReply } from './stand-in-server.ts';

const versionOf = (name: string) => ({ name, storageUri: `s3://${name}`, format: { name: 'sklearn' }, digest: 'a'.repeat(64), protocol: 'v2' as const });
const alone: Declaration = { stable: versionOf('one'), candidate: null, percent: 0, rolledBack: false };
const beside: Declaration = { stable: versionOf('one'), candidate: versionOf('two'), percent: 10, rolledBack: false };
const one = { service: 'iris', name: 'one' };
const two = { service: 'iris', name: 'two' };

function objectOf(declaration: Declaration, mode: KServeMode, status: InferenceService['status'] = undefined, generation = 1): InferenceService {
  const { metadata, spec } = toManifest('iris', declaration, mode, null);
  return { metadata: { uid: 'u', resourceVersion: '7', generation, name: metadata.name, annotations: metadata.annotations }, spec: structuredClone(spec), ...(status === undefined ? {} : { status }) };
}

describe('the manifest', () => {
  it('says in Knative mode the model of the newest revision and its share', () => {
    expect(toManifest('iris', beside, 'Knative', '7')).toMatchObject({ metadata: { resourceVersion: '7', annotations: { 'serving.kserve.io/deploymentMode': 'Knative', 'serving.kserve.io/enable-tag-routing': 'true' } }, spec: { predictor: { canaryTrafficPercent: 10, model: { storageUri: 's3://two', protocolVersion: 'v2', modelFormat: { name: 'sklearn' } } } } });
    expect(toManifest('iris', alone, 'Knative', null).spec).toEqual({ predictor: { model: { modelFormat: { name: 'sklearn' }, protocolVersion: 'v2', storageUri: 's3://one' } } });
    expect(toManifest('iris', { ...alone, rolledBack: true }, 'Knative', null).spec).toMatchObject({ predictor: { canaryTrafficPercent: 0, model: { storageUri: 's3://one' } } });
  });

  it('says in Standard mode a named predictor and an entry beside it', () => {
    expect(toManifest('iris', beside, 'Standard', null).spec).toEqual({
      predictor: { name: 'one', model: { modelFormat: { name: 'sklearn' }, protocolVersion: 'v2', storageUri: 's3://one' } },
      canary: [{ trafficPercent: 10, predictor: { name: 'two', model: { name: 'kserve-container', modelFormat: { name: 'sklearn' }, protocolVersion: 'v2', storageUri: 's3://two' } } }],
    });
  });

  it('keeps the declaration in an annotation, always in the same words', () => {
    const text = writeDeclaration(beside);
    expect(readDeclaration({ 'stellwerk/declaration': text })).toEqual(beside);
    expect(writeDeclaration(readDeclaration({ 'stellwerk/declaration': text }) ?? alone)).toBe(text);
    for (const broken of [undefined, {}, { 'stellwerk/declaration': '{' }, { 'stellwerk/declaration': '{"percent":400}' }]) expect(readDeclaration(broken)).toBeNull();
  });
});

describe('an edit by hand', () => {
  it.each([
    ['the model', 'Knative', (it: InferenceService) => { it.spec['predictor'] = { canaryTrafficPercent: 10, model: { modelFormat: { name: 'sklearn' }, protocolVersion: 'v2', storageUri: 's3://x' } }; }, ['spec.predictor.model.storageUri']],
    ['the share', 'Knative', (it: InferenceService) => { it.spec['predictor'] = { ...(it.spec['predictor'] as object), canaryTrafficPercent: 90 }; }, ['spec.predictor.canaryTrafficPercent']],
    ['an entry too many', 'Standard', (it: InferenceService) => { it.spec['canary'] = [...(it.spec['canary'] as object[]), {}]; }, ['spec.canary']],
    ['the mode', 'Knative', (it: InferenceService) => { it.metadata.annotations!['serving.kserve.io/deploymentMode'] = 'Standard'; }, ['metadata.annotations.serving.kserve.io/deploymentMode']],
    ['our declaration gone', 'Knative', (it: InferenceService) => { it.metadata.annotations = {}; }, ['metadata.annotations: our declaration is missing']],
  ] as const)('is found: %s', (_, mode, edit, found) => {
    const object = objectOf(beside, mode);
    expect(findHandEdits(object, mode)).toEqual([]);
    edit(object);
    expect(findHandEdits(object, mode)).toEqual(found);
    expect(readReadiness(two, object, mode)).toMatchObject({ state: 'edited-by-hand', endpoint: null });
  });

  it('is a split where none is declared', () => {
    for (const mode of ['Knative', 'Standard'] as const) {
      const object = objectOf(alone, mode);
      object.spec['canary'] = [{ trafficPercent: 5 }];
      object.spec['predictor'] = { ...(object.spec['predictor'] as object), canaryTrafficPercent: 5 };
      expect(findHandEdits(object, mode)).toEqual(['spec.canary', 'spec.predictor.canaryTrafficPercent']);
    }
  });

  it('is not what others may set', () => {
    const object = objectOf(beside, 'Knative');
    object.spec['predictor'] = { ...(object.spec['predictor'] as object), minReplicas: 2, resources: {} };
    object.metadata.annotations!['kubectl.kubernetes.io/last-applied-configuration'] = '{}';
    expect(findHandEdits(object, 'Knative')).toEqual([]);
  });
});

describe('readiness', () => {
  const up = [{ type: 'Ready', status: 'True', reason: '', message: '' }];
  const split = { predictor: { latestCreatedRevision: 'r2', latestReadyRevision: 'r2', latestRolledoutRevision: 'r1', traffic: [{ latestRevision: true, percent: 10, revisionName: 'r2', url: 'http://latest' }, { latestRevision: false, percent: 90, revisionName: 'r1', tag: 'prev', url: 'http://prev/' }] } };
  const knative = { observedGeneration: 1, conditions: up, components: split };

  it('is absent without the object, without the version and while the object goes', () => {
    expect(readReadiness(one, null, 'Knative').state).toBe('absent');
    expect(readReadiness({ service: 'iris', name: 'three' }, objectOf(beside, 'Knative', knative), 'Knative').state).toBe('absent');
    const going = objectOf(beside, 'Knative', knative);
    going.metadata.deletionTimestamp = '2026-11-22T12:00:00Z';
    expect(readReadiness(two, going, 'Knative').state).toBe('absent');
  });

  it('in Knative mode reads the newest revision as the candidate and the one before as the stable version', () => {
    const object = objectOf(beside, 'Knative', knative);
    expect(readReadiness(two, object, 'Knative')).toMatchObject({ state: 'ready', role: 'candidate', trafficPercent: 10, endpoint: { url: 'http://latest', model: 'iris' } });
    expect(readReadiness(one, object, 'Knative')).toMatchObject({ state: 'ready', role: 'stable', trafficPercent: 90, endpoint: { url: 'http://prev', model: 'iris' } });
  });

  it('is not ready while the newest revision is not up: its address leads to an older one', () => {
    const components = { predictor: { ...split.predictor, latestCreatedRevision: 'r3' } };
    expect(readReadiness(two, objectOf(beside, 'Knative', { ...knative, components }), 'Knative')).toMatchObject({ state: 'not-ready', endpoint: null });
  });

  it.each([undefined, {}, { observedGeneration: 1, conditions: up, components: split }])('is not ready while the status is missing or of an older generation', (status) => {
    expect(readReadiness(two, objectOf(beside, 'Knative', status, 2), 'Knative').state).toBe('not-ready');
  });

  it('of the stable version says so where the candidate has all traffic', () => {
    const components = { predictor: { ...split.predictor, traffic: [{ latestRevision: true, percent: 100, revisionName: 'r2' }] } };
    expect(readReadiness(one, objectOf({ ...beside, percent: 100 }, 'Knative', { ...knative, components }), 'Knative')).toMatchObject({ state: 'not-ready', trafficPercent: 0, message: expect.stringContaining('all traffic') });
  });

  it.each([
    [{ transitionStatus: 'BlockedByFailedLoad', lastFailureInfo: { reason: 'ModelLoadFailed', message: 'no bucket' } }, 'ModelLoadFailed, no bucket'],
    [{ transitionStatus: 'InvalidSpec' }, 'InvalidSpec'],
    [{ transitionStatus: 'InProgress', states: { activeModelState: 'Loaded', targetModelState: 'FailedToLoad' }, lastFailureInfo: { reason: 'RuntimeUnhealthy', message: '' } }, 'RuntimeUnhealthy'],
  ])('is failed where the model cannot be loaded: %j', (modelStatus, why) => {
    const status = { observedGeneration: 1, conditions: [{ type: 'Ready', status: 'False', reason: '', message: '' }], modelStatus } as InferenceService['status'];
    expect(readReadiness(one, objectOf(alone, 'Knative', status), 'Knative')).toMatchObject({ state: 'failed', message: expect.stringContaining(why) });
    const canary = { observedGeneration: 1, conditions: up, canaryStatuses: [{ name: 'two', ready: false, trafficPercent: 10, modelStatus }] } as InferenceService['status'];
    expect(readReadiness(two, objectOf(beside, 'Standard', canary), 'Standard')).toMatchObject({ state: 'failed', message: expect.stringContaining(why) });
  });

  it('in Standard mode reads the candidate from its own status and the stable version past it', () => {
    const status = { observedGeneration: 1, url: 'http://iris/', conditions: [{ type: 'PredictorReady', status: 'True', reason: '', message: '' }, { type: 'Ready', status: 'False', reason: '', message: '' }], canaryStatuses: [{ name: 'two', ready: false, trafficPercent: 10 }] };
    const object = objectOf(beside, 'Standard', status);
    expect(readReadiness(one, object, 'Standard')).toMatchObject({ state: 'ready', trafficPercent: 90 });
    expect(readReadiness(two, object, 'Standard')).toMatchObject({ state: 'not-ready', trafficPercent: 10, endpoint: null });
    expect(readReadiness(two, objectOf(beside, 'Standard', { observedGeneration: 1 }), 'Standard')).toMatchObject({ state: 'not-ready' });
  });

  it('names the condition that is waited for', () => {
    const status = { observedGeneration: 1, conditions: [{ type: 'RoutesReady', status: 'Unknown', reason: '', message: 'waiting for load balancer.' }, { type: 'Ready', status: 'Unknown', reason: '', message: '' }] };
    expect(readReadiness(one, objectOf(alone, 'Knative', status), 'Knative').message).toBe('"one" is not ready yet: RoutesReady is Unknown, waiting for load balancer.');
  });
});

describe('a change', () => {
  const version = { service: 'iris', ...versionOf('one') };
  const conflict = { status: 409, json: { kind: 'Status', reason: 'Conflict', message: 'the object has been modified', code: 409 } };
  const notFound = { status: 404, json: { kind: 'Status', reason: 'NotFound', message: 'not found', code: 404 } };

  async function deploymentOn(answer: (call: StandInCall, nth: number) => StandInReply) {
    const server = await standIn(answer);
    const folder = await mkdtemp(join(tmpdir(), 'stellwerk-kserve-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const kubeconfig = join(folder, 'config');
    await writeFile(kubeconfig, `{current-context: a, clusters: [{name: c, cluster: {server: "${server.url}"}}], users: [{name: u, user: {token: t}}], contexts: [{name: a, context: {cluster: c, user: u}}]}`);
    return { server, deployment: platformOn({ kserve: { namespace: 'models', mode: 'Knative', kubeconfig: [kubeconfig] } }).deployment };
  }

  it('is a server-side apply under our field manager, strictly validated, of the version that was read', async () => {
    const seen = objectOf(beside, 'Knative');
    const { server, deployment } = await deploymentOn(() => ({ json: seen }));
    await deployment.setCanaryShare(two, 50, options);
    const [, patch] = server.calls;
    expect(patch).toMatchObject({ method: 'PATCH', path: '/apis/serving.kserve.io/v1beta1/namespaces/models/inferenceservices/iris', headers: { 'content-type': 'application/apply-patch+yaml', authorization: 'Bearer t' } });
    expect(Object.fromEntries(patch?.query ?? [])).toEqual({ fieldManager: 'stellwerk', fieldValidation: 'Strict' });
    expect(JSON.parse(patch?.body ?? '')).toMatchObject({ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: 'iris', resourceVersion: '7' }, spec: { predictor: { canaryTrafficPercent: 50 } } });
  });

  it('is made anew on a fresh state after a conflict, and given up after five', async () => {
    let conflicts = 2;
    const { server, deployment } = await deploymentOn(({ method }) => (method === 'GET' ? notFound : conflicts-- > 0 ? conflict : { json: objectOf(alone, 'Knative') }));
    await deployment.deploy(version, options);
    expect(server.calls.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET', 'PATCH', 'GET', 'PATCH']);
    const always = await deploymentOn(({ method }) => (method === 'GET' ? notFound : conflict));
    await expect(always.deployment.deploy(version, options)).rejects.toMatchObject({ kind: 'conflict' });
    expect(always.server.calls.filter(({ method }) => method === 'PATCH')).toHaveLength(5);
  });

  it('is not forced over the fields of others unless told', async () => {
    const owned = { status: 409, json: { kind: 'Status', reason: 'Conflict', message: 'x', code: 409, details: { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "helm"', field: '.spec.predictor.model.storageUri' }] } } };
    const { server, deployment } = await deploymentOn(({ method, query }) => (method === 'GET' ? notFound : query.get('force') === 'true' ? { json: objectOf(alone, 'Knative') } : owned));
    await expect(deployment.deploy(version, options)).rejects.toMatchObject({ kind: 'edited-by-hand', message: expect.stringContaining('helm') });
    expect(server.calls).toHaveLength(2);
    expect(await deployment.deploy(version, { ...options, takeOver: true })).toMatchObject({ role: 'stable' });
  });

  it('deletes the very object that was seen', async () => {
    const { server, deployment } = await deploymentOn(() => ({ json: objectOf(alone, 'Knative') }));
    await deployment.remove(one, options);
    expect(JSON.parse(server.calls[1]?.body ?? '')).toMatchObject({ kind: 'DeleteOptions', preconditions: { uid: 'u', resourceVersion: '7' } });
  });

  it('says where an answer is no InferenceService', async () => {
    const { deployment } = await deploymentOn(() => ({ json: { kind: 'Pod' } }));
    await expect(deployment.readiness(one, options)).rejects.toMatchObject({ kind: 'permanent' });
  });
});
