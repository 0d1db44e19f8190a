// Looks into the model registry for new versions that name a decision service, and proposes the newest of each.
import { listLifecycles, listServices, proposeRelease, type Ledger } from '../../ledger/index.ts';
import type { Log } from '../log.ts';
import type { ModelRegistry } from '../kubeflow/ports.ts';
import { PlatformError } from '../kubeflow/platform-error.ts';
import { proposalOf } from './proposal-of.ts';

const everyMs = 60_000;
const timeLimitMs = 30_000;

export type RegistryWatch = {
  /** Since the start. */
  metrics(): { proposed: number; failed: number };
  /** Looks now: for a test. */
  look(): Promise<void>;
  stop(): Promise<void>;
};

type Given = { ledger: Ledger; registry: ModelRegistry; serviceProperty: string; log: Log };

/**
 * Looks now and every minute. The local registry is only a view of the model server's folder: from there people propose.
 * A registry that is down is asked again; each failure is logged.
 */
export function watchRegistry(given: Given): RegistryWatch {
  const counts = { proposed: 0, failed: 0 };
  const abort = new AbortController();
  const look = async (): Promise<void> => {
    try {
      counts.proposed += await proposeNewVersions(given, AbortSignal.any([abort.signal, AbortSignal.timeout(timeLimitMs)]));
    } catch (error) {
      if (abort.signal.aborted) return;
      counts.failed += 1;
      const said = error instanceof PlatformError ? { kind: error.kind, detail: error.detail } : { err: error };
      given.log.warn(said, 'The model registry could not be looked into; it is tried again.');
    }
  };
  if (given.registry.kind === 'local') return { metrics: () => counts, look, stop: () => Promise.resolve() };
  let running = look();
  const timer = setInterval(() => { running = running.then(look); }, everyMs);
  timer.unref();
  return {
    metrics: () => ({ ...counts }),
    look,
    stop: async () => {
      abort.abort();
      clearInterval(timer);
      await running;
    },
  };
}

/** How many were proposed. An artefact that was proposed once, however that ended, is not proposed again by itself. */
export async function proposeNewVersions({ ledger, registry, serviceProperty, log }: Given, signal: AbortSignal): Promise<number> {
  let proposed = 0;
  for (const { definition } of await listServices(ledger)) {
    const [newest] = (await registry.findLiveVersions({ name: serviceProperty, value: definition.id }, { signal })).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
    if (newest === undefined) continue;
    const proposal = proposalOf(newest, await registry.listArtifacts(newest.id, { signal }));
    if (proposal === null) {
      log.warn({ service: definition.id, version: newest.id }, 'A registered version names its service but no artefact with a SHA-256; it is not proposed. Let its pipeline write the property "sha256".');
      continue;
    }
    const known = await listLifecycles(ledger, { services: [definition.id], modelDigests: [proposal.model.digest], limit: 1 });
    if (known.kind === 'page' && known.items.length > 0) continue;
    const result = await proposeRelease(ledger, { service: definition.id, kind: 'promotion', source: 'registry', proposedBy: 'system:registry', ...proposal });
    // Another promotion is on its way: the version is looked at again when that is over.
    if (result.kind === 'refused') log.info({ service: definition.id, version: newest.id, reason: result.reason }, result.message);
    else if (result.kind === 'proposed') proposed += 1;
  }
  return proposed;
}
