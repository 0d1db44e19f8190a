// Stands between the SDK of 8.8 and a broker of 8.6: renames keys, and answers the searches that 8.6 has only with Elasticsearch.
import { once } from 'node:events';
import { createServer, Agent, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { quoteKeys, readRecords, type Records, type Rows } from './records.ts';
import { search } from './search.ts';

export type Translator = {
  readonly address: string;
  /** What it answers of itself instead of asking the broker, as a test chooses: null asks the broker. */
  answerInstead(reply: ((method: string, path: string) => { status: number; headers?: Record<string, string>; body?: object } | null) | null): void;
  close(): Promise<void>;
};

/** `broker` may come and go: what it does not answer is a 503, as a gateway without its broker says it. */
export async function startTranslator(broker: { address: string; records: string }): Promise<Translator> {
  const records = readRecords(broker.records);
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  let instead: Parameters<Translator['answerInstead']>[0] = null;
  const server = createServer((incoming, answer) => {
    handle(incoming, answer).catch((error: unknown) => { send(answer, 500, { type: 'about:blank', title: 'TRANSLATOR', status: 500, detail: String(error), instance: incoming.url }); });
  });
  async function handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const given = instead?.(incoming.method ?? '', incoming.url ?? '') ?? null;
    if (given !== null) return send(answer, given.status, given.body ?? {}, given.headers);
    const known = await answerFromRecords(records, incoming, body);
    if (known !== null) return typeof known === 'string' ? void answer.writeHead(200, { 'content-type': 'text/xml' }).end(known) : send(answer, 'status' in known ? 404 : 200, known);
    forward({ incoming, answer, body, broker: broker.address, agent });
  }
  server.keepAliveTimeout = 30_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('The translator has no port.');
  return {
    address: `http://127.0.0.1:${at.port}`,
    answerInstead: (reply) => { instead = reply; },
    async close() {
      server.closeAllConnections();
      server.close();
      agent.destroy();
      await once(server, 'close');
    },
  };
}

function send(answer: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  if (answer.headersSent) return void answer.destroy();
  answer.writeHead(status, { 'content-type': status > 299 ? 'application/problem+json' : 'application/json', ...headers }).end(JSON.stringify(body));
}

async function answerFromRecords(records: Records, { method, url }: IncomingMessage, body: Buffer): Promise<object | string | null> {
  const { rows } = records;
  const [, collection = '', rest = '', last] = /^\/v2\/([a-z-]+)\/([^/?]+)(?:\/([a-z]+))?/.exec(url ?? '') ?? [];
  if (!isCollection(rows, collection)) return null;
  if (method === 'POST' && rest === 'search') {
    await records.refresh();
    return search(rows, collection, body.length === 0 ? {} : JSON.parse(body.toString('utf8')));
  }
  if (method !== 'GET') return null;
  await records.refresh();
  const row = rows[collection].get(rest);
  if (row === undefined) return { type: 'about:blank', title: 'NOT_FOUND', status: 404, detail: `${collection} ${rest} not found`, instance: url ?? '' };
  if (last === 'xml') return String(row['xml']);
  if (last === 'form') return rows.forms.get(String(row['formKey'])) ?? { type: 'about:blank', title: 'NOT_FOUND', status: 404, detail: `form ${String(row['formKey'])} not found`, instance: url ?? '' };
  const { xml: _xml, ...shown } = row;
  return shown;
}

const isCollection = (rows: Rows, name: string): name is keyof Rows => name in rows;

type Forwarded = { incoming: IncomingMessage; answer: ServerResponse; body: Buffer; broker: string; agent: Agent };

function forward({ incoming, answer, body, broker, agent }: Forwarded): void {
  const asked = ask(`${broker}${incoming.url}`, { method: incoming.method, headers: incoming.headers, agent }, (found) => {
    const chunks: Buffer[] = [];
    found.on('data', (chunk: Buffer) => chunks.push(chunk));
    found.on('end', () => {
      const isJson = found.headers['content-type']?.includes('json') === true;
      const text = isJson ? Buffer.from(asNewer(incoming.url ?? '', Buffer.concat(chunks).toString('utf8'))) : Buffer.concat(chunks);
      const { 'transfer-encoding': _chunked, ...headers } = found.headers;
      answer.writeHead(found.statusCode ?? 502, found.statusCode === 204 ? headers : { ...headers, 'content-length': text.length }).end(text);
    });
  });
  asked.on('error', () => { send(answer, 503, { type: 'about:blank', title: 'UNAVAILABLE', status: 503, detail: 'The broker cannot be reached.', instance: incoming.url }); });
  answer.on('close', () => { if (!answer.writableFinished) asked.destroy(); });
  asked.end(body);
}

const Activated = z.object({ jobs: z.array(z.looseObject({ key: z.string() })) });

/** Keys become texts; the topology and an activated job get the names and fields that 8.7 and 8.8 brought. */
function asNewer(path: string, json: string): string {
  const quoted = quoteKeys(json);
  if (path === '/v2/topology') return JSON.stringify({ lastCompletedChangeId: '-1', ...JSON.parse(quoted) });
  if (path === '/v2/jobs/activation') {
    const jobs = Activated.safeParse(JSON.parse(quoted));
    if (jobs.success) return JSON.stringify({ jobs: jobs.data.jobs.map(({ key, ...job }) => ({ ...job, jobKey: key, kind: 'BPMN_ELEMENT', listenerEventType: 'UNSPECIFIED', tags: [] })) });
  }
  return quoted;
}
