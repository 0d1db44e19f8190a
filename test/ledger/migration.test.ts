// A store of an older version opens, loses nothing, verifies, and goes on.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { acceptCase, activeRelease, claimOutbox, getLifecycle, listReleases, listUsers, openLedger, proposeRelease, releaseHistory, rollBack, verifyChain } from '../../ledger/index.ts';
import { findLifecycle } from '../../ledger/releases/lifecycle-row.ts';
import { startOfTest, tempFolder } from './fixture.ts';
import { candidate } from './lifecycle-fixture.ts';

/** Written by the code of schema 1: two releases, two cases, a stop that was lifted, an account. */
const golden = join(import.meta.dirname, '../golden/ledger-schema-1');

function oldFolder(): string {
  const folder = tempFolder();
  for (const name of ['ledger', 'vault-keys']) {
    const database = new DatabaseSync(join(folder, `${name}.db`));
    database.exec(readFileSync(join(golden, `${name}.sql`), 'utf8'));
    database.close();
  }
  for (const file of ['heads.jsonl', 'master.key']) copyFileSync(join(golden, file), join(folder, file));
  return folder;
}

const clock = { now: () => startOfTest + 60_000 };

describe('a store of schema 1', () => {
  test('opens with everything that was in it, and its chain verifies', async () => {
    const ledger = await openLedger({ clock, dataDir: oldFolder() });
    expect(await verifyChain(ledger)).toMatchObject({ ok: true, records: 11, vaultChecked: true });
    const [second, first] = await listReleases(ledger);
    expect(first).toMatchObject({ model: { version: '1' }, end: { how: 'superseded' } });
    expect(await activeRelease(ledger, 'loans')).toMatchObject({ state: 'live', release: { releaseId: second?.releaseId } });
    expect(await listUsers(ledger)).toMatchObject([{ name: 'anna', roles: ['approver'] }]);
    const owed = await claimOutbox(ledger, { limit: 10 });
    expect(owed.map(({ effect, releaseId }) => [effect.kind, releaseId])).toEqual([['start-case', null], ['start-case', null]]);
    await ledger.close();
  });

  test('shows its old releases in the new words', async () => {
    const ledger = await openLedger({ clock, dataDir: oldFolder() });
    const [second, first] = await listReleases(ledger);
    if (!first || !second) throw new Error('two releases expected');
    expect(await getLifecycle(ledger, first.releaseId)).toMatchObject({ state: 'superseded', since: first.end?.at, share: 0, predecessor: null });
    expect(await findLifecycle(ledger.db, second.releaseId)).toMatchObject({ state: 'live', share: 100, proposedBy: 'owner' });
    expect((await releaseHistory(ledger, first.releaseId))?.moves.map(({ from, to, code }) => [from, to, code])).toEqual([[null, 'live', 'OPENED'], ['live', 'superseded', 'SUPERSEDED']]);
    await ledger.close();
  });

  test('goes on: cases, a promotion, a roll-back, and the chain holds over both', async () => {
    const folder = oldFolder();
    const ledger = await openLedger({ clock, dataDir: folder });
    expect((await acceptCase(ledger, { service: 'loans', serviceVersion: 1, application: 'bank', idempotencyKey: 'a', input: { amount: 1 }, objection: false })).kind).toBe('repeated');
    expect(await proposeRelease(ledger, { service: 'loans', kind: 'promotion', model: candidate, source: 'hand', reference: null, proposedBy: 'x', trainedBy: null })).toMatchObject({ kind: 'proposed' });
    expect(await rollBack(ledger, { service: 'loans', by: 'owner', why: { code: 'X' } })).toMatchObject({ kind: 'to-people' });
    await ledger.close();
    const again = await openLedger({ clock, dataDir: folder });
    expect(await verifyChain(again)).toMatchObject({ ok: true });
    await again.close();
  });

  test('has the very schema of a new one afterwards', async () => {
    const [old, fresh] = [oldFolder(), tempFolder()];
    for (const dataDir of [old, fresh]) await (await openLedger({ clock, dataDir })).close();
    expect(schemaOf(old)).toEqual(schemaOf(fresh));
  });
});

function schemaOf(folder: string): unknown[] {
  const database = new DatabaseSync(join(folder, 'ledger.db'));
  const rows = database.prepare('select type, name, sql from sqlite_master order by type, name').all();
  const version = database.prepare('PRAGMA user_version').get();
  database.close();
  // Renaming a table writes its name in quotes.
  return [version, ...rows.map(({ type, name, sql }) => [type, name, String(sql).replaceAll('"', '')])];
}
