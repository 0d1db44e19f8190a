/**
 * Asks candidate versions about cases, apart from everything that decides: a queue of its own with a bound, time limit,
 * circuit breaker and connections of its own. A case is handed over without waiting; what does not fit is dropped and
 * counted. A crash loses what waits here, never a decision.
 */
import { candidateReleases, getService, readInput, storePrediction, type CandidateRelease, type Ledger } from '../../ledger/index.ts';
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import type { Log } from '../log.ts';
import type { ServingSettings, ShadowSettings } from '../settings.ts';
import { askModel } from './ask-model.ts';
import type { ServingDeployment } from '../kubeflow/ports.ts';
import { createInferenceClient } from './inference-client.ts';
import { createServingDirectory } from './serving-directory.ts';

/** `decidedUnder`: the release whose model was asked to decide; it is not asked a second time. */
export type ShadowedCase = { caseId: string; service: string; serviceVersion: number; decidedUnder: string | null };

/** Since the start: predictions stored, candidates that failed to answer, cases dropped. `waiting`: now. */
export type ShadowMetrics = { stored: number; failed: number; dropped: number; waiting: number };

export type ShadowLane = {
  /** Returns at once and never throws. */
  offer(shadowed: ShadowedCase): void;
  metrics(): ShadowMetrics;
  /** Settles when nothing waits and nothing is under way. */
  idle(): Promise<void>;
  /** Ends what is under way; what waits is dropped. */
  close(): Promise<void>;
};

export type ShadowLaneOptions = {
  ledger: Ledger;
  serving: ServingSettings;
  limits: ShadowSettings;
  /** Says where each candidate answers. */
  deployment: Pick<ServingDeployment, 'kind' | 'readiness'>;
  log: Log;
  /** The ledger's candidates unless given. */
  candidatesOf?: (service: string) => Promise<CandidateRelease[]>;
};

export function createShadowLane({ ledger, serving, limits, deployment, log, candidatesOf = (service) => candidateReleases(ledger, service) }: ShadowLaneOptions): ShadowLane {
  const own: ServingSettings = { ...serving, timeLimitMs: limits.timeLimitMs, attempts: 1, breaker: limits.breaker };
  const served = createServingDirectory({ deployment, serving: own, common: createInferenceClient(own, ledger.clock), clock: ledger.clock, log });
  const closing = new AbortController();
  const queue: ShadowedCase[] = [];
  const running = new Set<Promise<void>>();
  const counts = { stored: 0, failed: 0, dropped: 0 };
  let idlers: (() => void)[] = [];

  function next(): void {
    while (running.size < limits.parallel) {
      const shadowed = queue.shift();
      if (shadowed === undefined) break;
      const work = shadow(shadowed).catch((error: unknown) => failed(shadowed, error));
      running.add(work);
      void work.then(() => {
        running.delete(work);
        next();
      });
    }
    if (running.size > 0 || queue.length > 0) return;
    for (const resolve of idlers) resolve();
    idlers = [];
  }

  async function shadow(shadowed: ShadowedCase): Promise<void> {
    const candidates = (await candidatesOf(shadowed.service)).filter(({ releaseId }) => releaseId !== shadowed.decidedUnder);
    if (candidates.length === 0) return;
    const definition = (await getService(ledger, shadowed.service, shadowed.serviceVersion))?.definition;
    const found = await readInput(ledger, shadowed.caseId);
    if (definition === undefined || found.kind !== 'readable') return;
    for (const candidate of candidates) await ask(shadowed, candidate, { definition, input: found.input });
  }

  async function ask(shadowed: ShadowedCase, { releaseId, model }: CandidateRelease, known: { definition: DecisionServiceDefinition; input: Record<string, unknown> }): Promise<void> {
    const { caseId } = shadowed;
    try {
      const said = await askModel({ caseId, model, ...known }, { served, signal: closing.signal });
      await storePrediction(ledger, { caseId, role: 'shadow', releaseId, model, ...said });
      counts.stored += 1;
    } catch (error) {
      failed(shadowed, error, model.name);
    }
  }

  function failed({ caseId, service }: ShadowedCase, error: unknown, model: string | null = null): void {
    counts.failed += 1;
    log.warn({ caseId, service, model, error: error instanceof Error ? error.name : 'unknown' }, 'A candidate version could not be asked in shadow.');
  }

  return {
    offer(shadowed) {
      if (closing.signal.aborted || queue.length >= limits.waiting) {
        counts.dropped += 1;
        return;
      }
      queue.push(shadowed);
      // After what the caller does next: its own answer goes out first.
      setImmediate(next);
    },
    metrics: () => ({ ...counts, waiting: queue.length }),
    idle: () => (running.size === 0 && queue.length === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
    async close() {
      closing.abort(new Error('the server is closing'));
      counts.dropped += queue.splice(0).length;
      await Promise.all(running);
    },
  };
}
