// Spans of OpenTelemetry around what the product does. Without a tracer set up (no OTEL_EXPORTER_OTLP_ENDPOINT) all of it does nothing.
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from '@opentelemetry/api';

export { SpanKind };

const tracer = trace.getTracer('stellwerk');

export type SpanFacts = {
  kind: SpanKind;
  /** W3C `traceparent` of who asked, where that is not the span around this call. */
  parent?: string | undefined;
  /** Ids, names and states only: spans leave the house, so no field of a case may be one. */
  attributes?: Attributes;
};

/** Runs the work inside a span; a rejection marks it as failed, with the error's name and never its text. */
export async function inSpan<T>(name: string, { kind, parent, attributes = {} }: SpanFacts, work: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { kind, attributes }, contextOf(parent), async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : typeof error });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The same where somebody traces already; without a trace to belong to there is no span. */
export async function inSpanOfTrace<T>(name: string, facts: SpanFacts, work: (span: Span | null) => Promise<T>): Promise<T> {
  const belongs = facts.parent !== undefined || trace.getActiveSpan() !== undefined;
  return belongs ? inSpan(name, facts, work) : work(null);
}

/** W3C headers of the span around this call, for whoever is asked next; empty without one. */
export function traceHeaders(): Record<string, string> {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier;
}

export const currentTraceParent = (): string | undefined => traceHeaders()['traceparent'];

function contextOf(parent: string | undefined): Context {
  return parent === undefined ? context.active() : propagation.extract(ROOT_CONTEXT, { traceparent: parent });
}
