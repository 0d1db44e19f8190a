// The engine's part of a trace that a client began: by the header `traceparent`, or around a call of the same process.
import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { RestRequest, RestResponse } from './contract.ts';

const tracer = trace.getTracer('stellwerk-engine');

/** Keys in the path are left out of the span's name, so that spans of one operation have one name. */
const nameOf = ({ method, path }: RestRequest): string => `engine ${method} ${(path.split('?', 1)[0] ?? '').replace(/\d{5,}/g, '{key}')}`;

/** Polls and searches that belong to no trace get no span. */
export async function inTrace(request: RestRequest, work: () => Promise<RestResponse>): Promise<RestResponse> {
  const { traceparent } = request.headers;
  const parent = traceparent === undefined ? context.active() : propagation.extract(ROOT_CONTEXT, { traceparent });
  if (trace.getSpan(parent) === undefined) return work();
  return tracer.startActiveSpan(nameOf(request), { kind: SpanKind.SERVER }, parent, async (span) => {
    const answer = await work();
    span.setAttribute('http.response.status_code', answer.status).end();
    return answer;
  });
}
