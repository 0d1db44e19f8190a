// The data folder: one process at a time, and clear words where the disk refuses.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { acceptCase, countCases, countOutbox, openLedger, resumeService, stopService, StorageError, takeLock, verifyChain } from '../../ledger/index.ts';
import { openBench, receive, tempFolder, testClock } from './fixture.ts';

const request = { service: 'loans', serviceVersion: 1, application: 'bank', idempotencyKey: 'k', input: { text: 'x'.repeat(100_000) }, objection: false };

describe('the data folder', () => {
  test('refuses a second process with a sentence that says what to do', async () => {
    const dataDir = tempFolder();
    await openBench({ dataDir });
    const script = `
      const { openLedger } = await import(${JSON.stringify(join(import.meta.dirname, '../../ledger/index.ts'))});
      await openLedger({ clock: { now: () => 0 }, dataDir: ${JSON.stringify(dataDir)} }).catch((error) => console.log(error.message));`;
    const second = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(second.stdout).toBe(`Another Stellwerk process is using the data folder ${dataDir}. End it first, or set STELLWERK_DATA to another folder.\n`);
  });

  test('refuses a second opening in the same process too, and is free after closing', async () => {
    const dataDir = tempFolder();
    const { ledger, clock } = await openBench({ dataDir });
    await expect(openLedger({ clock, dataDir })).rejects.toMatchObject({ problem: 'in-use' });
    await receive(ledger);
    await ledger.close();
    takeLock(dataDir).release();
  });

  test('closes once however often it is asked to, after the transactions that are under way', async () => {
    const { ledger, clock } = await openBench({ dataDir: tempFolder() });
    const working = Promise.all([stopService(ledger, { service: 'loans', by: 'owner' }), resumeService(ledger, { service: 'loans', by: 'owner' })]);
    await Promise.all([ledger.close(), ledger.close()]);
    expect(await working).toMatchObject([{ by: 'owner', at: clock.now() }, undefined]);
  });

  test('of a newer version is refused, and a file that is no database is called damaged', async () => {
    const newer = tempFolder();
    const database = new DatabaseSync(join(newer, 'ledger.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(openLedger({ clock: testClock(), dataDir: newer })).rejects.toThrow('written by a newer Stellwerk');
    const damaged = tempFolder();
    writeFileSync(join(damaged, 'ledger.db'), 'this is no database, and long enough to be looked at'.repeat(10));
    await expect(openLedger({ clock: testClock(), dataDir: damaged })).rejects.toMatchObject({ problem: 'damaged' });
    takeLock(damaged).release();
  });

  test('asks for what it needs: a folder or memory, and a PostgreSQL server that is there', async () => {
    await expect(openLedger({ clock: testClock() })).rejects.toThrow('either a data folder or inMemory');
    const nobodyThere = openLedger({ clock: testClock(), dataDir: tempFolder(), databaseUrl: 'postgres://stellwerk@127.0.0.1:1/stellwerk' });
    await expect(nobodyThere).rejects.toMatchObject({ problem: 'unreachable', message: expect.stringContaining('cannot be reached') });
    const oddSchema = openLedger({ clock: testClock(), dataDir: tempFolder(), databaseUrl: 'postgres://127.0.0.1:1/stellwerk?schema=A;B' });
    await expect(oddSchema).rejects.toThrow('"A;B" cannot be the schema in DATABASE_URL');
  });
});

describe('a disk that is full', () => {
  test('fails the request with a sentence, leaves nothing half done, and goes on when there is space again', async () => {
    const { ledger } = await openBench({ dataDir: tempFolder() });
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(ledger.db);
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 2)}`.execute(ledger.db);
    const failed = acceptCase(ledger, request);
    await expect(failed).rejects.toBeInstanceOf(StorageError);
    await expect(failed).rejects.toMatchObject({ problem: 'disk-full', message: expect.stringContaining('Free some space') });
    expect(await countCases(ledger)).toMatchObject({ received: 0 });
    expect(await countOutbox(ledger)).toMatchObject({ 'start-case': 0 });
    expect(await verifyChain(ledger)).toMatchObject({ ok: true });
    await sql`pragma max_page_count = 1000000`.execute(ledger.db);
    expect((await acceptCase(ledger, request)).kind).toBe('accepted');
    expect(await verifyChain(ledger)).toMatchObject({ ok: true });
  });
});

describe('a ledger that cannot be written', () => {
  test('fails the request with a sentence and still answers reads', async () => {
    const { ledger } = await openBench();
    const { caseId } = await receive(ledger);
    await sql`pragma query_only = on`.execute(ledger.db);
    await expect(acceptCase(ledger, request)).rejects.toMatchObject({ problem: 'read-only' });
    await sql`pragma query_only = off`.execute(ledger.db);
    expect(await countCases(ledger)).toMatchObject({ received: 1 });
    expect(caseId).toBeDefined();
  });
});
