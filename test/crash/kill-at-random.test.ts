// The whole server is killed (SIGKILL) at random moments while 500 cases come in: nothing acknowledged is lost, nothing is decided twice.
import { mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import { createRandom } from '../harness/random.ts';
import { freePort, startServerProcess, type ServerProcess } from '../harness/server-process.ts';

const caseCount = 500;
const callers = 6;
const seed = Number(process.env['STELLWERK_TEST_SEED'] ?? Date.now() % 1_000_000);
const minimumKills = Number(process.env['STELLWERK_TEST_KILLS'] ?? 12);
const dataDir = mkdtempSync(join(tmpdir(), 'stellwerk-crash-'));
let server: ServerProcess | undefined;

afterAll(async () => {
  await server?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

const Answer = z.object({ caseId: z.string(), status: z.enum(['received', 'in-review', 'decided']), decision: z.string().nullable() });
const Record = z.object({ records: z.array(z.object({ kind: z.string() })), process: z.object({ processInstanceKey: z.string() }).nullable(), decision: z.object({ class: z.string() }).nullable() });

test(`killed at random moments during ${caseCount} cases, the server loses none and decides none twice (seed ${seed})`, async () => {
  console.log(`seed ${seed}: repeat with STELLWERK_TEST_SEED=${seed}`);
  const random = createRandom(seed);
  const port = await freePort();
  const env = { STELLWERK_DEMO: 'releases', STELLWERK_LOG: 'error' };
  server = await startServerProcess({ dataDir, port, env });
  const { apiKey } = server.firstRun();
  const cases = await readDemoCases('digits', 'held-out');

  /** First acknowledgement of each idempotency key. */
  const acknowledged = new Map<string, z.infer<typeof Answer>>();
  let restarted = Promise.resolve();
  const submit = async (index: number) => {
    const key = `crash-${index}`;
    const input = cases[index % cases.length]?.input;
    for (;;) {
      await restarted;
      const answer = await post(key, input).catch(() => undefined);
      if (answer === undefined) { await nextTurn(); continue; }
      const before = acknowledged.get(key);
      if (before !== undefined && before.caseId !== answer.caseId) throw new Error(`${key} became two cases: ${before.caseId} and ${answer.caseId}`);
      acknowledged.set(key, answer);
      return;
    }
  };
  const post = async (key: string, input: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}/api/decision-services/digits/cases`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ input }),
      signal: AbortSignal.timeout(20_000),
    });
    if (response.status === 429 || response.status === 503) return undefined;
    if (!response.ok) throw new Error(`unexpected ${response.status}: ${await response.text()}`);
    return Answer.parse(await response.json());
  };

  let kills = 0;
  let submitting = true;
  let next = 0;
  const work = Promise.all(
    Array.from({ length: callers }, async () => {
      while (next < caseCount) {
        const index = next++;
        await submit(index);
        // Spread the cases over the kills: the next one waits its turn.
        while (submitting && next > ((kills + 1) * caseCount) / minimumKills) await nextTurn();
      }
    }),
  ).finally(() => { submitting = false; });
  while (kills < minimumKills) {
    await pause(20 + random() * 900);
    await server.kill();
    kills += 1;
    restarted = startServerProcess({ dataDir, port, env }).then((started) => { server = started; });
    await restarted;
  }
  await work;
  expect(acknowledged.size).toBe(caseCount);

  // Each acknowledged case goes on to a decision or to people.
  const administrator = await signIn(server, 'administrator');
  const settled = new Map<string, z.infer<typeof Answer>>();
  for (const [key, { caseId }] of acknowledged) {
    const response = await fetch(`${server.url}/api/cases/${caseId}?wait=30`, { headers: { authorization: `Bearer ${apiKey}` } });
    expect(response.status, `case ${caseId} of ${key} is not there`).toBe(200);
    settled.set(caseId, Answer.parse(await response.json()));
  }
  const stuck = [...settled.values()].filter(({ status }) => status === 'received');
  expect(stuck).toEqual([]);
  expect(settled.size).toBe(caseCount);

  // One instance and at most one decision each, and what was answered first still holds.
  for (const [caseId, { status, decision }] of settled) {
    const response = await fetch(`${server.url}/api/cases/${caseId}/record`, { headers: administrator });
    const record = Record.parse(await response.json());
    const decisions = record.records.filter(({ kind }) => kind === 'decision-recorded').length;
    expect(decisions, `decisions of case ${caseId}`).toBe(status === 'decided' ? 1 : 0);
    expect(record.process, `instance of case ${caseId}`).not.toBeNull();
    const first = [...acknowledged.values()].find((one) => one.caseId === caseId);
    if (first?.status === 'decided') expect(decision).toBe(first.decision);
  }
  await server.stop();
  const verified = execFileSync(process.execPath, ['ledger/verify/main.ts', '--data', dataDir], { encoding: 'utf8' });
  console.log(`${kills} kills, ${caseCount} cases, ${[...settled.values()].filter(({ status }) => status === 'decided').length} decided by the model; ${verified.trim()}`);
}, 600_000);

async function signIn(on: ServerProcess, role: string): Promise<{ cookie: string }> {
  const user = on.firstRun().users.find((one) => one.role === role);
  const response = await fetch(`${on.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: user?.name, password: user?.password }),
  });
  expect(response.status).toBe(200);
  return { cookie: response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ') };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const nextTurn = () => pause(10);
