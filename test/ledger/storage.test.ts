// The data folder: one process at a time, and clear words where the disk refuses.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { acceptCase, countCases, countOutbox, eraseSubject, exportHeads, openLedger, readInput, resumeService, stopService, StorageError, takeLock, verifyChain } from '../../ledger/index.ts';
import { holdFile } from '../harness/hold-file.ts';
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

  test.each(['ledger.db', 'vault-keys.db'])('waits for a reader that holds %s for a moment: after a kill the first to open a file brings its log back alone', async (name) => {
    const dataDir = tempFolder();
    const { ledger, clock } = await openBench({ dataDir });
    await ledger.close();
    await holdFile(join(dataDir, name), 300);
    await (await openLedger({ clock, dataDir })).close();
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

describe('a ledger from which acknowledged records are missing', () => {
  /** Three cases; the last two are in the write-ahead log alone, which is lost. */
  async function cutFolder(): Promise<{ folder: string; last: number; signed: number }> {
    const dataDir = tempFolder();
    const { ledger } = await openBench({ dataDir });
    await receive(ledger);
    const database = new DatabaseSync(join(dataDir, 'ledger.db'));
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const last = Number(database.prepare('SELECT max(seq) AS seq FROM records').get()?.['seq']);
    database.close();
    await receive(ledger);
    await receive(ledger);
    const signed = (await exportHeads(ledger)).at(-1)?.seq ?? 0;
    const folder = tempFolder();
    for (const file of ['ledger.db', 'vault-keys.db', 'vault-keys.db-wal', 'master.key', 'heads.jsonl']) copyFileSync(join(dataDir, file), join(folder, file));
    return { folder, last, signed };
  }

  test('is refused with a sentence that says how many', async () => {
    const { folder, last, signed } = await cutFolder();
    expect(signed).toBeGreaterThan(last);
    const told = `The ledger ends at record ${last}, but record ${signed} was signed at 2025-01-15T09:00:00.000Z: at least ${signed - last} acknowledged records are missing.`;
    await expect(openLedger({ clock: testClock(), dataDir: folder })).rejects.toThrow(told);
    await expect(openLedger({ clock: testClock(), dataDir: folder, acceptLoss: signed })).rejects.toThrow(`set STELLWERK_ACCEPT_LOSS=ledger@${last} for one start`);
    takeLock(folder).release();
  });

  test('goes on where exactly that loss is accepted; the heads of what is lost are kept aside', async () => {
    const { folder, last } = await cutFolder();
    const heads = readFileSync(join(folder, 'heads.jsonl'), 'utf8');
    const ledger = await openLedger({ clock: testClock(), dataDir: folder, acceptLoss: last });
    await receive(ledger);
    expect(await verifyChain(ledger)).toMatchObject({ ok: true });
    await ledger.close();
    const aside = readdirSync(folder).find((name) => name.startsWith('heads.jsonl.before-loss-')) ?? '';
    expect(readFileSync(join(folder, aside), 'utf8')).toBe(heads);
    await (await openLedger({ clock: testClock(), dataDir: folder })).close();
  });
});

describe('a key store from which keys are missing', () => {
  type Cut = { folder: string; lostCase: string; kept: number };

  /** The keys of the last persons are in the write-ahead log alone, which is lost; the ledger is whole. */
  async function cutKeys(): Promise<Cut> {
    const dataDir = tempFolder();
    const { ledger, clock } = await openBench({ dataDir });
    await receive(ledger, { subject: 'person-1' });
    const database = new DatabaseSync(join(dataDir, 'vault-keys.db'));
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const kept = Number(database.prepare('SELECT count(*) AS count FROM vault_keys').get()?.['count']);
    database.close();
    clock.move(1);
    const { caseId } = await receive(ledger, { subject: 'person-2' });
    // Others with keys that are left came later.
    for (let index = 0; index < 600; index += 1) await receive(ledger, { subject: 'person-1' });
    const folder = tempFolder();
    for (const file of ['ledger.db', 'ledger.db-wal', 'vault-keys.db', 'master.key', 'heads.jsonl']) copyFileSync(join(dataDir, file), join(folder, file));
    return { folder, lostCase: caseId, kept };
  }

  test('is refused with the first case that lacks its key, and nothing is written', async () => {
    const { folder, lostCase, kept } = await cutKeys();
    await expect(openLedger({ clock: testClock(), dataDir: folder })).rejects.toThrow(`The key of case ${lostCase}, which was accepted at 2025-01-15T09:00:00.001Z, is not in the key store`);
    await expect(openLedger({ clock: testClock(), dataDir: folder, acceptLostKeys: kept + 1 })).rejects.toThrow(`set STELLWERK_ACCEPT_LOSS=keys@${kept} for one start`);
  });

  test('is refused where it is empty or gone, before it gets secrets of its own', async () => {
    const { folder } = await cutKeys();
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `vault-keys.db${end}`), { force: true });
    for (const _ of [1, 2]) await expect(openLedger({ clock: testClock(), dataDir: folder })).rejects.toThrow("The ledger holds records, but the key store lacks the ledger's own keys.");
  });

  test('goes on where exactly that loss is accepted; verify names it all the same', async () => {
    const { folder, lostCase, kept } = await cutKeys();
    const clock = { now: () => testClock().now() + 60_000 };
    const ledger = await openLedger({ clock, dataDir: folder, acceptLostKeys: kept });
    expect(await readInput(ledger, lostCase)).toEqual({ kind: 'erased' });
    await receive(ledger, { subject: 'person-2' });
    expect(await verifyChain(ledger)).toMatchObject({ ok: false, why: expect.stringContaining('is gone, but no record says that it was erased') });
    await ledger.close();
    await (await openLedger({ clock, dataDir: folder })).close();
  });

  test('is no reason to refuse where the keys that are gone were erased as recorded', async () => {
    const dataDir = tempFolder();
    const { ledger, clock } = await openBench({ dataDir });
    await receive(ledger, { subject: 'person-1' });
    await eraseSubject(ledger, { subject: 'person-1', by: 'officer' });
    await ledger.close();
    await (await openLedger({ clock, dataDir })).close();
  });
});
