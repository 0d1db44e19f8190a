// A serving platform, pipelines and a registry in memory: what the ports promise, what the absent controllers would do, and every call noted.
import { PlatformError } from '../../../workers/kubeflow/platform-error.ts';
import type { DeployableVersion, ModelRegistry, PipelineRun, Pipelines, Platform, PropertyValue, Readiness, RegistryArtifact, RegistryVersion, ServedVersionName, ServingDeployment, StartRun } from '../../../workers/kubeflow/ports.ts';

export type StandIn = {
  platform: Platform;
  /** Everything that was really changed, in order: `deploy risk-v2`, `share risk-v2 10`. A call that finds it done changes nothing. */
  changes: string[];
  /** Served versions by name. */
  served: Map<string, { version: DeployableVersion; state: Readiness['state']; digest: string }>;
  /** What a version just declared is like; `ready` unless set. */
  becomes: Readiness['state'];
  /** Name of a call → how it fails, as long as it is there. */
  failing: Map<string, PlatformError>;
  versions: Map<string, { version: RegistryVersion; artifacts: RegistryArtifact[] }>;
  runs: PipelineRun[];
  stable: string | null;
};

export const unavailable = (): PlatformError => new PlatformError('transient', 'kubernetes', 'The platform did not answer.');
export const refused = (): PlatformError => new PlatformError('forbidden', 'kubernetes', 'The account may not do this.');

export function standInPlatform(): StandIn {
  const state: StandIn = { platform: {} as Platform, changes: [], served: new Map(), becomes: 'ready', failing: new Map(), versions: new Map(), runs: [], stable: null };
  const mayFail = (call: string) => {
    const error = state.failing.get(call);
    if (error !== undefined) throw error;
  };
  const readinessOf = ({ name }: ServedVersionName): Readiness => {
    const found = state.served.get(name);
    if (found === undefined) return { state: 'absent', message: 'not declared', digest: null, role: null, trafficPercent: null, endpoint: null };
    return { state: found.state, message: found.state, digest: found.digest, role: state.stable === name ? 'stable' : 'candidate', trafficPercent: null, endpoint: null };
  };
  const change = async (call: string, text: string, isDone: boolean, work: () => void): Promise<void> => {
    mayFail(call);
    if (isDone) return;
    state.changes.push(text);
    work();
  };
  const shares = new Map<string, number>();
  const stages = new Map<string, string>();
  const declare = (version: DeployableVersion) => {
    if (state.served.has(version.name)) return;
    state.served.set(version.name, { version, state: state.becomes, digest: version.digest });
    state.stable ??= version.name;
  };
  const deployment: ServingDeployment = {
    kind: 'kserve',
    trafficSplit: 'platform',
    async deploy(version) {
      await change('deploy', `deploy ${version.name}`, state.served.has(version.name), () => { declare(version); });
      return readinessOf(version);
    },
    async readiness(version) {
      mayFail('readiness');
      return readinessOf(version);
    },
    awaitReadiness: async (version) => readinessOf(version),
    async setCanaryShare(version, percent) {
      await change('share', `share ${version.name} ${percent}`, shares.get(version.name) === percent, () => { shares.set(version.name, percent); });
      return readinessOf(version);
    },
    async promote(version) {
      await change('promote', `promote ${version.name}`, state.stable === version.name, () => { state.stable = version.name; });
      return readinessOf(version);
    },
    async remove(version) {
      await change('remove', `remove ${version.name}`, !state.served.has(version.name), () => { state.served.delete(version.name); });
      return readinessOf(version);
    },
    async restore(version) {
      await change('restore', `restore ${version.name}`, state.stable === version.name, () => { declare(version); state.stable = version.name; });
      return readinessOf(version);
    },
  };

  const runOf = (runId: string): PipelineRun => state.runs.find((run) => run.runId === runId) ?? { runId, key: null, state: 'unknown', message: 'no such run', pipeline: null, parameters: {}, createdAt: null, finishedAt: null };
  const pipelines: Pipelines = {
    kind: 'kubeflow',
    async startRun({ key, pipeline, parameters }: StartRun) {
      mayFail('startRun');
      const before = state.runs.find((run) => run.key === key);
      if (before !== undefined) return before;
      const run: PipelineRun = { runId: `run-${state.runs.length + 1}`, key, state: 'running', message: 'running', pipeline, parameters, createdAt: null, finishedAt: null };
      state.changes.push(`start run ${run.runId}`);
      state.runs.push(run);
      return run;
    },
    async getRun(runId) {
      mayFail('getRun');
      return runOf(runId);
    },
    findRun: async (key) => state.runs.find((run) => run.key === key) ?? null,
    listRuns: async () => ({ runs: state.runs, nextPageToken: null }),
    async terminateRun(runId) {
      await change('terminateRun', `terminate ${runId}`, runOf(runId).state === 'canceled', () => {
        const run = state.runs.find((one) => one.runId === runId);
        if (run !== undefined) run.state = 'canceled';
      });
    },
    retryRun: async () => undefined,
    uploadPipeline: async () => ({ pipelineId: 'p', pipelineVersionId: 'v' }),
    uploadVersion: async () => ({ pipelineId: 'p', pipelineVersionId: 'v' }),
    findPipeline: async () => null,
  };

  const versions = () => [...state.versions.values()].map(({ version }) => version);
  const one = (id: string) => {
    const found = state.versions.get(id);
    if (found === undefined) throw new PlatformError('not-found', 'model-registry', `There is no version ${id}.`);
    return found;
  };
  const registry: ModelRegistry = {
    kind: 'kubeflow',
    findModel: async (name) => {
      mayFail('registry');
      const found = versions().find(({ model }) => model.name === name);
      return found === undefined ? null : { id: found.model.id, name, owner: null, live: true, properties: {} };
    },
    listModels: async () => [],
    listVersions: async (modelId) => versions().filter(({ model }) => model.id === modelId),
    async findLiveVersions({ name, value }) {
      mayFail('registry');
      return versions().filter(({ live, properties }) => live && properties[name] === value);
    },
    async getVersion(id) {
      mayFail('registry');
      return one(id).version;
    },
    async listArtifacts(id) {
      mayFail('registry');
      return one(id).artifacts;
    },
    async writeState(id, written) {
      await change('writeState', `registry ${id} ${written.stage ?? 'none'}`, stages.get(id) === written.stage, () => { stages.set(id, written.stage ?? 'none'); });
      return one(id).version;
    },
    async registerVersion({ model, version, artifact }) {
      await change('registerVersion', `register ${version.name}`, state.versions.has(version.name), () => {
        addVersion(state, { id: version.name, name: version.name, model: model.name, digest: artifact.digest, ...(version.properties === undefined ? {} : { properties: version.properties }) });
      });
      return one(version.name).version;
    },
    recordServing: async () => undefined,
  };
  state.platform = { deployment, pipelines, registry };
  return state;
}

export function addVersion(state: StandIn, given: { id: string; name: string; model: string; digest: string; author?: string; description?: string; properties?: Record<string, PropertyValue> }): void {
  state.versions.set(given.id, {
    version: {
      id: given.id,
      name: given.name,
      model: { id: `model-${given.model}`, name: given.model },
      author: given.author ?? null,
      description: given.description ?? null,
      live: true,
      properties: given.properties ?? {},
      createdAt: '2026-11-20T09:00:00.000Z',
    },
    artifacts: [{ id: `a-${given.id}`, name: given.name, uri: `s3://models/${given.name}`, format: { name: 'onnx' }, digest: given.digest, live: true }],
  });
}
