// The whole server is killed (SIGKILL) while a model version is promoted, again and again: every step of a release is done once, and release, engine and records agree afterwards.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createRandom } from '../harness/random.ts';
import { freePort, spawnServerProcess, startServerProcess, untilReady, type ServerProcess } from '../harness/server-process.ts';
import { readQuietEngine, searchEngine, type Row } from './agreement.ts';
import { pause } from './callers.ts';
import { atRandom, planKill, whereKilled } from './kill-plan.ts';
import { createPromoters, type Release } from './promoters.ts';

const seed = Number(process.env['STELLWERK_TEST_SEED'] ?? Date.now() % 1_000_000);
const wantedKills = Number(process.env['STELLWERK_TEST_KILLS'] ?? 6);
const minutes = Number(process.env['STELLWERK_TEST_MINUTES'] ?? Infinity);
/** A life ends at one of its first commits, some of them the start's: a promotion is some hundred, so that kills fall into all of its steps, however busy the machine is. */
const commitsOfALife = 50;
/** … or after so many records of the ledger at most. */
const recordsOfALife = 8;
/** When nothing more is to be done, it ends too. */
const idleMs = 15_000;
const dataDir = mkdtempSync(join(tmpdir(), 'stellwerk-promotion-'));
const logs = mkdtempSync(join(tmpdir(), 'stellwerk-kills-'));
let server: ServerProcess | undefined;

afterAll(async () => {
  await server?.kill();
  for (const folder of [dataDir, logs]) rmSync(folder, { recursive: true, force: true });
});

const Text = z.string();
const wholeWay = ['proposed', 'evaluated', 'approved', 'shadow', 'canary 10', 'canary 50', 'canary 100', 'live'];

test(`killed ${wantedKills} times, a server promotes version after version, each step once (seed ${seed})`, async () => {
  console.log(`seed ${seed}: repeat with STELLWERK_TEST_SEED=${seed}`);
  const random = createRandom(seed);
  const options = { dataDir, port: await freePort(), env: { STELLWERK_DEMO: 'releases', STELLWERK_LOG: 'error' } };
  server = await startServerProcess(options);
  const { url } = server;
  const accounts = server.firstRun();
  const people = await createPromoters(url, accounts);

  const promoted: string[] = [];
  let isOver = false;
  const promotions = (async () => {
    for (;;) {
      const release = await people.promote();
      promoted.push(release);
      if (isOver) return;
      await people.rollBack(release);
    }
  })();
  const failed = promotions.then(() => new Promise<never>(() => {}));

  let kills = 0;
  const states = new Map<string, number>();
  const killsByPlace = new Map<string, number>();
  const lastKill = Date.now() + minutes * 60_000;
  await server.kill();
  while (kills < wantedKills && Date.now() < lastKill) {
    const planned = planKill(kills, random, join(logs, String(kills)));
    const point = planned === null ? null : { ...planned, nth: 1 + Math.floor(random() * commitsOfALife) };
    server = spawnServerProcess(point === null ? options : { ...options, preload: 'test/crash/kill-points.ts', env: { ...options.env, STELLWERK_TEST_KILL_AT: JSON.stringify(point) } });
    const life = server;
    const isUp = untilReady(life).then(() => true, () => false);
    const ended = await Promise.race([isUp.then(() => untilWritten(point === null ? 1 + Math.floor(random() * recordsOfALife) : Infinity, life)).then(() => 'by the test'), life.gone.then(() => 'before that'), failed]);
    if (ended === 'before that' && whereKilled(point) === atRandom) throw new Error(`the server ended by itself:\n${life.output()}`);
    await life.kill();
    kills += 1;
    const where = whereKilled(point);
    killsByPlace.set(where, (killsByPlace.get(where) ?? 0) + 1);
    const state = stateOnDisk();
    states.set(state, (states.get(state) ?? 0) + 1);
    if (kills % 20 === 0) console.log(`${kills} kills, ${promoted.length} versions live`);
  }
  isOver = true;
  server = await startServerProcess(options);
  await promotions;

  const engine = await readQuietEngine(url, accounts.engineKey.secret);
  expect(engine.incidents).toEqual([]);
  expect(engine.unfinishedJobs).toEqual([]);
  const instances = await searchEngine(url, accounts.engineKey.secret, 'process-instances');
  const releaseOf = new Map((await searchEngine(url, accounts.engineKey.secret, 'variables', { name: 'releaseId' })).map(({ processInstanceKey, value }) => [processInstanceKey, JSON.parse(String(value)) as unknown]));
  const of = (process: string, release: string): Row[] => instances.filter(({ processDefinitionId, processInstanceKey }) => processDefinitionId === process && releaseOf.get(processInstanceKey) === release);
  expect(new Set(promoted).size).toBe(promoted.length);
  for (const [index, id] of promoted.entries()) {
    const release = await people.read(id);
    const isLast = index === promoted.length - 1;
    expect({ id, way: wayOf(release) }).toEqual({ id, way: isLast ? wholeWay : [...wholeWay, 'withdrawn'] });
    // One promotion, which came to its end, and one watch, which goes on while the release is live.
    expect(of('model-promotion', id).map(({ state }) => state), `promotions of ${id}`).toEqual(['COMPLETED']);
    const [promotion] = of('model-promotion', id);
    expect(instances.filter(({ parentProcessInstanceKey }) => parentProcessInstanceKey === promotion?.['processInstanceKey']).map(({ processDefinitionId, state }) => [processDefinitionId, state]), `what the promotion of ${id} called`).toEqual([['serve-candidate', 'COMPLETED'], ['serve-candidate', 'COMPLETED']]);
    expect(of('release-watch', id).map(({ state }) => state), `watches of ${id}`).toEqual([isLast ? 'ACTIVE' : expect.stringMatching(/^(COMPLETED|TERMINATED)$/)]);
    expect(release.evidence.filter(({ current }) => current).map(({ kind }) => kind).sort()).toEqual([...new Set(release.evidence.map(({ kind }) => kind))].sort());
  }
  // No promotion in the engine that the ledger does not know.
  expect(instances.filter(({ processDefinitionId }) => processDefinitionId === 'model-promotion')).toHaveLength(promoted.length);

  const verify = () => execFileSync(process.execPath, ['api/verify/main.ts', '--data', dataDir], { encoding: 'utf8' });
  verify();
  await server.stop();
  const verified = verify();
  console.log(`seed ${seed}: ${kills} kills, ${[...killsByPlace].map(([where, count]) => `${count} ${where}`).join(', ')}; while a release was ${[...states].map(([state, count]) => `${state} ${count}`).join(', ')}; ${promoted.length} versions promoted. ${verified.trim()}`);
}, 600_000 + wantedKills * 60_000);

/** The value `found` of the first row. */
function ask(sql: string): SQLOutputValue | undefined {
  const db = new DatabaseSync(join(dataDir, 'ledger.db'), { readOnly: true });
  try {
    return db.prepare(sql).get()?.['found'];
  } finally {
    db.close();
  }
}

/** Of the release that was proposed last, as the kill left it. */
const stateOnDisk = (): string => Text.parse(ask("SELECT m.to_state AS found FROM release_moves m JOIN release_proposals p ON p.release_id = m.release_id WHERE p.service = 'credit-risk' ORDER BY m.record_seq DESC LIMIT 1") ?? 'not proposed');

/** Until so many records have come in this life of the server, or none for a while. */
async function untilWritten(records: number, { gone }: ServerProcess): Promise<void> {
  let isOver = false;
  void gone.then(() => { isOver = true; });
  const count = () => Number(ask('SELECT max(seq) AS found FROM records'));
  const first = count();
  for (let last = first, since = Date.now(); !isOver && last - first < records && Date.now() - since < idleMs; await pause(20)) {
    const now = count();
    if (now !== last) since = Date.now();
    last = now;
  }
}

/** Each state and share that the release came into, in order: one that came twice was done twice. */
function wayOf({ moves }: Release): string[] {
  return moves.filter(({ from, to, code, share }, index) => from !== to || (to === 'canary' && share !== null && code !== 'STEP_ASKED' && share !== moves.slice(0, index).findLast((one) => one.share !== null)?.share)).map(({ to, share }) => (to === 'canary' ? `canary ${share}` : to));
}
