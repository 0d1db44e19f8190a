// The model registry port on a real Kubeflow Model Registry.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelRegistry } from '../../workers/kubeflow/ports.ts';
import { newNamespace, startRig, whyNoServers, type Rig } from './rig.ts';

describe.skipIf(whyNoServers !== null)('the Model Registry, on a real server', () => {
  const options = { signal: new AbortController().signal };
  const unique = newNamespace();
  const service = `iris-${unique}`;
  const digest = 'b'.repeat(64);
  let rig: Rig;
  let registry: ModelRegistry;
  beforeAll(async () => {
    rig = await startRig();
    registry = rig.platform().registry;
  });
  afterAll(async () => { await rig?.stop(); });

  /** The registry past our client: as a training pipeline or a person uses it. */
  async function byHand(method: string, path: string, body?: unknown): Promise<{ status: number; body: { id: string; customProperties: Record<string, unknown> } & Record<string, unknown> }> {
    const answer = await fetch(`${rig.registryUrl}/api/model_registry/v1alpha3/${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: answer.status, body: await answer.json() };
  }

  const wanted = (name: string, more: Record<string, string | number | boolean> = {}) => ({
    model: { name: `model-${unique}`, owner: 'ml' },
    version: { name, author: 'cleo', description: 'trained on May', properties: { decision_service: service, accuracy: 0.97, rows: 150, approved: false, ...more } },
    artifact: { uri: `s3://models/${name}`, format: { name: 'sklearn', version: '1' }, digest },
  });

  it('registers a version with its model and artefact, once, and reads it back', async () => {
    const made = await registry.registerVersion(wanted('1'), options);
    expect(made).toMatchObject({ name: '1', author: 'cleo', live: true, model: { name: `model-${unique}` }, properties: { decision_service: service, accuracy: 0.97, rows: 150, approved: false } });
    expect(Date.parse(made.createdAt)).toBeGreaterThan(Date.parse('2026-01-01'));
    expect(await registry.registerVersion(wanted('1'), options)).toEqual(made);
    expect(await registry.getVersion(made.id, options)).toEqual(made);
    expect(await registry.listArtifacts(made.id, options)).toEqual([{ id: expect.any(String), name: `model-${unique}-1`, uri: 's3://models/1', format: { name: 'sklearn', version: '1' }, digest, live: true }]);
    expect(await registry.findModel(`model-${unique}`, options)).toMatchObject({ id: made.model.id, owner: 'ml', live: true });
    expect(await registry.findModel('nope', options)).toBeNull();
    expect((await registry.listModels(options)).map(({ name }) => name)).toContain(`model-${unique}`);
  });

  it('refuses another artefact under the name of a registered version', async () => {
    await registry.registerVersion(wanted('2'), options);
    await expect(registry.registerVersion({ ...wanted('2'), artifact: { ...wanted('2').artifact, digest: 'c'.repeat(64) } }, options)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('makes one version where several register it at once', async () => {
    const versions = await Promise.all(Array.from({ length: 4 }, () => registry.registerVersion(wanted('race'), options)));
    expect(new Set(versions.map(({ id }) => id)).size).toBe(1);
    expect(await registry.listArtifacts(versions[0]!.id, options)).toHaveLength(1);
  });

  it('never makes a version of a model that does not exist: the model is made first', async () => {
    const orphan = { ...wanted('1'), model: { name: `orphan-${unique}` } };
    const { model } = await registry.registerVersion(orphan, options);
    expect(await registry.findModel(`orphan-${unique}`, options)).toMatchObject({ id: model.id });
  });

  it('finds live versions by the property that names the service, archived and other ones left out', async () => {
    const one = await registry.registerVersion(wanted('poll-1'), options);
    const two = await registry.registerVersion(wanted('poll-2', { decision_service: `${service}-poll` }), options);
    const three = await registry.registerVersion(wanted('poll-3', { decision_service: `${service}-poll` }), options);
    await byHand('PATCH', `model_versions/${three.id}`, { state: 'ARCHIVED' });
    const found = await registry.findLiveVersions({ name: 'decision_service', value: `${service}-poll` }, options);
    expect(found.map(({ id }) => id)).toEqual([two.id]);
    expect((await registry.findLiveVersions({ name: 'decision_service', value: service }, options)).map(({ id }) => id)).toContain(one.id);
    expect(await registry.findLiveVersions({ name: 'decision_service', value: 'a "quoted" name' }, options)).toEqual([]);
    const run = await registry.registerVersion(wanted('poll-4', { 'pipeline-run': `run-${unique}` }), options);
    expect((await registry.findLiveVersions({ name: 'pipeline-run', value: `run-${unique}` }, options)).map(({ id }) => id)).toEqual([run.id]);
  });

  it('lists all versions over pages, newest first', async () => {
    const name = `many-${unique}`;
    const model = await byHand('POST', 'registered_models', { name });
    for (let index = 0; index < 105; index += 1) await byHand('POST', 'model_versions', { name: String(index), registeredModelId: model.body.id });
    const versions = await registry.listVersions(model.body.id, options);
    expect(new Set(versions.map(({ name: version }) => version)).size).toBe(105);
    expect(versions[0]?.name).toBe('104');
  });

  it('writes the state back without losing what others wrote, and takes it away again', async () => {
    const { id } = await registry.registerVersion(wanted('state'), options);
    const before = (await byHand('GET', `model_versions/${id}`)).body.customProperties;
    await byHand('PATCH', `model_versions/${id}`, { customProperties: { ...before, note: { metadataType: 'MetadataStringValue', string_value: 'by hand' } } });
    const written = await registry.writeState(id, { releaseId: 'rel-1', stage: 'live', validUntil: '2027-01-01T00:00:00.000Z', approvers: ['ada', 'bo'] }, options);
    expect(written.properties).toMatchObject({ decision_service: service, accuracy: 0.97, rows: 150, note: 'by hand', stellwerk_release: 'rel-1', stellwerk_stage: 'live', stellwerk_approvers: 'ada, bo' });
    const later = await registry.writeState(id, { stage: 'expired', validUntil: null }, options);
    expect(later.properties).toMatchObject({ stellwerk_release: 'rel-1', stellwerk_stage: 'expired', note: 'by hand' });
    expect(later.properties).not.toHaveProperty('stellwerk_valid_until');
    expect((await byHand('GET', `model_versions/${id}`)).body.customProperties['rows']).toEqual(before['rows']);
  });

  it('leaves documents and metrics out of the artefacts, and knows no digest where none was written', async () => {
    const { id } = await registry.registerVersion(wanted('artefacts'), options);
    await byHand('POST', `model_versions/${id}/artifacts`, { artifactType: 'doc-artifact', name: 'card', uri: 's3://card' });
    await byHand('POST', `model_versions/${id}/artifacts`, { artifactType: 'metric', name: 'accuracy', value: 0.9 });
    await byHand('POST', `model_versions/${id}/artifacts`, { artifactType: 'model-artifact', name: 'bare', uri: 's3://bare', state: 'LIVE' });
    expect(await registry.listArtifacts(id, options)).toMatchObject([{ name: 'bare', digest: null }, { digest }]);
  });

  it('records which version a service serves, once, and only takes out the one that is recorded', async () => {
    const [one, two] = [await registry.registerVersion(wanted('serve-1'), options), await registry.registerVersion(wanted('serve-2'), options)];
    const record = async () => {
      const environment = await byHand('GET', 'serving_environment?name=stellwerk');
      return (await byHand('GET', `inference_service?name=${service}&parentResourceId=${environment.body.id}`)).body;
    };
    await registry.recordServing({ service, versionId: one.id, deployed: true }, options);
    await registry.recordServing({ service, versionId: one.id, deployed: true }, options);
    expect(await record()).toMatchObject({ modelVersionId: one.id, desiredState: 'DEPLOYED' });
    await registry.recordServing({ service, versionId: two.id, deployed: true }, options);
    await registry.recordServing({ service, versionId: one.id, deployed: false }, options);
    expect(await record()).toMatchObject({ modelVersionId: two.id, desiredState: 'DEPLOYED' });
    await registry.recordServing({ service, versionId: two.id, deployed: false }, options);
    expect(await record()).toMatchObject({ desiredState: 'UNDEPLOYED' });
  });

  it('says what does not exist', async () => {
    await expect(registry.getVersion('999999', options)).rejects.toMatchObject({ kind: 'not-found', status: 404 });
    await expect(registry.getVersion('abc', options)).rejects.toMatchObject({ kind: 'invalid', status: 400 });
    // The server itself does not check the parent of a list.
    expect(await registry.listArtifacts('999999', options)).toEqual([]);
    await expect(registry.writeState('999999', { stage: 'live' }, options)).rejects.toMatchObject({ kind: 'not-found' });
  });
});
