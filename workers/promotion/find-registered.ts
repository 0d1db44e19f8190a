// Finds the registry's version and artefact of a release: by the reference it was proposed with, else by the artefact's digest.
import type { Lifecycle } from '../../ledger/index.ts';
import { PlatformError } from '../kubeflow/platform-error.ts';
import type { ModelRegistry, RegistryArtifact, RegistryVersion } from '../kubeflow/ports.ts';

export type Registered = { version: RegistryVersion; artifact: RegistryArtifact | null };

type Wanted = Pick<Lifecycle, 'model' | 'reference' | 'service'>;

/** Null where the registry knows no such version. `artifact` is null where it names none, or several of which none has the digest. */
export async function findRegistered(registry: ModelRegistry, wanted: Wanted, signal: AbortSignal): Promise<Registered | null> {
  const named = wanted.reference === null ? null : await orNull(registry.getVersion(wanted.reference, { signal }));
  if (named !== null) return { version: named, artifact: await artifactOf(registry, named, wanted, signal) };
  const model = (await registry.findModel(wanted.service, { signal })) ?? (await registry.findModel(wanted.model.name, { signal }));
  if (model === null) return null;
  for (const version of await registry.listVersions(model.id, { signal })) {
    const artifact = (await registry.listArtifacts(version.id, { signal })).find(({ digest }) => digest === wanted.model.digest);
    if (artifact !== undefined) return { version, artifact };
  }
  return null;
}

async function artifactOf(registry: ModelRegistry, version: RegistryVersion, { model }: Wanted, signal: AbortSignal): Promise<RegistryArtifact | null> {
  const artifacts = (await registry.listArtifacts(version.id, { signal })).filter(({ live }) => live);
  return artifacts.find(({ digest }) => digest === model.digest) ?? (artifacts.length === 1 ? (artifacts[0] ?? null) : null);
}

async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof PlatformError && (error.kind === 'not-found' || error.kind === 'invalid')) return null;
    throw error;
  }
}
