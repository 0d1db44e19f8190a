/** Models of the registry, and which release has which version. */
import { listLifecycles, type Ledger, type Lifecycle } from '../../ledger/index.ts';
import { PlatformError } from '../../workers/index.ts';
import type { listModels as listOperation, ModelSummary, ModelVersionView, readModel as readOperation } from '../contract/models.ts';
import { toMoment } from '../moment.ts';
import type { Parts } from '../parts.ts';
import { Problem } from '../problem.ts';
import type { Handler } from './handler.ts';

type Registry = Parts['platform']['registry'];
type Model = Awaited<ReturnType<Registry['listModels']>>[number];
type Version = Awaited<ReturnType<Registry['listVersions']>>[number];

/** How long a page waits for the registry. */
const patienceMs = 10_000;

export const listModels: Handler<typeof listOperation> = async ({ gone }, parts) => {
  const { registry } = parts.platform;
  const models = await asked(gone, (signal) => registry.listModels({ signal }));
  return { status: 200, body: { registry: registry.kind, items: models.map(modelSummary).toSorted((a, b) => (a.name < b.name ? -1 : 1)) } };
};

export const readModel: Handler<typeof readOperation> = async ({ params, gone }, parts) => {
  const { registry } = parts.platform;
  return asked(gone, async (signal) => {
    const model = await registry.findModel(params.name, { signal });
    if (model === null) throw new Problem('model-unknown', `The registry has no model "${params.name}". GET /api/models lists those there are.`);
    const versions = await registry.listVersions(model.id, { signal });
    const views = await Promise.all(versions.map((version) => versionView(parts.ledger, registry, version, signal)));
    return { status: 200, body: { ...modelSummary(model), registry: registry.kind, versions: views } };
  });
};

function modelSummary({ name, owner, live, properties }: Model): ModelSummary {
  return { name, owner, live, properties };
}

async function versionView(ledger: Ledger, registry: Registry, version: Version, signal: AbortSignal): Promise<ModelVersionView> {
  const { id, name, author, description, live, createdAt, properties } = version;
  const artifacts = await registry.listArtifacts(id, { signal });
  const digests = artifacts.flatMap(({ digest }) => (digest === null ? [] : [digest]));
  return {
    id,
    version: name,
    author,
    description,
    live,
    createdAt,
    properties,
    artifacts: artifacts.map((artifact) => ({ name: artifact.name, uri: artifact.uri, format: artifact.format?.name ?? null, digest: artifact.digest })),
    releases: (await releasesOf(ledger, digests)).map(({ releaseId, service, state, terms }) => ({ release: releaseId, service, state, validUntil: terms === null ? null : toMoment(terms.validUntil) })),
  };
}

/** Found by the digest of the artefact: names may differ between registry and ledger, bytes may not. */
async function releasesOf(ledger: Ledger, modelDigests: string[]): Promise<Lifecycle[]> {
  const page = await listLifecycles(ledger, { modelDigests, limit: 200 });
  return page.kind === 'page' ? page.items : [];
}

/** The registry's failures as a problem; its own sentence says what to do. */
async function asked<T>(gone: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = AbortSignal.timeout(patienceMs);
  try {
    return await ask(AbortSignal.any([gone, late]));
  } catch (error) {
    if (error instanceof PlatformError) throw new Problem('registry-unavailable', error.message);
    if (late.aborted) throw new Problem('registry-unavailable', `The model registry did not answer within ${patienceMs / 1000} seconds. Try again later.`);
    throw error;
  }
}
