// `/metrics` of an engine that runs alone: its figures and those of its process, in the text format of Prometheus.
import { collectDefaultMetrics, Registry } from 'prom-client';
import { addEngineMetrics, type MeasuredEngine } from '../metrics/add-metrics.ts';

export type ReadMetrics = { readonly contentType: string; text(): Promise<string> };

export function createMetrics(engine: MeasuredEngine): ReadMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addEngineMetrics(registry, engine);
  return { contentType: registry.contentType, text: () => registry.metrics() };
}
