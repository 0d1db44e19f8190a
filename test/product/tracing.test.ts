/** One trace from the application's call through ledger, outbox, engine and job workers to the model server, with nothing of the case in it. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTracing, type Tracing } from '../../api/run/tracing.ts';
import { openTestRelease, startProduct, type CaseView, type Product } from '../api/product.ts';
import { digit } from './product-with-models.ts';

const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const Export = z.looseObject({
  resourceSpans: z.array(z.looseObject({
    resource: z.looseObject({ attributes: z.array(Attribute) }),
    scopeSpans: z.array(z.looseObject({ spans: z.array(z.looseObject({ traceId: z.string(), spanId: z.string(), parentSpanId: z.string().optional(), name: z.string(), attributes: z.array(Attribute).default([]) })) })),
  })),
});
type Span = { service: string; traceId: string; spanId: string; parentSpanId: string | undefined; name: string };

let collector: Server;
let tracing: Tracing;
let product: Product;
const spans: Span[] = [];
const received: string[] = [];

beforeAll(async () => {
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      received.push(text);
      for (const { resource, scopeSpans } of Export.parse(JSON.parse(text)).resourceSpans) {
        const service = String(resource.attributes.find(({ key }) => key === 'service.name')?.value['stringValue']);
        for (const { traceId, spanId, parentSpanId, name } of scopeSpans.flatMap((scope) => scope.spans)) spans.push({ service, traceId, spanId, parentSpanId, name });
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const at = collector.address();
  const endpoint = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
  // The model server is a child of this process and reads the same variable.
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = endpoint;
  tracing = startTracing({ endpoint, role: 'all' });
  product = await startProduct();
}, 60_000);

afterAll(async () => {
  delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  await product.close();
  await tracing.stop();
  collector.closeAllConnections();
  collector.close();
});

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callerSpan = '00f067aa0ba902b7';

describe('a case whose caller traces', () => {
  it('is one trace from the call to the model server', async () => {
    await openTestRelease(product, { service: 'digits', model: 'digits-v1', threshold: 0, auditShare: 1e-9 });
    const answer = await product.application.call('POST', '/api/decision-services/digits/cases', { input: digit, businessId: 'MARKED-BUSINESS' }, { 'idempotency-key': 'MARKED-KEY', prefer: 'wait=20', traceparent: `00-${traceId}-${callerSpan}-01` });
    expect((answer.body as CaseView).status).toBe('decided');
    await expect.poll(() => ours().map(({ name }) => name), { timeout: 20_000 }).toEqual(expect.arrayContaining(['POST /v2/models/digits-v1/infer', 'job record-decision']));

    const call = only('POST /api/decision-services/{service}/cases');
    expect(call.parentSpanId).toBe(callerSpan);
    const start = only('outbox start-case');
    expect(start.parentSpanId).toBe(call.spanId);
    expect(only('engine POST /messages/publication').parentSpanId).toBe(start.spanId);
    for (const job of ['job draw-audit-sample', 'job score-case', 'job record-decision']) expect(only(job).parentSpanId).toBe(call.spanId);
    const asked = only('model server POST v2/models/digits-v1/infer');
    expect(asked.parentSpanId).toBe(only('job score-case').spanId);
    const served = only('POST /v2/models/digits-v1/infer');
    expect(served).toMatchObject({ service: 'stellwerk-model-server', parentSpanId: asked.spanId });
  });

  it('leaves nothing of the case in what is sent', async () => {
    const { pixels } = digit as { pixels: number[] };
    const all = received.join('\n');
    expect(all).toContain(traceId);
    for (const marked of ['MARKED', JSON.stringify(pixels).slice(1, 40)]) expect(all).not.toContain(marked);
  });
});

function ours(): Span[] {
  return spans.filter((span) => span.traceId === traceId);
}

function only(name: string): Span {
  const found = ours().filter((span) => span.name === name);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} spans are called "${name}"; there are: ${ours().map((span) => span.name).join(', ')}`);
  return found[0];
}
