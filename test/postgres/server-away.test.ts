/** The PostgreSQL server goes away in the middle of work: nothing acknowledged is lost, requests fail with a sentence, work goes on when it is back. */
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { getCase, openLedger, putRoutingTable, putService, verifyChain, waitForCase, openReview, StorageError, type Ledger } from '../../ledger/index.ts';
import pg from 'pg';
import { definition, pilot, receive, scored, tempFolder, testClock } from '../ledger/fixture.ts';
import { startPostgres, type RunningPostgres } from './start-postgres.ts';

/** A server of its own: the run's one serves the other tests. */
async function openOnOwnServer(): Promise<{ postgres: RunningPostgres; open: () => Promise<Ledger>; clock: ReturnType<typeof testClock> }> {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.close());
  const clock = testClock();
  const masterKeyFile = join(tempFolder(), 'master.key');
  const open = async () => {
    const ledger = await openLedger({ clock, databaseUrl: postgres.url, dataDir: tempFolder(), masterKeyFile });
    onTestFinished(() => ledger.close());
    return ledger;
  };
  return { postgres, open, clock };
}

async function prepared() {
  const team = await openOnOwnServer();
  const ledger = await team.open();
  await putService(ledger, definition, 'owner');
  await putRoutingTable(ledger, { service: 'loans', digest: 'table-1', by: 'owner' });
  return { ...team, ledger };
}

describe('a server that is ended in mid-work', () => {
  test('loses no acknowledged case, and takes cases again when it is back', async () => {
    const { postgres, ledger } = await prepared();
    const acknowledged: string[] = [];
    let isOver = false;
    const failures: unknown[] = [];
    const caller = async () => {
      while (!isOver) await receive(ledger).then(({ caseId }) => acknowledged.push(caseId), (error: unknown) => failures.push(error));
    };
    const callers = Array.from({ length: 4 }, caller);
    for (let round = 0; round < 3; round++) {
      const before = acknowledged.length;
      await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(before + 20);
      await postgres.crashAndRestart();
    }
    isOver = true;
    await Promise.all(callers);
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) expect(failure).toMatchObject({ name: 'StorageError', problem: 'unreachable' });
    for (const caseId of acknowledged) expect(await getCase(ledger, caseId)).not.toBeNull();
    expect(await verifyChain(ledger)).toMatchObject({ ok: true });
  });

  test('answers every request with a sentence while it is away', async () => {
    const { postgres, ledger } = await prepared();
    await postgres.stop();
    const refused = await receive(ledger).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StorageError);
    expect((refused as StorageError).message).toContain('Nothing that was not acknowledged counts as stored');
    await expect(getCase(ledger, 'any')).rejects.toMatchObject({ problem: 'unreachable' });
    await postgres.start();
    expect((await receive(ledger)).caseId).toBeTypeOf('string');
  });

  test('tells callers who wait what they missed meanwhile', async () => {
    const { postgres, ledger, open, clock } = await prepared();
    const active = await pilot({ ledger, clock });
    const caseId = await scored({ ledger, clock }, active.releaseId);
    const other = await open();
    const waiting = waitForCase(other, caseId, { until: 'settled', timeoutMs: 50_000 });
    // A whole transaction later its first look is behind it: now it waits.
    await receive(other);
    await postgres.crashAndRestart();
    await openReview(ledger, { caseId, reasons: ['PILOT'] });
    expect(await waiting).toMatchObject({ status: 'in-review' });
  });
});

describe('a start with a wrong address', () => {
  const open = (databaseUrl: string) => openLedger({ clock: testClock(), dataDir: tempFolder(), databaseUrl });
  const server = process.env['STELLWERK_TEST_DATABASE'] ?? '';

  test.each([
    ['password', server.replace(':test@', ':wrong@'), 'PostgreSQL refused the user or password of DATABASE_URL'],
    ['user', server.replace('stellwerk:', 'nobody:'), 'PostgreSQL refused the user or password of DATABASE_URL'],
    ['database', server.replace(/\/postgres$/, '/none'), 'The database that DATABASE_URL names does not exist'],
    ['host', server.replace('127.0.0.1', 'no-such-host.invalid'), 'The host of DATABASE_URL'],
    ['port', server.replace(/:\d+\/postgres$/, ':1/postgres'), 'The PostgreSQL ledger cannot be reached'],
  ])('says in a sentence that the %s is wrong', async (_what, url, sentence) => {
    await expect(open(url)).rejects.toThrow(sentence);
  });
});

describe('a process that is lost in the middle of a transaction', () => {
  test('does not keep the others from writing for longer than seconds', async () => {
    const { postgres, ledger, open } = await prepared();
    const stuck = await open();
    let hold: () => void = () => {};
    const held = stuck.commits.run(() => new Promise<void>((resolve) => { hold = resolve; }), 'durable').catch((error: unknown) => error);
    await expect.poll(() => waitsForLock(postgres.url), { timeout: 10_000 }).toBe('held');
    const began = Date.now();
    // The server ends the idle transaction after ten seconds, and with it the lock.
    await receive(ledger).catch(() => receive(ledger));
    expect(Date.now() - began).toBeLessThan(40_000);
    hold();
    expect(await held).toBeInstanceOf(StorageError);
    expect(await verifyChain(ledger)).toMatchObject({ ok: true });
  });

  test('and a message that is none of ours ends nobody', async () => {
    const { postgres, ledger } = await prepared();
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query("SELECT pg_notify('stellwerk_news', 'no json')");
    await client.query(`SELECT pg_notify('stellwerk_news', '{"from":"newer","what":1}')`);
    await client.end();
    expect((await receive(ledger)).caseId).toBeTypeOf('string');
  });
});

/** Whether somebody holds the ledger's lock at this moment. */
async function waitsForLock(url: string): Promise<'held' | 'free'> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted");
  await client.end();
  return rows.length > 0 ? 'held' : 'free';
}
