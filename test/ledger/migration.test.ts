// A store of an older version opens, loses nothing, verifies, and goes on.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { acceptCase, activeRelease, claimOutbox, countCases, eraseDueCases, getLifecycle, lastDecision, listReleases, listUsers, openLedger, proposeRelease, releaseHistory, rollBack, verifyChain } from '../../ledger/index.ts';
import { findLifecycle } from '../../ledger/releases/lifecycle-row.ts';
import { startOfTest, tempFolder } from './fixture.ts';
import { candidate } from './lifecycle-fixture.ts';

/** Schema 1: two releases, two cases, a stop that was lifted, an account. Schema 2: cases decided by model and expert, one in review, an erased person. */
function oldFolder(schema: 1 | 2 = 1): string {
  const golden = join(import.meta.dirname, `../golden/ledger-schema-${schema}`);
  const folder = tempFolder();
  for (const name of ['ledger', 'vault-keys']) {
    const database = new DatabaseSync(join(folder, `${name}.db`), { enableForeignKeyConstraints: false });
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

  test.each([1, 2] as const)('has the very schema of a new one afterwards, also one of schema %i', async (schema) => {
    const [old, fresh] = [oldFolder(schema), tempFolder()];
    for (const dataDir of [old, fresh]) await (await openLedger({ clock, dataDir })).close();
    expect(schemaOf(old)).toEqual(schemaOf(fresh));
  });
});

describe('a store of schema 2', () => {
  test('opens with everything that was in it, and its decided cases are erased when their time is over', async () => {
    const dataDir = oldFolder(2);
    const ledger = await openLedger({ clock, dataDir });
    expect(await verifyChain(ledger)).toMatchObject({ ok: true, erased: 1, vaultChecked: true });
    expect(await countCases(ledger, {})).toEqual({ received: 1, 'in-review': 1, decided: 2 });
    await ledger.close();
    const later = await openLedger({ clock: { now: () => clock.now() + 201 * 86_400_000 }, dataDir });
    expect(await eraseDueCases(later, { after: 0, to: await lastDecision(later) })).toEqual({ cases: new Map([['loans', 2]]), keys: 2, left: new Map(), next: null });
    expect(await verifyChain(later)).toMatchObject({ ok: true });
    await later.close();
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
