/**
 * Where each version of a service answers: at the platform's own endpoint for exactly this version, else at the common
 * model server. What the platform said last is used while it is asked again, so that neither a slow nor a dead cluster
 * delays a decision. Each endpoint has a client, and with it a circuit breaker, of its own.
 */
import type { ServingDeployment } from '../kubeflow/ports.ts';
import type { Log } from '../log.ts';
import type { ServingSettings } from '../settings.ts';
import { createInferenceClient, type InferenceClient } from './inference-client.ts';

export type ServingDirectory = {
  /** A client that asks this version under our name for it. Never throws: where nothing is known, the common server's. */
  clientFor(version: { service: string; model: string }): Promise<InferenceClient>;
};

type Endpoint = { url: string; model: string };
type Entry = { endpoint: Endpoint | null; client: InferenceClient; askedAt: number; asking: Promise<void> | null };

export type ServingDirectoryOptions = {
  deployment: Pick<ServingDeployment, 'kind' | 'readiness'>;
  /** Of the clients made here. */
  serving: ServingSettings;
  /** The client of the common model server. */
  common: InferenceClient;
  clock: { now(): number };
  log: Log;
};

/** How long an answer of the platform is taken without asking again. */
const refreshMs = 10_000;
/** The first case of a version waits so long for the platform. */
const askLimitMs = 2_000;

export function createServingDirectory({ deployment, serving, common, clock, log }: ServingDirectoryOptions): ServingDirectory {
  const entries = new Map<string, Entry>();

  function refresh(entry: Entry, { service, model }: { service: string; model: string }): Promise<void> {
    entry.asking ??= deployment
      .readiness({ service, name: model }, { signal: AbortSignal.timeout(askLimitMs) })
      .then(({ endpoint }) => {
        // An answer without an endpoint is no reason to forget one that works: the version may just be changing.
        if (endpoint === null || (endpoint.url === entry.endpoint?.url && endpoint.model === entry.endpoint.model)) return;
        entry.endpoint = endpoint;
        entry.client = at(endpoint, serving, clock);
      })
      .catch((error: unknown) => {
        log.warn({ service, model, error: error instanceof Error ? error.name : 'unknown' }, 'The platform did not say where a version answers; the last known place is used.');
      })
      .finally(() => {
        entry.askedAt = clock.now();
        entry.asking = null;
      });
    return entry.asking;
  }

  return {
    async clientFor(version) {
      // The local model server is the common one.
      if (deployment.kind === 'local') return common;
      const key = JSON.stringify([version.service, version.model]);
      const known = entries.get(key);
      if (known === undefined) {
        const entry: Entry = { endpoint: null, client: common, askedAt: clock.now(), asking: null };
        entries.set(key, entry);
        await refresh(entry, version);
        return entry.client;
      }
      if (known.endpoint === null && known.asking !== null) await known.asking;
      else if (Math.abs(clock.now() - known.askedAt) >= refreshMs) void refresh(known, version);
      return known.client;
    },
  };
}

function at(endpoint: Endpoint, serving: ServingSettings, clock: { now(): number }): InferenceClient {
  const client = createInferenceClient({ ...serving, address: () => endpoint.url }, clock);
  const { model } = endpoint;
  return {
    metadata: (_ours, signal) => client.metadata(model, signal),
    predict: (call) => client.predict({ ...call, model }),
    score: (call) => client.score({ ...call, model }),
    explain: (call) => client.explain({ ...call, model }),
  };
}
