// Traces of the local model server: its part of a trace that a caller began, where a collector is configured.
import { propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

/** Sends spans to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names, or does nothing. */
export function startTracing(environment: NodeJS.ProcessEnv): { stop(): Promise<void> } {
  const endpoint = environment['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '';
  if (endpoint === '') return { stop: () => Promise.resolve() };
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'stellwerk-model-server' }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
  });
  provider.register();
  return { stop: () => provider.shutdown() };
}

/** Only for a caller that traces: a health check every second is no trace. */
export async function inServerSpan<T>(method: string, path: string, traceparent: string | undefined, work: () => Promise<T>): Promise<T> {
  if (traceparent === undefined) return work();
  const parent = propagation.extract(ROOT_CONTEXT, { traceparent });
  return trace.getTracer('stellwerk-model-server').startActiveSpan(`${method} ${path}`, { kind: SpanKind.SERVER, attributes: { 'http.request.method': method, 'url.path': path } }, parent, async (span) => {
    try {
      return await work();
    } finally {
      span.end();
    }
  });
}
