// The model registry port on Kubeflow Model Registry v1alpha3.
import { PlatformError } from '../platform-error.ts';
import type { ModelRegistry, NewVersion, RegistryVersion } from '../ports.ts';
import type { PlatformClient } from '../http/platform-client.ts';
import { stringEquals } from './filter-query.ts';
import { mergeState, toPropertyMap, toValues } from './property-map.ts';
import { createRegistryCalls } from './registry-calls.ts';
import { Artifact, digestProperty, Environment, InferenceServiceRecord, Model, toArtifact, toModel, toVersion, Version } from './registry-objects.ts';
import type { z } from 'zod';

type ModelRecord = z.infer<typeof Model>;
type VersionRecord = z.infer<typeof Version>;

/** Serving environment under which we record what is served. */
export const servingEnvironment = 'stellwerk';

export function createKubeflowRegistry(client: PlatformClient): ModelRegistry {
  const calls = createRegistryCalls(client);
  const part = encodeURIComponent;
  const modelNamed = (name: string, signal: AbortSignal) => calls.find(Model, 'registered_model', { name }, signal);
  const versionNamed = (name: string, modelId: string, signal: AbortSignal) => calls.find(Version, 'model_version', { name, parentResourceId: modelId }, signal);
  const versionOf = (id: string, signal: AbortSignal) => calls.get(Version, `model_versions/${part(id)}`, signal);

  /** Versions name their model by id only. */
  async function withModel(version: VersionRecord, signal: AbortSignal): Promise<RegistryVersion> {
    const model = await calls.get(Model, `registered_models/${part(version.registeredModelId)}`, signal);
    return toVersion(version, model.name);
  }

  async function modelFor({ model }: NewVersion, signal: AbortSignal): Promise<ModelRecord> {
    const { name, owner } = model;
    return calls.findOrMake(() => modelNamed(name, signal), () => calls.post(Model, 'registered_models', { name, ...(owner === undefined ? {} : { owner }) }, signal));
  }

  /** The registry takes a version of a model that does not exist, so the model is looked for first. */
  async function versionFor(wanted: NewVersion, model: ModelRecord, signal: AbortSignal): Promise<VersionRecord> {
    const { name, author, description, properties } = wanted.version;
    const body = {
      name,
      registeredModelId: model.id,
      state: 'LIVE',
      ...(author === undefined ? {} : { author }),
      ...(description === undefined ? {} : { description }),
      customProperties: toPropertyMap(properties ?? {}),
    };
    return calls.findOrMake(() => versionNamed(name, model.id, signal), () => calls.post(Version, 'model_versions', body, signal));
  }

  /** `POST /model_artifacts` without a state makes one in state UNKNOWN, so it is always named. */
  async function artifactFor({ model, version, artifact }: NewVersion, versionId: string, signal: AbortSignal): Promise<void> {
    const name = `${model.name}-${version.name}`;
    const body = {
      artifactType: 'model-artifact',
      name,
      uri: artifact.uri,
      modelFormatName: artifact.format.name,
      ...(artifact.format.version === undefined ? {} : { modelFormatVersion: artifact.format.version }),
      state: 'LIVE',
      customProperties: toPropertyMap({ [digestProperty]: artifact.digest }),
    };
    const look = () => calls.find(Artifact, 'model_artifact', { name, parentResourceId: versionId }, signal);
    const made = await calls.findOrMake(look, () => calls.post(Artifact, `model_versions/${part(versionId)}/artifacts`, body, signal));
    const there = toArtifact(made);
    if (there.digest === artifact.digest && there.uri === artifact.uri) return;
    throw new PlatformError('conflict', 'model-registry', `Version "${version.name}" of "${model.name}" is registered with another artefact (SHA-256 ${there.digest?.slice(0, 12) ?? 'none'}…). Register a new version.`);
  }

  return {
    kind: 'kubeflow',
    async findModel(name, { signal }) {
      const model = await modelNamed(name, signal);
      return model === null ? null : toModel(model);
    },
    async listModels({ signal }) {
      return (await calls.list(Model, 'registered_models', {}, signal)).map(toModel);
    },
    async listVersions(modelId, { signal }) {
      const model = await calls.get(Model, `registered_models/${part(modelId)}`, signal);
      return (await calls.list(Version, `registered_models/${part(modelId)}/versions`, {}, signal)).map((version) => toVersion(version, model.name));
    },
    async findLiveVersions({ name, value }, { signal }) {
      const filterQuery = stringEquals(name, value);
      const found = await calls.list(Version, 'model_versions', filterQuery === null ? {} : { filterQuery }, signal);
      // Checked here too: for names that the filter cannot say, and because one that is ignored would propose everything.
      const live = found.filter((version) => version.state === 'LIVE' && toValues(version.customProperties)[name] === value);
      const names = new Map<string, string>();
      for (const { registeredModelId: id } of live) if (!names.has(id)) names.set(id, (await calls.get(Model, `registered_models/${part(id)}`, signal)).name);
      return live.map((version) => toVersion(version, names.get(version.registeredModelId) ?? ''));
    },
    async getVersion(versionId, { signal }) {
      return withModel(await versionOf(versionId, signal), signal);
    },
    async listArtifacts(versionId, { signal }) {
      const all = await calls.list(Artifact, `model_versions/${part(versionId)}/artifacts`, {}, signal);
      return all.filter(({ artifactType }) => artifactType === 'model-artifact').map(toArtifact);
    },
    async writeState(versionId, state, { signal }) {
      const { customProperties: there } = await versionOf(versionId, signal);
      const customProperties = mergeState(there, state);
      return withModel(await calls.patch(Version, `model_versions/${part(versionId)}`, { customProperties }, signal), signal);
    },
    async registerVersion(wanted, { signal }) {
      const model = await modelFor(wanted, signal);
      const version = await versionFor(wanted, model, signal);
      await artifactFor(wanted, version.id, signal);
      return toVersion(version, model.name);
    },
    async recordServing({ service, versionId, deployed }, { signal }) {
      const desiredState = deployed ? 'DEPLOYED' : 'UNDEPLOYED';
      const version = await versionOf(versionId, signal);
      const environment = await calls.findOrMake(
        () => calls.find(Environment, 'serving_environment', { name: servingEnvironment }, signal),
        () => calls.post(Environment, 'serving_environments', { name: servingEnvironment }, signal),
      );
      const body = { name: service, registeredModelId: version.registeredModelId, servingEnvironmentId: environment.id, modelVersionId: versionId, runtime: 'kserve', desiredState };
      const record = await calls.findOrMake(
        () => calls.find(InferenceServiceRecord, 'inference_service', { name: service, parentResourceId: environment.id }, signal),
        () => calls.post(InferenceServiceRecord, 'inference_services', body, signal),
      );
      if (record.desiredState === desiredState && record.modelVersionId === versionId) return;
      // Another version is served by now: taking this one out says nothing about it.
      if (!deployed && record.modelVersionId !== versionId) return;
      await calls.patch(InferenceServiceRecord, `inference_services/${part(record.id)}`, { modelVersionId: versionId, desiredState }, signal);
    },
  };
}
