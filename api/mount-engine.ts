/** The embedded engine's own API (Camunda 8 REST v2) under /v2, for keys with the scope `engine`; calls that would go round the product's rules are refused. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../engine/index.ts';
import { authenticate } from './access/authenticate.ts';
import { createEngineRules, type EngineRules } from './engine-rules.ts';
import type { Parts } from './parts.ts';
import { Problem } from './problem.ts';
import { ownResources } from './run/own-resources.ts';

/** Deployments carry whole diagrams. */
export const engineBodyLimit = 4 * 1024 * 1024;

export async function mountEngine(app: FastifyInstance, parts: Parts, engine: Engine): Promise<void> {
  const rules = createEngineRules({ engine, ledger: parts.ledger, ownResources: await ownResources() });
  await app.register(async (v2) => {
    v2.removeAllContentTypeParsers();
    v2.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: engineBodyLimit }, (_, body, done) => { done(null, body); });
    v2.setErrorHandler((error) => { throw withOwnLimit(error); });
    v2.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/v2/*',
      bodyLimit: engineBodyLimit,
      schema: { hide: true },
      onRequest: async (request) => { await admit(parts, request); },
      preHandler: async (request) => { await refuseAgainstRules(rules, request); },
      handler: (request, reply) => pass(engine, request, reply),
    });
  });
}

async function admit(parts: Parts, request: FastifyRequest): Promise<void> {
  const caller = await authenticate(parts.ledger, { authorization: request.headers.authorization, cookies: {} });
  if (caller === null) throw new Problem('not-signed-in', 'Send the API key as "Authorization: Bearer <key>" or as Basic with its id and the key.', { headers: { 'www-authenticate': 'Bearer realm="Stellwerk", Basic realm="Stellwerk"' } });
  if (caller.kind !== 'application' || !caller.apiKey.scopes.engine) throw new Problem('scope-missing', 'The engine\'s own API needs an API key with the scope "engine".');
}

async function refuseAgainstRules(rules: EngineRules, { method, url, body }: FastifyRequest): Promise<void> {
  const path = canonicalPath(url);
  const refusal = await rules({ method, path, body: parsed(body) });
  if (refusal !== null) throw new Problem('engine-call-refused', `${method} /v2${path} is not open over HTTP here. ${refusal}`);
}

/** The limit of other routes would be the wrong number to tell. */
function withOwnLimit(error: unknown): unknown {
  const isTooLarge = error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE';
  return isTooLarge ? new Problem('body-too-large', `The body is larger than ${engineBodyLimit} bytes. Send less.`) : error;
}

/** Undefined where the body is no JSON: the engine says so then. Decoded as the engine does, so that no byte order mark hides a body from the rules. */
function parsed(body: unknown): unknown {
  try {
    return body instanceof Uint8Array ? JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** As the engine's router reads it: without query, empty segments and percent signs, so that no spelling slips past the rules. */
function canonicalPath(url: string): string {
  const path = (url.split('?', 1)[0] ?? '').slice('/v2'.length);
  return `/${path.split('/').filter((segment) => segment !== '').map(decodeSegment).join('/')}`;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}

async function pass(engine: Engine, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const gone = signalOfClient(request.raw.socket, reply.raw);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
  const answer = await engine.handle({
    method: request.method,
    path: request.url.slice('/v2'.length),
    headers,
    body: request.body instanceof Uint8Array && request.body.length > 0 ? request.body : undefined,
    signal: gone,
  });
  void reply.code(answer.status).headers(answer.headers);
  return reply.send(answer.body === undefined ? undefined : typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body));
}

/** Aborted as soon as the client hangs up: the answer's own "close" comes some turns later, in which a job could be handed to nobody. */
function signalOfClient(socket: Socket, response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const leave = () => { gone.abort(); };
  socket.once('end', leave);
  response.once('close', () => {
    socket.off('end', leave);
    leave();
  });
  // It may have gone while it was being admitted; that is told only once.
  if (socket.destroyed || socket.readableEnded) leave();
  return gone.signal;
}
