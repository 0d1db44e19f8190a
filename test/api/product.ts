/** The whole product in this process on a folder of its own, with a release that a test chooses, and hands to use it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../api/settings.ts';
import { startStellwerk, type StartOptions, type Stellwerk } from '../../api/start.ts';
import type { TaskDetail, TaskPage, VerdictResult } from '../../api/contract/inbox.ts';
import type { CaseView } from '../../api/contract/cases.ts';
import { testDatabaseUrl } from '../harness/test-database.ts';
import { openRelease } from '../../ledger/index.ts';
import { ModelManifest } from '../../models/server/index.ts';
import { readFile } from 'node:fs/promises';

export type Product = {
  stellwerk: Stellwerk;
  dataDir: string;
  /** The environment it was started with: for a second start. */
  env: Record<string, string>;
  application: Hand;
  engineClient: Hand;
  as: (name: string) => Promise<Hand>;
  close: () => Promise<void>;
};

/** Calls the server in one role. */
export type Hand = {
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<{ status: number; body: unknown; headers: Headers }>;
  get: <T>(path: string) => Promise<T>;
  post: <T>(path: string, body?: unknown) => Promise<T>;
  headers: Record<string, string>;
};

export async function startProduct(options: StartOptions & { env?: Record<string, string> } = {}): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stellwerk-api-'));
  const databaseUrl = testDatabaseUrl();
  const env = { STELLWERK_DATA: dataDir, STELLWERK_PORT: '0', STELLWERK_LOG: 'error', ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }), ...options.env };
  const read = readSettings(env);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const stellwerk = await startStellwerk(read.settings, options);
  const { firstRun } = stellwerk;
  if (firstRun === null) throw new Error('the first run made no accounts');
  const { id, secret } = firstRun.engineKey;
  return {
    stellwerk,
    dataDir,
    env,
    application: hand(stellwerk.url, { authorization: `Bearer ${firstRun.apiKey}` }),
    engineClient: hand(stellwerk.url, { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }),
    async as(name) {
      const password = firstRun.users.find((user) => user.name === name)?.password;
      const answer = await fetch(`${stellwerk.url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, password }) });
      const session = (await answer.json()) as { csrfToken: string };
      return hand(stellwerk.url, { cookie: answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '', 'x-csrf-token': session.csrfToken });
    },
    async close() {
      await stellwerk.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function hand(url: string, headers: Record<string, string>): Hand {
  const call: Hand['call'] = async (method, path, body, more = {}) => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(url + path, { method, headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more }, ...content });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, body: isJson ? JSON.parse(text) : text, headers: answer.headers };
  };
  const ok = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await call(method, path, body);
    if (answer.status > 299) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  };
  return { call, headers, get: (path) => ok('GET', path), post: (path, body) => ok('POST', path, body) };
}

/** Opens a release of a committed model: a pilot, or automatic from a threshold on. */
export async function openTestRelease(product: Product, release: { service: string; model: string; threshold?: number; auditShare?: number }): Promise<string> {
  const { ledger, clock } = product.stellwerk;
  const file = join(import.meta.dirname, `../../models/${release.service}/artefacts/${release.model}/model.json`);
  const manifest = ModelManifest.parse(JSON.parse(await readFile(file, 'utf8')));
  const opened = await openRelease(ledger, {
    service: release.service,
    model: { name: release.model, version: manifest.version, digest: manifest.sha256 },
    validUntil: clock.now() + 24 * 3_600_000,
    openedBy: 'system:test',
    certificate: null,
    ...(release.auditShare === undefined ? {} : { auditShare: release.auditShare }),
    ...(release.threshold === undefined ? { mode: 'pilot' } : { mode: 'automatic', threshold: release.threshold }),
  });
  if (opened.kind === 'refused') throw new Error(opened.message);
  return opened.release.releaseId;
}

let keys = 0;

/** Starts a case and waits until it is with people or decided. */
export async function startTestCase(product: Product, service: string, input: unknown, more: Record<string, unknown> = {}): Promise<CaseView> {
  const answer = await product.application.call('POST', `/api/decision-services/${service}/cases`, { input, ...more }, { 'idempotency-key': `test-${++keys}`, prefer: 'wait=20' });
  if (answer.status > 299) throw new Error(JSON.stringify(answer.body));
  return answer.body as CaseView;
}

/** The open task of a case, once the lists show it: the task comes a moment after the review was opened. */
export async function taskOf(person: Hand, caseId: string): Promise<TaskPage['items'][number]> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const { items } = await person.get<TaskPage>('/api/inbox/tasks?list=all&limit=200');
    const found = items.find((item) => item.caseId === caseId);
    if (found !== undefined) return found;
    await nextTurn();
  }
  throw new Error(`no task of case ${caseId} came`);
}

/** Between two looks at something that comes by itself. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

export type { CaseView, TaskDetail, TaskPage, VerdictResult };
