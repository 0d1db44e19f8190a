/** Makes a route of each operation: who may call, the shapes, the handler, and what OpenAPI says of it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inSpan, SpanKind } from '../../workers/index.ts';
import { authenticate } from '../access/authenticate.ts';
import { authorize, requireCsrfToken } from '../access/authorize.ts';
import type { Caller } from '../access/caller.ts';
import { operations, type Operation, type OperationName, type ProblemName } from '../contract/index.ts';
import { csrfHeader } from '../contract/session.ts';
import { describeOperation } from '../openapi.ts';
import type { Parts } from '../parts.ts';
import type { Answer, Handler } from './handler.ts';
import { handlers } from './index.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: { id: string; mayAnswer: (problem: ProblemName) => boolean };
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** Problems that any operation may answer. */
const everywhere: readonly ProblemName[] = ['request-invalid', 'body-not-json', 'body-too-large', 'media-type-unsupported', 'internal', 'storage-full', 'engine-unavailable'];
const wherePeopleAndKeysCome: readonly ProblemName[] = ['not-signed-in', 'role-missing', 'scope-missing', 'csrf-token-missing'];

export function mayAnswer(operation: Operation, problem: ProblemName): boolean {
  return everywhere.includes(problem) || operation.problems.includes(problem) || (operation.access.kind === 'restricted' && wherePeopleAndKeysCome.includes(problem));
}

/** Of all operations, or of those named. */
export function registerRoutes(app: FastifyInstance, parts: Parts, only: readonly OperationName[] = Object.keys(operations) as OperationName[]): void {
  app.decorateRequest('caller', null);
  for (const name of only) registerRoute(app, parts, operations[name], handlers[name] as unknown as Handler<Operation>);
}

function registerRoute(app: FastifyInstance, parts: Parts, operation: Operation, handler: Handler<Operation>): void {
  app.route({
    method: operation.method,
    url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
    schema: describeOperation(operation),
    config: { operation: { id: operation.id, mayAnswer: (problem) => mayAnswer(operation, problem) } },
    // Before the body is read: nobody's megabytes are parsed.
    onRequest: async (request) => {
      request.caller = await admit(parts, operation, request);
    },
    onResponse: async (_, reply) => {
      parts.metrics.observeRequest({ operation: operation.id, status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
    },
    handler: (request, reply) => traced(operation, request, async () => send(reply, await handler(handlerRequest(request, reply), parts))),
  });
}

/** A span of the operation, within the caller's trace where it sent one. */
function traced<T>(operation: Operation, request: FastifyRequest, work: () => Promise<T>): Promise<T> {
  const { traceparent } = request.headers;
  return inSpan(`${operation.method} ${operation.path}`, { kind: SpanKind.SERVER, parent: typeof traceparent === 'string' ? traceparent : undefined, attributes: { 'http.request.method': operation.method, 'http.route': operation.path } }, work);
}

async function admit(parts: Parts, operation: Operation, request: FastifyRequest): Promise<Caller | null> {
  if (operation.access.kind === 'public') return null;
  const caller = await authenticate(parts.ledger, { authorization: request.headers.authorization, cookies: request.cookies });
  authorize(operation.access, caller);
  const token = request.headers[csrfHeader];
  if (caller?.kind === 'person') requireCsrfToken(caller, request.method, typeof token === 'string' ? token : undefined);
  return caller;
}

/** The parts are as the contract's schemas made them: the one place where their types are taken for granted. */
function handlerRequest(request: FastifyRequest, reply: FastifyReply): Parameters<Handler<Operation>>[0] {
  const { params, query, headers, body, caller, ip } = request;
  return { params, query, headers, body, caller, ip, gone: goneSignal(reply) } as Parameters<Handler<Operation>>[0];
}

/** Aborted when the connection closes before the answer is out. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => { controller.abort(); });
  return controller.signal;
}

function send(reply: FastifyReply, answer: Answer<Operation>): FastifyReply {
  void reply.code(Number(answer.status)).headers({ 'cache-control': 'no-store', ...answer.headers });
  return reply.send(answer.stream ?? answer.body);
}
