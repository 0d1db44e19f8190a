/** What goes on without a request: job workers, the outbox, the looks for lost cases, new model versions and cases whose time is over. In a process of role `api` none of it. */
import type { Ledger } from '../../ledger/index.ts';
import { startErasure, startOutbox, startWorkers, watchLostCases, watchRegistry, workers, type EngineClient, type EngineConnection, type ErasureMetrics, type Platform, type ShadowMetrics, type WorkerMetrics, type WorkerSettings } from '../../workers/index.ts';
import type { Log } from '../log.ts';

export type Background = {
  jobs: () => WorkerMetrics | null;
  lostCases: () => number;
  shadow: () => ShadowMetrics | null;
  registryWatch: () => { proposed: number; failed: number };
  erasure: () => ErasureMetrics | null;
  stop: () => Promise<void>;
};

export type BackgroundOptions = {
  connection: EngineConnection;
  client: EngineClient;
  ledger: Ledger;
  settings: WorkerSettings;
  platform: Platform;
  registryServiceProperty: string;
  log: Log;
  /** No other process polls jobs of this engine. */
  alone: boolean;
};

export function startBackground({ connection, client, ledger, settings, platform, registryServiceProperty, log, alone }: BackgroundOptions): Background {
  const outbox = startOutbox({ engine: connection, ledger, webhooks: settings.webhooks, log });
  const running = startWorkers({ engine: connection, ledger, settings, platform, workers, log, alone });
  const lostCases = watchLostCases({ ledger, client, log });
  const registry = watchRegistry({ ledger, registry: platform.registry, serviceProperty: registryServiceProperty, log });
  const erasure = startErasure({ ledger, log });
  return {
    jobs: () => running.metrics(),
    lostCases: () => lostCases.count(),
    shadow: () => running.shadow(),
    registryWatch: () => registry.metrics(),
    erasure: () => erasure.metrics(),
    async stop() {
      for (const part of [erasure, lostCases, registry, running, outbox]) await part.stop();
    },
  };
}

/** Other processes do it. */
export const noBackground: Background = {
  jobs: () => null,
  lostCases: () => 0,
  shadow: () => null,
  registryWatch: () => ({ proposed: 0, failed: 0 }),
  erasure: () => null,
  stop: () => Promise.resolve(),
};
