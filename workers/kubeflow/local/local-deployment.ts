// The serving port on the local model server: versions are loaded and unloaded; our own router splits the traffic.
import { PlatformError } from '../platform-error.ts';
import type { CallOptions, DeployableVersion, Readiness, ServedVersionName, ServingDeployment } from '../ports.ts';
import { checkPercent } from '../kserve/declaration.ts';
import type { ModelRepository } from './model-repository.ts';

/** The server knows no roles and no shares: `role` and `trafficPercent` are null, and who decides a case is the ledger's to say. */
export function createLocalDeployment(parts: { repository: ModelRepository; address: () => string }): ServingDeployment {
  const { repository, address } = parts;

  async function readiness({ name }: ServedVersionName, { signal }: CallOptions): Promise<Readiness> {
    const nothing = { role: null, trafficPercent: null, endpoint: null };
    const model = (await repository.list(signal)).find((entry) => entry.name === name);
    if (model === undefined) return { state: 'absent', message: `The local model server has no model "${name}" in its folder.`, digest: null, ...nothing };
    if (model.loaded) return { ...nothing, state: 'ready', message: `"${name}" is loaded.`, digest: model.digest, endpoint: { url: address(), model: name } };
    if (model.reason !== '' && model.reason !== 'unloaded') return { state: 'failed', message: `"${name}" cannot be loaded: ${model.reason.slice(0, 200)}`, digest: model.digest, ...nothing };
    return { state: 'absent', message: `"${name}" is not loaded.`, digest: model.digest, ...nothing };
  }

  async function mustBeLoaded(version: ServedVersionName, options: CallOptions): Promise<Readiness> {
    const found = await readiness(version, options);
    if (found.state === 'ready') return found;
    throw new PlatformError('not-found', 'model-server', `${found.message} Deploy it first.`);
  }

  async function deploy(version: DeployableVersion, options: CallOptions): Promise<Readiness> {
    const before = await readiness(version, options);
    mustHaveDigest(version, before);
    if (before.state === 'ready') return before;
    await repository.load(version.name, options.signal);
    const after = await readiness(version, options);
    mustHaveDigest(version, after);
    return after;
  }

  return {
    kind: 'local',
    trafficSplit: 'router',
    deploy,
    readiness,
    // Loading ends before its answer: there is nothing to wait for.
    awaitReadiness: readiness,
    async setCanaryShare(version, percent, options) {
      checkPercent(percent);
      return mustBeLoaded(version, options);
    },
    promote: mustBeLoaded,
    async remove(version, options) {
      const before = await readiness(version, options);
      if (before.state !== 'ready') return before;
      await repository.unload(version.name, options.signal);
      return readiness(version, options);
    },
  };
}

/** The file in the server's folder is another one than the release names: nothing of it may decide. */
function mustHaveDigest({ name, digest }: DeployableVersion, { digest: found }: Readiness): void {
  if (found === null || found === digest) return;
  throw new PlatformError('conflict', 'model-server', `The file of "${name}" in the model server's folder has SHA-256 ${found.slice(0, 12)}…, the release names ${digest.slice(0, 12)}…. Put the right file there or propose the new one.`);
}
