/** Sends traces to an OpenTelemetry collector where one is configured, by the standard variables of OpenTelemetry. */
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

export type Tracing = { /** Sends what has not been sent yet. */ stop(): Promise<void> };

/** `endpoint`: base address of the collector; spans go to `/v1/traces` below it. The process has one tracer: starting twice is refused by OpenTelemetry. */
export function startTracing({ endpoint, role }: { endpoint: string; role: string }): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': process.env['OTEL_SERVICE_NAME'] ?? 'stellwerk', 'stellwerk.role': role }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
  });
  // With the context manager of Node and the W3C trace context.
  provider.register();
  return { stop: () => provider.shutdown() };
}
