/** Two API servers and two worker processes on one engine and one PostgreSQL ledger: no case lost, none decided twice, whoever dies. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../engine/clock.ts';
import { openEngine, type Engine } from '../../engine/index.ts';
import { serve, type Serving } from '../../engine/standalone/serve.ts';
import { openLedger, openRelease, verifyChain, type Ledger } from '../../ledger/index.ts';
import { digestOf, digit, healthy } from '../product/product-with-models.ts';
import { application, type Application } from '../harness/application.ts';
import { freePort, spawnServerProcess, startServerProcess, type ServerProcess } from '../harness/server-process.ts';
import { testDatabaseUrl } from '../harness/test-database.ts';
import { startFakeModelServer, type FakeModelServer } from '../workers/serving/fake-model-server.ts';

let folder: string;
let models: FakeModelServer;
let engine: Engine;
let serving: Serving;
let ledger: Ledger;
let apis: ServerProcess[];
let workers: ServerProcess[];
let callers: Application[];
let env: Record<string, string>;

async function start(name: string, role: 'api' | 'workers'): Promise<ServerProcess> {
  return startServerProcess({ dataDir: join(folder, name), port: await freePort(), env: { ...env, STELLWERK_ROLE: role } });
}

beforeAll(async () => {
  const url = testDatabaseUrl();
  if (url === null) throw new Error('These tests need the PostgreSQL run: npm run test:postgres.');
  folder = await mkdtemp(join(tmpdir(), 'stellwerk-servers-'));
  models = await startFakeModelServer(healthy);
  engine = openEngine({ file: join(folder, 'engine.db'), clock: createClock() });
  serving = await serve((request) => engine.handle(request), { host: '127.0.0.1', port: 0 });
  env = { DATABASE_URL: url, STELLWERK_MASTER_KEY_FILE: join(folder, 'master.key'), CAMUNDA_REST_ADDRESS: serving.address.replace(/\/v2$/, ''), STELLWERK_MODEL_SERVER_URL: models.url, STELLWERK_DEMO: 'none', STELLWERK_LOG: 'error' };
  // Both at once, on an empty ledger: one makes the accounts.
  const first = await Promise.all([start('api-1', 'api'), start('api-2', 'api')]);
  apis = first;
  workers = await Promise.all([start('workers-1', 'workers'), start('workers-2', 'workers')]);
  ledger = await openLedger({ clock: { now: () => Date.now() }, databaseUrl: url, dataDir: join(folder, 'observer'), masterKeyFile: join(folder, 'master.key') });
  const release = await openRelease(ledger, { service: 'digits', mode: 'automatic', threshold: 0.5, model: { name: 'digits-v1', version: '1', digest: digestOf('digits-v1') }, certificate: null, auditShare: 1e-9, validUntil: Date.now() + 3_600_000, openedBy: 'system:test' });
  if (release.kind === 'refused') throw new Error(release.message);
  const { apiKey } = keysOf(apis);
  callers = apis.map((api) => application(api.url, apiKey));
}, 120_000);

afterAll(async () => {
  await Promise.all([...apis, ...workers].map((server) => server.stop()));
  await ledger.close();
  await serving.close(1_000);
  await engine.close();
  await models.close();
  await rm(folder, { recursive: true, force: true });
});

/** One of the two made the accounts; the other has no file of its own. */
function keysOf(servers: ServerProcess[]) {
  for (const server of servers) {
    try {
      const firstRun = server.firstRun();
      if (firstRun.apiKey !== '') return firstRun;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  throw new Error('Neither server wrote first-run.json.');
}

const callerOf = (nth: number): Application => {
  const caller = callers[nth % callers.length];
  if (caller === undefined) throw new Error('There are no callers.');
  return caller;
};

describe('two API servers and two worker processes', () => {
  it('decide every case once, whichever server was asked', async () => {
    const started = await Promise.all(Array.from({ length: 40 }, (_, nth) => callerOf(nth).startCase('digits', digit, `spread-${nth}`)));
    for (const { status, decision } of started) expect({ status, decision }).toEqual({ status: 'decided', decision: '3' });
    const decisions = await ledger.db.selectFrom('decisions').select('case_id').execute();
    expect(new Set(decisions.map((row) => row.case_id)).size).toBe(decisions.length);
  });

  it('answer the same request at both with one case', async () => {
    const answers = await Promise.all([0, 1, 0, 1].map((nth) => callerOf(nth).startCase('digits', digit, 'the-same')));
    expect(new Set(answers.map(({ caseId }) => caseId)).size).toBe(1);
  });

  it('answer a case at one server that was started at the other', async () => {
    const { caseId } = await callerOf(0).startCase('digits', digit, 'read-elsewhere');
    expect(await callerOf(1).readCase(caseId)).toMatchObject({ caseId, status: 'decided' });
  });

  it('lose nothing when a worker process is killed while it holds jobs', async () => {
    const [victim] = workers;
    if (victim === undefined) throw new Error('There is no worker process.');
    const cases = Array.from({ length: 30 }, (_, nth) => callerOf(nth).startCase('digits', digit, `killed-${nth}`));
    await Promise.race(cases);
    await victim.kill();
    const started = await Promise.all(cases);
    // Jobs that the dead one held come back when their time is over.
    const decided = await Promise.all(started.map(({ caseId }, nth) => callerOf(nth).readCase(caseId, 50)));
    for (const { status } of decided) expect(status).toBe('decided');
    workers[0] = await start('workers-1', 'workers');
  }, 120_000);

  it('serve nothing but their health where they only work', async () => {
    const [worker] = workers;
    expect((await fetch(`${worker?.url}/api/health/ready`)).status).toBe(200);
    expect((await fetch(`${worker?.url}/api/session`)).status).toBe(404);
    expect((await fetch(`${worker?.url}/`)).status).toBe(404);
  });

  it('leave one chain of records that verifies', async () => {
    expect(await verifyChain(ledger)).toMatchObject({ ok: true });
  });
});

describe('a role without what it needs', () => {
  it('is refused with a sentence', async () => {
    const server = spawnServerProcess({ dataDir: join(folder, 'alone'), port: 0, env: { STELLWERK_ROLE: 'workers' } });
    expect(await server.gone).toBe(1);
    expect(server.output()).toContain('Set CAMUNDA_REST_ADDRESS and DATABASE_URL, or leave STELLWERK_ROLE out.');
  });
});
