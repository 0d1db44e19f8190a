// The HTTP side of the local model server: bodies with a limit, JSON answers, an end that waits for work in hand.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { openRepository, type LoadAtStart } from './model-repository.ts';
import { createRoutes, type RouteRequest } from './routes.ts';
import { createServingMetrics, type ServingMetrics } from './serving-metrics.ts';
import { inServerSpan } from './tracing.ts';
import { bodyTooLarge, brokenV2Body, ServingError, unknownPath, unreadableBody } from './serving-error.ts';

export type ModelServerOptions = {
  /** 0 takes a free port. */
  port: number;
  /** Searched for `<family>/artefacts/<model>/model.json`. */
  folder: string;
  /** Loopback unless told otherwise. */
  host?: string;
  /** All unless told otherwise. Names that are not in the folder are left out. */
  load?: LoadAtStart;
};

export type ModelServer = { url: string; close: () => Promise<void> };

const bodyLimit = 4 * 1024 * 1024;

/** Opens the models of the folder, then listens; rejects with a sentence where a model cannot be opened. */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const { port, folder, host = '127.0.0.1', load = 'all' } = options;
  const repository = await openRepository(folder, load);
  const metrics = createServingMetrics();
  const route = createRoutes(repository, metrics);
  const server = createServer((request, response) => {
    if (!server.listening) response.shouldKeepAlive = false;
    void answer(request, response, route, metrics);
  });
  const url = await listen(server, port, host);
  return {
    url,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      await repository.close();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the model server got no TCP address'));
      else resolve(`http://${host.includes(':') ? `[${host}]` : host}:${address.port}`);
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  route: (request: RouteRequest) => Promise<unknown>,
  metrics: ServingMetrics,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const path = pathOf(request);
    if (request.method === 'GET' && path === '/metrics') return send(response, 200, await metrics.text(), 'text/plain; version=0.0.4');
    const method = request.method ?? 'GET';
    const readBody = () => readJson(request, { broken: path.startsWith('/v2/') ? brokenV2Body : unreadableBody, mayBeEmpty: path === '/v2/repository/index' });
    const { traceparent } = request.headers;
    const body = await inServerSpan(method, path, typeof traceparent === 'string' ? traceparent : undefined, () => route({ method, path, signal: gone.signal, readBody }));
    send(response, 200, JSON.stringify(body));
  } catch (error) {
    if (gone.signal.aborted) return;
    const failure = error instanceof ServingError ? error : new ServingError(500, { error: describeDefect(error) });
    // The rest of a body that is too large is not read, so this connection cannot carry another request.
    if (failure.status === 413) response.shouldKeepAlive = false;
    send(response, failure.status, JSON.stringify(failure.body));
  }
}

/** As KServe words a model that raises: the name of the error, then its text. */
function describeDefect(error: unknown): string {
  return error instanceof Error ? `${error.name} : ${error.message}` : `Error : ${String(error)}`;
}

function pathOf(request: IncomingMessage): string {
  const [path = '/'] = (request.url ?? '/').split('?');
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) throw unknownPath();
    throw error;
  }
}

async function readJson(request: IncomingMessage, { broken, mayBeEmpty }: { broken: (reason: string) => ServingError; mayBeEmpty: boolean }): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const part = Buffer.from(chunk as Uint8Array);
    size += part.length;
    if (size > bodyLimit) throw bodyTooLarge(bodyLimit);
    chunks.push(part);
  }
  if (size === 0 && mayBeEmpty) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw broken(error instanceof Error ? error.message : 'not JSON');
  }
}

function send(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}
