/** One PostgreSQL ledger, opened several times as several processes would: one chain, no lost and no doubled work, news for all. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { acceptCase, claimOutbox, drawAuditSample, eraseCase, getCase, onOutboxChange, openLedger, openReview, putRoutingTable, putService, readInput, recordDecision, verifyChain, waitForCase, type Ledger } from '../../ledger/index.ts';
import { testDatabaseUrl } from '../harness/test-database.ts';
import { definition, pilot, receive, release, scored, tempFolder, testClock, type TestClock } from '../ledger/fixture.ts';

type Team = { ledgers: Ledger[]; clock: TestClock; url: string; masterKeyFile: string };

/** So many processes on one empty ledger, with one master key. */
async function openTeam(size: number): Promise<Team> {
  const url = testDatabaseUrl();
  if (url === null) throw new Error('These tests need the PostgreSQL run: npm run test:postgres.');
  const clock = testClock();
  const masterKeyFile = join(tempFolder(), 'master.key');
  const ledgers: Ledger[] = [];
  for (let nth = 0; nth < size; nth++) {
    const ledger = await openLedger({ clock, databaseUrl: url, dataDir: tempFolder(), masterKeyFile });
    onTestFinished(() => ledger.close());
    ledgers.push(ledger);
  }
  const [first] = ledgers;
  if (first === undefined) throw new Error('A team has at least one process.');
  await putService(first, definition, 'owner');
  await putRoutingTable(first, { service: 'loans', digest: 'table-1', by: 'owner' });
  return { ledgers, clock, url, masterKeyFile };
}

const both = async () => {
  const team = await openTeam(2);
  const [one, other] = team.ledgers;
  if (one === undefined || other === undefined) throw new Error('Two processes were asked for.');
  return { ...team, one, other };
};

describe('several processes on one ledger', () => {
  test('write one chain without a gap, whoever writes', async () => {
    const { ledgers } = await openTeam(4);
    await Promise.all(Array.from({ length: 80 }, (_, nth) => receive(ledgers[nth % 4] as Ledger)));
    const verdicts = await Promise.all(ledgers.map(verifyChain));
    for (const verdict of verdicts) expect(verdict).toMatchObject({ ok: true, records: 82 });
  });

  test('take a request that reaches two of them at once as one case', async () => {
    const { ledgers } = await openTeam(3);
    const request = { service: 'loans', serviceVersion: 1, application: 'bank', idempotencyKey: 'the-same', input: { amount: 1, region: 'north' }, objection: false };
    const answers = await Promise.all(Array.from({ length: 12 }, (_, nth) => acceptCase(ledgers[nth % 3] as Ledger, request)));
    expect(answers.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(new Set(answers.map((answer) => (answer.kind === 'conflict' ? 'conflict' : answer.case.caseId))).size).toBe(1);
  });

  test('never claim the same effect twice', async () => {
    const { ledgers } = await openTeam(3);
    for (let nth = 0; nth < 30; nth++) await receive(ledgers[0] as Ledger);
    const claimed = (await Promise.all(ledgers.flatMap((ledger) => [claimOutbox(ledger, { limit: 10 }), claimOutbox(ledger, { limit: 10 })]))).flat();
    expect(claimed).toHaveLength(30);
    expect(new Set(claimed.map(({ outboxId }) => outboxId)).size).toBe(30);
  });

  test('decide a case once, however many try', async () => {
    const { one, other, clock } = await both();
    const active = await release({ ledger: one, clock });
    const caseId = await scored({ ledger: one, clock }, active.releaseId);
    const results = await Promise.all([one, other, one, other].map((ledger) => recordDecision(ledger, { caseId, proposed: { by: 'model' } })));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['already', 'already', 'already', 'recorded']);
  });

  test('wake a caller who waits at another one, and its outbox', async () => {
    const { one, other, clock } = await both();
    const active = await pilot({ ledger: one, clock });
    const woken = new Promise<void>((resolve) => onTestFinished(onOutboxChange(other, resolve)));
    const caseId = await scored({ ledger: one, clock }, active.releaseId);
    await woken;
    const waiting = waitForCase(other, caseId, { until: 'settled', timeoutMs: 20_000 });
    await openReview(one, { caseId, reasons: ['PILOT'] });
    expect(await waiting).toMatchObject({ status: 'in-review' });
  });

  test('follow an edited service and a stop at once', async () => {
    const { one, other, clock } = await both();
    const active = await release({ ledger: one, clock });
    const caseId = await scored({ ledger: other, clock }, active.releaseId);
    await putRoutingTable(one, { service: 'loans', digest: 'table-2', by: 'owner' });
    expect(await recordDecision(other, { caseId, proposed: { by: 'model' } })).toMatchObject({ kind: 'refused', reason: 'POLICY_CHANGED' });
  });

  test('read nothing any more that another one erased', async () => {
    const { one, other } = await both();
    const { caseId } = await receive(one);
    expect(await readInput(other, caseId)).toMatchObject({ kind: 'readable' });
    await eraseCase(one, { caseId, by: 'officer' });
    await expect.poll(async () => (await readInput(other, caseId)).kind, { timeout: 10_000 }).toBe('erased');
    expect(await verifyChain(other)).toMatchObject({ ok: true, erased: 1 });
  });

  test('refuse one that comes with another master key', async () => {
    const { url, clock } = await both();
    await expect(openLedger({ clock, databaseUrl: url, dataDir: tempFolder() })).rejects.toThrow(/master\.key is missing, but the schema test_\w+_keys holds keys that only it opens/);
    const foreign = tempFolder();
    const donor = await openLedger({ clock, dataDir: foreign });
    await donor.close();
    const folder = tempFolder();
    mkdirSync(folder, { recursive: true });
    cpSync(join(foreign, 'master.key'), join(folder, 'master.key'));
    await expect(openLedger({ clock, databaseUrl: url, dataDir: folder })).rejects.toThrow('The master key does not open the key');
  });

  test('keep a draw that another one made', async () => {
    const { one, other, clock } = await both();
    await release({ ledger: one, clock }, { auditShare: 0.5 });
    const { caseId } = await receive(one);
    expect(await drawAuditSample(other, caseId)).toEqual(await drawAuditSample(one, caseId));
    expect((await getCase(other, caseId))?.draw).not.toBeNull();
  });
});
