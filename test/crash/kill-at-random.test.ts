// The whole server is killed (SIGKILL) at random moments and at named points of both stores while cases come in and an expert reviews: nothing acknowledged is lost, nothing is decided twice, ledger and engine agree.
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
import { atRandom, planKill, whereKilled } from './kill-plan.ts';
import { Answer, pause, request, reviewUntil, signIn, startUntilAcknowledged, type Acknowledged } from './callers.ts';

const callers = 6;
const seed = Number(process.env['STELLWERK_TEST_SEED'] ?? Date.now() % 1_000_000);
const wantedKills = Number(process.env['STELLWERK_TEST_KILLS'] ?? 24);
/** After so many minutes no more kills; what was done until then is checked. */
const minutes = Number(process.env['STELLWERK_TEST_MINUTES'] ?? Infinity);
const casesPerKill = wantedKills < 50 ? 20 : 10;
const dataDir = mkdtempSync(join(tmpdir(), 'stellwerk-crash-'));
/** What the kill points write before they kill. */
const logs = mkdtempSync(join(tmpdir(), 'stellwerk-kills-'));
let server: ServerProcess | undefined;

afterAll(async () => {
  await server?.kill();
  for (const folder of [dataDir, logs]) rmSync(folder, { recursive: true, force: true });
});

const CaseRecord = z.object({
  records: z.array(z.object({ kind: z.string() })),
  process: z.object({ processInstanceKey: z.string() }).nullable(),
  decision: z.object({ class: z.string(), decidedBy: z.string() }).nullable(),
});

test(`killed ${wantedKills} times under load, the server loses no case and decides none twice (seed ${seed})`, async () => {
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
  let isOver = false;
  const started = Promise.all(
    Array.from({ length: callers }, async () => {
      for (;;) {
        // So many cases come in during each life of the server, and once more after the last.
        while (next >= (kills + 1) * casesPerKill && !isOver) await pause(10);
        if (isOver && next >= (kills + 1) * casesPerKill) return;
        const index = next++;
        await startUntilAcknowledged(url, accounts.apiKey, `crash-${index}`, digits[index % digits.length]?.input, acknowledged);
      }
    }),
  );
  const allStarted = started.then(() => 'all cases are started');
  const reviewed = reviewUntil(() => isOver && acknowledged.verdicts.size >= 5, url, expert, acknowledged);
  // A failure of theirs is told at once, not after the last kill.
  const failed = Promise.race([started, reviewed]).then(() => new Promise<never>(() => {}));
  await server.kill();
  let killedWhileStarting = 0;
  const killsByPlace = new Map<string, number>();
  const lastKill = Date.now() + minutes * 60_000;
  while (kills < wantedKills && Date.now() < lastKill) {
    const point = planKill(kills, random, join(logs, String(kills)));
    server = spawnServerProcess(point === null ? options : { ...options, preload: 'test/crash/kill-points.ts', env: { ...options.env, STELLWERK_TEST_KILL_AT: JSON.stringify(point) } });
    const life = server;
    const isUp = untilReady(life).then(() => true, () => false);
    const moment = point === null && random() < 0.3 ? pause(random() * 2_000) : isUp.then(() => pause(point === null ? 20 + random() * 900 : 3_000));
    const ended = await Promise.race([moment.then(() => 'by the test'), life.gone.then(() => 'before that'), failed]);
    if (ended === 'before that' && whereKilled(point) === atRandom) throw new Error(`the server ended by itself:\n${life.output()}`);
    await life.kill();
    if (!(await isUp)) killedWhileStarting += 1;
    kills += 1;
    const where = whereKilled(point);
    killsByPlace.set(where, (killsByPlace.get(where) ?? 0) + 1);
    if (kills % 20 === 0) console.log(`${kills} kills, ${acknowledged.cases.size} cases acknowledged`);
  }
  isOver = true;
  server = await startServerProcess(options);
  expect(await allStarted).toBe('all cases are started');
  await reviewed;
  const caseCount = next;
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
  // Each of the demo's two releases is watched, once.
  expect(engine.withoutCase).toEqual(['release-watch', 'release-watch']);
  expect(engine.stateByInstance.size).toBe(caseCount + 2);
  expect(engine.openTasks.toSorted()).toEqual(inReview.toSorted());
  expect(acknowledged.verdicts.size).toBeGreaterThan(0);

  const verify = () => execFileSync(process.execPath, ['api/verify/main.ts', '--data', dataDir], { encoding: 'utf8' });
  verify();
  await server.stop();
  const verified = verify();
  if (kills >= 24) for (const file of ['engine.db', 'ledger.db']) for (const at of ['before-commit', 'after-commit', 'in-checkpoint']) expect([...killsByPlace.keys()]).toContain(`${at} of ${file}`);
  const decidedBy = (whom: string) => [...settled.values()].filter((one) => one.decidedBy === whom).length;
  console.log(`seed ${seed}: ${kills + 2} kills, ${killedWhileStarting + 2} of them before the server was ready; ${[...killsByPlace].map(([where, count]) => `${count} ${where}`).join(', ')}; ${caseCount} cases: ${decidedBy('model')} decided by the model, ${decidedBy('expert')} by the expert, ${inReview.length} with people. ${verified.trim()}`);
}, 600_000 + wantedKills * 60_000);

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
