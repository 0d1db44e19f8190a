/** Figures of the running product in the Prometheus text format. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { addEngineMetrics, type MeasuredEngine } from '../engine/index.ts';
import { countCases, countOutbox, countReasons, listLifecycles, onCaseChange, type Ledger, type ReleaseState } from '../ledger/index.ts';
import type { ErasureMetrics, ShadowMetrics, WorkerMetrics } from '../workers/index.ts';

export type Metrics = {
  contentType: string;
  text(): Promise<string>;
  observeRequest(request: { operation: string; status: number; seconds: number }): void;
  close(): void;
};

export type MetricSources = { ledger: Ledger; /** Null with a cluster. */ embedded?: MeasuredEngine | null; engine: () => Record<string, unknown>; workers: () => WorkerMetrics | null; lostCases?: () => number; registryWatch?: () => { proposed: number; failed: number }; shadow?: () => ShadowMetrics | null; erasure?: () => ErasureMetrics | null };

/** A registry of its own, so that several servers can run in one process (tests do). */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({ registers, name: 'stellwerk_http_request_seconds', help: 'Time to answer a request, by operation and status.', labelNames: ['operation', 'status'], buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 60] });
  const changes = new Counter({ registers, name: 'stellwerk_case_changes_total', help: 'Changes of cases since the start, by service and kind.', labelNames: ['service', 'what'] });
  const unsubscribe = onCaseChange(sources.ledger, ({ service, what }) => { changes.inc({ service, what }); });
  new Gauge({ registers, name: 'stellwerk_cases', help: 'Cases by status.', labelNames: ['status'], async collect() { setAll(this, 'status', await countCases(sources.ledger, {})); } });
  new Gauge({ registers, name: 'stellwerk_review_reasons', help: 'How often each reason sent a case to people, by service.', labelNames: ['service', 'reason'], async collect() { for (const { service, reason, count } of await countReasons(sources.ledger)) this.set({ service, reason }, count); } });
  new Gauge({ registers, name: 'stellwerk_outbox_rows', help: 'Effects that are owed, by kind.', labelNames: ['kind'], async collect() { setAll(this, 'kind', await countOutbox(sources.ledger)); } });
  new Gauge({ registers, name: 'stellwerk_engine', help: 'Figures of the embedded engine since the start.', labelNames: ['figure'], collect() { setAll(this, 'figure', sources.engine()); } });
  new Gauge({ registers, name: 'stellwerk_jobs', help: 'Jobs since the start, by type and how they ended, and those running now.', labelNames: ['type', 'outcome'], collect() { setJobs(this, sources.workers()); } });
  new Gauge({ registers, name: 'stellwerk_cases_without_instance', help: 'Undecided cases whose process instance is gone, at the last look: nobody will be asked.', collect() { this.set(sources.lostCases?.() ?? 0); } });
  new Gauge({ registers, name: 'stellwerk_shadow_calls', help: 'Calls of candidate versions since the start: stored, failed, dropped for want of room; and cases waiting now.', labelNames: ['outcome'], collect() { setAll(this, 'outcome', { ...sources.shadow?.() }); } });
  new Gauge({ registers, name: 'stellwerk_registry_watch', help: 'Versions that the look into the model registry proposed, and looks that failed, since the start.', labelNames: ['what'], collect() { setAll(this, 'what', { ...sources.registryWatch?.() }); } });
  new Gauge({ registers, name: 'stellwerk_erasure', help: 'Since the start: cases whose time was over and that were erased, keys destroyed with them, and looks that failed.', labelNames: ['what'], collect() { setAll(this, 'what', { ...sources.erasure?.() }); } });
  new Gauge({ registers, name: 'stellwerk_releases', help: 'Releases that have not ended, by state.', labelNames: ['state'], async collect() { this.reset(); setAll(this, 'state', await countReleases(sources.ledger)); } });
  const stopListening = addEngineMetrics(registry, sources.embedded ?? null);
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    observeRequest: ({ operation, status, seconds }) => { requests.observe({ operation, status: String(status) }, seconds); },
    close: () => { unsubscribe(); stopListening(); registry.clear(); },
  };
}

const underWay: ReleaseState[] = ['proposed', 'evaluated', 'approved', 'shadow', 'canary', 'live'];

/** A service has few of these at a time: one page holds them. */
async function countReleases(ledger: Ledger): Promise<Record<string, number>> {
  const page = await listLifecycles(ledger, { states: underWay, limit: 200 });
  const items = page.kind === 'page' ? page.items : [];
  return Object.fromEntries(underWay.map((state) => [state, items.filter((one) => one.state === state).length]));
}

function setAll<L extends string>(gauge: Gauge<L>, label: L, values: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number') gauge.set({ [label]: name } as Record<L, string>, value);
  }
}

function setJobs(gauge: Gauge<'type' | 'outcome'>, metrics: WorkerMetrics | null): void {
  for (const [type, { running, endings }] of Object.entries(metrics ?? {})) {
    gauge.set({ type, outcome: 'running' }, running);
    for (const [outcome, count] of Object.entries(endings)) gauge.set({ type, outcome }, count);
  }
}
