// The platform where nothing was composed: every call says so. Workers of cases never call it.
import { noPipelines } from './pipelines/no-pipelines.ts';
import { PlatformError, type PlatformSystem } from './platform-error.ts';
import type { ModelRegistry, Platform, ServingDeployment } from './ports.ts';

function refuse(system: PlatformSystem): () => Promise<never> {
  return () => Promise.reject(new PlatformError('not-configured', system, 'Neither a serving platform nor the local model server is composed into this process.'));
}

const serving = refuse('model-server');
const registry = refuse('model-registry');

const deployment: ServingDeployment = {
  kind: 'local',
  trafficSplit: 'router',
  deploy: serving,
  readiness: serving,
  awaitReadiness: serving,
  setCanaryShare: serving,
  promote: serving,
  restore: serving,
  remove: serving,
};

const models: ModelRegistry = {
  kind: 'local',
  findModel: registry,
  listModels: registry,
  listVersions: registry,
  findLiveVersions: registry,
  getVersion: registry,
  listArtifacts: registry,
  writeState: registry,
  registerVersion: registry,
  recordServing: registry,
};

export const noPlatform: Platform = { deployment, pipelines: noPipelines, registry: models };
