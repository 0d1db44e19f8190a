// The serving port on the local model server: versions are loaded and unloaded; our own router splits the traffic.
import { isTransient, PlatformError } from '../platform-error.ts';
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
    if (model.loaded) return { ...nothing, state: 'ready', message: `"${name}" is loaded.`, digest: await repository.loadedDigest(name, signal), endpoint: { url: address(), model: name } };
    if (model.reason !== '') return { state: 'failed', message: `"${name}" cannot be loaded: ${model.reason.slice(0, 200)}`, digest: model.digest, ...nothing };
    return { state: 'absent', message: `"${name}" is not loaded.`, digest: model.digest, ...nothing };
  }

  async function mustBeLoaded(version: ServedVersionName, options: CallOptions): Promise<Readiness> {
    const found = await readiness(version, options);
    if (found.state === 'ready') return found;
    throw new PlatformError('not-found', 'model-server', `${found.message} Deploy it first.`);
  }

  async function deploy(version: DeployableVersion, options: CallOptions): Promise<Readiness> {
    const before = await readiness(version, options);
    // A file that was changed after it was loaded is read anew by loading.
    if (before.state === 'ready' && before.digest === version.digest) return before;
    const file = (await repository.list(options.signal)).find(({ name }) => name === version.name);
    mustBeTheFile(version, file?.digest ?? null);
    await load(version, options);
    const after = await readiness(version, options);
    mustBeTheFile(version, after.digest);
    return after;
  }

  /** A file that cannot be opened is answered with 503, as KServe does: the index then says why, and trying again does not help. */
  async function load({ name }: ServedVersionName, { signal }: CallOptions): Promise<void> {
    try {
      await repository.load(name, signal);
    } catch (error) {
      if (!isTransient(error) || error.status !== 503) throw error;
      const why = (await repository.list(signal)).find((entry) => entry.name === name)?.reason ?? '';
      if (why === '') throw error;
    }
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
    restore: deploy,
    async remove(version, options) {
      const before = await readiness(version, options);
      if (before.state !== 'ready') return before;
      await repository.unload(version.name, options.signal);
      return readiness(version, options);
    },
  };
}

/** The file in the server's folder is another one than the release names: nothing of it may decide. */
function mustBeTheFile({ name, digest }: DeployableVersion, found: string | null): void {
  if (found === null || found === digest) return;
  throw new PlatformError('conflict', 'model-server', `The file of "${name}" in the model server's folder has SHA-256 ${found.slice(0, 12)}…, the release names ${digest.slice(0, 12)}…. Put the right file there or propose the new one.`);
}
