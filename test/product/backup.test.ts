/** A backup of the whole server while cases come in and are reviewed: restored, it has every case that was acknowledged before, engine and ledger agree, and each goes on. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import { readQuietEngine } from '../crash/agreement.ts';
import { Answer, pause, request, reviewUntil, signIn, startUntilAcknowledged, type Acknowledged } from '../crash/callers.ts';
import { freePort, startServerProcess, type ServerProcess } from '../harness/server-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'stellwerk-backup-'));
const data = join(folder, 'data');
const callers = 4;
let server: ServerProcess | undefined;

afterAll(async () => {
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const run = promisify(execFile);
const command = (...words: string[]) => run(process.execPath, words, { encoding: 'utf8' });
const refusal = (...words: string[]) => command(...words).then(({ stdout }) => { throw new Error(`not refused: ${stdout}`); }, (error: unknown) => (error as { stderr: string }).stderr.trim());
const Record = z.object({ records: z.array(z.object({ kind: z.string() })), process: z.object({ processInstanceKey: z.string() }).nullable() });

it('a backup taken under load is restored with every case acknowledged before it; each goes on, none is decided twice, engine and ledger agree', async () => {
  const env = { STELLWERK_DEMO: 'releases', STELLWERK_LOG: 'error' };
  server = await startServerProcess({ dataDir: data, port: await freePort(), env });
  const { url } = server;
  const accounts = server.firstRun();
  const expert = await signIn(url, accounts, 'expert');
  const digits = await readDemoCases('digits', 'held-out');
  const acknowledged: Acknowledged = { cases: new Map(), verdicts: new Map() };
  let next = 0;
  let isOver = false;
  const load = Promise.all([
    ...Array.from({ length: callers }, async () => {
      while (!isOver) {
        const index = next++;
        await startUntilAcknowledged(url, accounts.apiKey, `backup-${index}`, digits[index % digits.length]?.input, acknowledged);
      }
    }),
    reviewUntil(() => isOver, url, expert, acknowledged),
  ]);
  while (acknowledged.cases.size < 60 || acknowledged.verdicts.size < 1) await pause(20);

  const before = { cases: new Map(acknowledged.cases), verdicts: new Map(acknowledged.verdicts) };
  const backups = ['first', 'second', 'third'].map((name) => join(folder, name));
  for (const to of backups) expect((await command('api/backup/main.ts', 'backup', '--data', data, '--to', to)).stdout).toContain('while it was in use');
  const casesMeanwhile = acknowledged.cases.size - before.cases.size;
  isOver = true;
  await load;
  expect(casesMeanwhile, 'cases that were acknowledged while the backups were taken').toBeGreaterThan(0);
  await server.stop();
  expect(existsSync(join(data, 'control.sock'))).toBe(false);

  const last = backups.at(-1) ?? '';
  expect(readdirSync(last).sort()).toEqual(expect.arrayContaining(['backup.json', 'engine.db', 'heads.jsonl', 'ledger.db', 'master.key', 'vault-keys.db']));
  for (const [index, backup] of backups.entries()) {
    const restored = join(folder, `restored-${index}`);
    await command('api/backup/main.ts', 'restore', '--from', backup, '--data', restored);
    expect((await command('api/verify/main.ts', '--data', restored)).stdout).toContain('All holds.');
  }
  expect(await refusal('api/backup/main.ts', 'restore', '--from', last, '--data', data)).toContain('it is not empty, and nothing in it is overwritten');

  // The first one is the hardest: it holds what was under way at that moment.
  const restored = join(folder, 'restored-0');
  server = await startServerProcess({ dataDir: restored, port: await freePort(), env });
  const again = server.url;
  const administrator = await signIn(again, accounts, 'administrator');
  const settle = async (caseId: string): Promise<Answer> => {
    for (;;) {
      const answer = await request(`${again}/api/cases/${caseId}`, { headers: { authorization: `Bearer ${accounts.apiKey}` } });
      expect(answer?.status, `case ${caseId}`).toBe(200);
      const current = Answer.parse(answer?.body);
      if (current.status !== 'received' && !(current.status === 'in-review' && before.verdicts.has(caseId))) return current;
      await pause(100);
    }
  };
  for (const { caseId } of before.cases.values()) await settle(caseId);
  const engine = await readQuietEngine(again, accounts.engineKey.secret);
  expect(engine.unfinishedJobs).toEqual([]);
  expect(engine.incidents).toEqual([]);
  for (const { caseId } of before.cases.values()) expect(engine.instancesByCase.has(caseId), `process instance of case ${caseId}`).toBe(true);
  for (const [caseId, instances] of engine.instancesByCase) {
    const { status, decision } = await settle(caseId);
    const record = Record.parse((await request(`${again}/api/cases/${caseId}/record`, { headers: administrator }))?.body);
    expect(instances, `process instances of case ${caseId}`).toEqual([record.process?.processInstanceKey]);
    expect(record.records.filter(({ kind }) => kind === 'decision-recorded'), `decisions of case ${caseId}`).toHaveLength(status === 'decided' ? 1 : 0);
    const verdict = before.verdicts.get(caseId);
    if (verdict === undefined) continue;
    expect(decision).toBe(verdict);
    expect(engine.stateByInstance.get(instances[0] ?? ''), `process instance of case ${caseId}`).toBe('COMPLETED');
  }
  await server.stop();
  expect((await command('api/verify/main.ts', '--data', restored)).stdout).toContain('All holds.');
}, 300_000);

it('the command says what it needs, and what is wrong', async () => {
  const refused = (...words: string[]) => refusal('api/backup/main.ts', ...words);
  await Promise.all([
    expect(refused('backup', '--data', data)).resolves.toMatch(/^backup needs to know where to \(--to\)\. Usage:/),
    expect(refused('restore', '--data', data)).resolves.toMatch(/^restore needs to know from where/),
    expect(refused('backup', '--data', join(folder, 'none'), '--to', join(folder, 'x'))).resolves.toMatch(/^There is no folder .*none\. Name the data folder with --data\.$/),
    expect(refused('backup', '--data', data, '--to', join(data, 'inside'))).resolves.toMatch(/cannot go into the data folder itself/),
    expect(refused('backup', '--datta', data)).resolves.toMatch(/^Unknown option '--datta'\. Usage/),
  ]);
}, 60_000);
