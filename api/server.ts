/** The HTTP server: plug-ins, the routes of the contract, the engine's own API under /v2, the pages. */
import cookie from '@fastify/cookie';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { Engine } from '../engine/index.ts';
import { nestsTooDeep } from '../engine/rest/request/nests-too-deep.ts';
import { serveDocs } from './docs.ts';
import { mountEngine } from './mount-engine.ts';
import type { Parts } from './parts.ts';
import { asProblem, Problem, problemDocument } from './problem.ts';
import type { OperationName } from './contract/index.ts';
import { registerRoutes } from './routes/register.ts';
import { securityHeaders } from './security-headers.ts';
import type { Settings } from './settings.ts';
import { servePages } from './serve-pages.ts';
import { validateRequest } from './validate-request.ts';

export const bodyLimit = 1024 * 1024;

const healthOperations: readonly OperationName[] = ['readLive', 'readReady', 'readMetrics'];

export type ServerOptions = {
  parts: Parts;
  /** The embedded engine, whose API is served under /v2; null with a cluster, which has its own. */
  engine: Engine | null;
  /** Folder of the built pages. */
  pages: string;
  /** A process that only works answers how it is, and nothing else. */
  role: Settings['role'];
};

/** Builds the server; the caller listens. */
export async function createServer({ parts, engine, pages, role }: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
    // What the router itself cannot read, before any route.
    frameworkErrors: (_, request, reply) => { void sendProblem(parts, addressUnreadable(), request, reply); },
  });
  app.setValidatorCompiler(validateRequest);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(parts, error, request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(parts, new Problem('route-unknown', `There is nothing at ${request.method} ${pathOf(request)}. The API is described at /api/docs.`), request, reply));
  acceptEmptyJson(app);
  await app.register(cookie);
  await securityHeaders(app);
  if (role === 'workers') registerRoutes(app, parts, healthOperations);
  else {
    await serveDocs(app);
    registerRoutes(app, parts);
    if (engine !== null) await mountEngine(app, parts, engine);
    await servePages(app, pages);
  }
  await app.ready();
  return app;
}

/** JSON only. Camunda's clients and many others send `content-type: application/json` with no body: that is no body, not broken JSON. */
function acceptEmptyJson(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text === '') done(null, undefined);
    else if (nestsTooDeep(text)) done(new Problem('request-invalid', 'The body is nested too deep. Send it flatter: a thousand levels at most.'));
    else void parse(request, text, done);
  });
}

const addressUnreadable = () => new Problem('request-invalid', 'The address cannot be read: after each % there must be two hexadecimal digits. Write it as percent-encoded UTF-8.');

function sendProblem(parts: Parts, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asProblem(error);
  if (problem.problem === 'internal') parts.log.error({ error, requestId: request.id, method: request.method, path: pathOf(request) }, 'a request met a defect');
  // An address that no route could read has no options.
  const operation = (request.routeOptions as Partial<typeof request.routeOptions>).config?.operation;
  if (operation !== undefined && !operation.mayAnswer(problem.problem))
    parts.log.error({ operation: operation.id, problem: problem.problem }, 'an operation answered a problem that the contract does not name');
  const document = problemDocument(problem, `${pathOf(request)}#${request.id}`);
  // A string is sent as it is: no schema of the operation describes it.
  return reply.code(document.status).headers(problem.details.headers ?? {}).header('cache-control', 'no-store').type('application/problem+json').send(JSON.stringify(document));
}

/** Without the query: it may hold a business id. */
function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}
