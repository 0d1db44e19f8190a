// The whole server is killed (SIGKILL) at random moments while 500 cases come in and an expert reviews: nothing acknowledged is lost, nothing is decided twice, ledger and engine agree.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import { createRandom } from '../harness/random.ts';
import { freePort, spawnServerProcess, startServerProcess, untilReady, type ServerProcess } from '../harness/server-process.ts';
import { readQuietEngine } from './agreement.ts';
import { Answer, pause, request, reviewUntil, signIn, startUntilAcknowledged, type Acknowledged } from './callers.ts';

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

const CaseRecord = z.object({
  records: z.array(z.object({ kind: z.string() })),
  process: z.object({ processInstanceKey: z.string() }).nullable(),
  decision: z.object({ class: z.string(), decidedBy: z.string() }).nullable(),
});

test(`killed at random moments during ${caseCount} cases, the server loses none and decides none twice (seed ${seed})`, async () => {
  console.log(`seed ${seed}: repeat with STELLWERK_TEST_SEED=${seed}`);
  const random = createRandom(seed);
  const options = { dataDir, port: await freePort(), env: { STELLWERK_DEMO: 'releases', STELLWERK_LOG: 'error' } };

  // Killed twice while it sets the folder up, before anybody was answered.
  for (const longest of [1_500, 4_000]) {
    server = spawnServerProcess(options);
    await pause(random() * longest);
    await server.kill();
  }
  server = await startServerProcess(options);
  const { url } = server;
  const accounts = server.firstRun();
  const expert = await signIn(url, accounts, 'expert');
  const digits = await readDemoCases('digits', 'held-out');
  const acknowledged: Acknowledged = { cases: new Map(), verdicts: new Map() };

  let kills = 0;
  let next = 0;
  const started = Promise.all(
    Array.from({ length: callers }, async () => {
      while (next < caseCount) {
        // Spread the cases over the kills.
        while (next >= ((kills + 1) * caseCount) / minimumKills) await pause(10);
        const index = next++;
        await startUntilAcknowledged(url, accounts.apiKey, `crash-${index}`, digits[index % digits.length]?.input, acknowledged);
      }
    }),
  );
  const allStarted = started.then(() => 'all cases are started');
  const reviewed = reviewUntil(() => kills >= minimumKills && acknowledged.verdicts.size >= 5, url, expert, acknowledged);
  let killedWhileStarting = 0;
  while (kills < minimumKills) {
    await Promise.race([pause(20 + random() * 900), started]);
    await server.kill();
    kills += 1;
    server = spawnServerProcess(options);
    if (random() < 0.25) {
      await pause(random() * 2_000);
      await server.kill();
      killedWhileStarting += 1;
      server = spawnServerProcess(options);
    }
    await untilReady(server);
  }
  expect(await allStarted).toBe('all cases are started');
  await reviewed;
  expect(acknowledged.cases.size).toBe(caseCount);

  // Ledger and engine come to rest by themselves: no case is on its way for ever, no job is stuck, nothing needs a repair.
  const settled = await settledCases(url, accounts.apiKey, acknowledged);
  const engine = await readQuietEngine(url, accounts.engineKey.secret);
  expect(engine.unfinishedJobs).toEqual([]);
  expect(engine.incidents).toEqual([]);

  // Each acknowledged case went on to a decision or to people, in one process instance, with one decision at most.
  const administrator = await signIn(url, accounts, 'administrator');
  const inReview: string[] = [];
  for (const [caseId, { status, decision, decidedBy }] of settled) {
    const record = CaseRecord.parse((await request(`${url}/api/cases/${caseId}/record`, { headers: administrator }))?.body);
    expect(record.records.filter(({ kind }) => kind === 'decision-recorded'), `decisions of case ${caseId}`).toHaveLength(status === 'decided' ? 1 : 0);
    expect(engine.instancesByCase.get(caseId), `process instances of case ${caseId}`).toEqual([record.process?.processInstanceKey]);
    expect(engine.stateByInstance.get(record.process?.processInstanceKey ?? ''), `process instance of case ${caseId}`).toBe(status === 'decided' ? 'COMPLETED' : 'ACTIVE');
    if (status === 'in-review') inReview.push(record.process?.processInstanceKey ?? '');
    const verdict = acknowledged.verdicts.get(caseId);
    if (verdict !== undefined) expect({ caseId, status, decision, decidedBy }).toEqual({ caseId, status: 'decided', decision: verdict, decidedBy: 'expert' });
  }
  for (const { caseId, status, decision } of acknowledged.cases.values()) if (status === 'decided') expect(settled.get(caseId)).toMatchObject({ status, decision });
  // No case without an instance, no instance without a case, and one open task for each case that waits for people.
  expect(settled.size).toBe(caseCount);
  expect(engine.stateByInstance.size).toBe(caseCount);
  expect(engine.openTasks.toSorted()).toEqual(inReview.toSorted());
  expect(acknowledged.verdicts.size).toBeGreaterThan(0);

  await server.stop();
  const verified = execFileSync(process.execPath, ['ledger/verify/main.ts', '--data', dataDir], { encoding: 'utf8' });
  const decidedBy = (whom: string) => [...settled.values()].filter((one) => one.decidedBy === whom).length;
  console.log(`${kills} kills at work, ${killedWhileStarting + 2} while starting; ${caseCount} cases: ${decidedBy('model')} decided by the model, ${decidedBy('expert')} by the expert, ${inReview.length} with people. ${verified.trim()}`);
}, 600_000);

/** Every acknowledged case, once none is on its way any more. */
async function settledCases(url: string, apiKey: string, acknowledged: Acknowledged): Promise<Map<string, Answer>> {
  const settled = new Map<string, Answer>();
  const deadline = Date.now() + 60_000;
  for (const [key, { caseId }] of acknowledged.cases) {
    for (;;) {
      const answer = await request(`${url}/api/cases/${caseId}`, { headers: { authorization: `Bearer ${apiKey}` } });
      expect(answer?.status, `case ${caseId} of ${key}`).toBe(200);
      const current = Answer.parse(answer?.body);
      // A verdict waits out the time in which it can be taken back.
      const onItsWay = current.status === 'received' || (current.status === 'in-review' && acknowledged.verdicts.has(caseId));
      if (onItsWay && Date.now() < deadline) { await pause(100); continue; }
      expect(current.status, `case ${caseId} of ${key}`).not.toBe('received');
      settled.set(caseId, current);
      break;
    }
  }
  return settled;
}
