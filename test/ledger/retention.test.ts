// Cases whose time is over are erased: what tells of persons goes, what was decided stays, and the chain holds.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import {
  acceptCase,
  caseRecord,
  countErasedCases,
  eraseDueCases,
  finishRetentionErasures,
  getCase,
  lastDecision,
  listCases,
  openLedger,
  openReview,
  putService,
  readExplanation,
  readInput,
  recordDecision,
  storeBlindVerdict,
  storeExplanation,
  storeFinalVerdict,
  verifyChain,
  type ErasureSlice,
  type Ledger,
} from '../../ledger/index.ts';
import { openFolderReader } from '../../ledger/chain/open-reader.ts';
import { verifyReader } from '../../ledger/chain/verify-chain.ts';
import { blind, definition, emptyStore, inReview, openBench, receive, release, scored, tempFolder, type Bench } from './fixture.ts';

const dayMs = 86_400_000;
const keptMs = definition.retentionDays * dayMs;

/** All slices, one after the other. */
async function eraseAll(ledger: Ledger): Promise<{ cases: number; keys: number; slices: number }> {
  const sum = { cases: 0, keys: 0, slices: 0 };
  const to = await lastDecision(ledger);
  let after: number | null = 0;
  do {
    const slice: ErasureSlice = await eraseDueCases(ledger, { after, to });
    sum.cases += slice.cases.get('loans') ?? 0;
    sum.keys += slice.keys;
    sum.slices += 1;
    after = slice.next;
  } while (after !== null);
  return sum;
}

/** Decided by a person who wrote something, with all that the vault may hold. */
async function decided(bench: Bench, request: Parameters<typeof inReview>[1] = {}): Promise<string> {
  const { ledger } = bench;
  const caseId = await inReview(bench, request);
  await storeExplanation(ledger, caseId, { method: 'shapley', class: 'grant', baseValue: 0.5, prediction: 0.9, attributions: { amount: 0.4 }, tolerance: 0.01 });
  await storeBlindVerdict(ledger, blind(caseId, 'decline'));
  await storeFinalVerdict(ledger, { caseId, userTaskKey: `task-of-${caseId}`, reviewer: 'erika', class: 'grant', text: 'second income' });
  bench.clock.move(5001);
  await recordDecision(ledger, { caseId, proposed: { by: 'expert' } });
  return caseId;
}

describe('a decided case', () => {
  test('keeps everything until its days are over, then loses input, address, explanation and typed text, and keeps its decision', async () => {
    const bench = await openBench();
    const { ledger, clock } = bench;
    const caseId = await decided(bench, { businessId: 'A-1', callbackUrl: 'https://bank.example/' });
    clock.move(keptMs - 1);
    expect(await eraseAll(ledger)).toMatchObject({ cases: 0, keys: 0 });
    expect(await readInput(ledger, caseId)).toMatchObject({ kind: 'readable' });
    clock.move(1);
    expect(await eraseAll(ledger)).toMatchObject({ cases: 1, keys: 1 });
    expect(await readInput(ledger, caseId)).toEqual({ kind: 'erased' });
    expect(await readExplanation(ledger, caseId)).toBeNull();
    expect(await getCase(ledger, caseId)).toMatchObject({ status: 'decided', businessId: null, callbackUrl: null, decision: { class: 'grant', decidedBy: 'expert' } });
    expect(await listCases(ledger, { businessId: 'A-1' })).toMatchObject({ items: [] });
    const record = await caseRecord(ledger, caseId);
    expect(record).toMatchObject({ inputErased: true, verdicts: [{ text: null }, { text: null, class: 'grant' }] });
    expect(record?.records.at(-1)).toMatchObject({ kind: 'case-erased', facts: { service: 'loans', serviceVersion: 1, entries: 4 } });
    expect(await verifyChain(ledger)).toMatchObject({ ok: true, erased: 3 });
    expect(await countErasedCases(ledger, 'loans')).toBe(1);
    expect(await eraseAll(ledger)).toMatchObject({ cases: 0, keys: 0 });
  });

  test('is kept for as long as the version in force of its service says', async () => {
    const bench = await openBench();
    await decided(bench);
    bench.clock.move(keptMs);
    await putService(bench.ledger, { ...definition, retentionDays: 300 }, 'owner');
    expect(await eraseAll(bench.ledger)).toMatchObject({ cases: 0 });
    bench.clock.move(100 * dayMs);
    expect(await eraseAll(bench.ledger)).toMatchObject({ cases: 1 });
    expect(await verifyChain(bench.ledger)).toMatchObject({ ok: true });
  });

  test('is still the answer to a repetition of its request, and nothing can be sealed for it any more', async () => {
    const bench = await openBench();
    const caseId = await decided(bench, { idempotencyKey: 'again', subject: 'person-1' });
    await receive(bench.ledger, { subject: 'person-1' });
    bench.clock.move(keptMs);
    await eraseAll(bench.ledger);
    const body = { service: 'loans', serviceVersion: 1, application: 'bank', idempotencyKey: 'again', input: { amount: 1000, region: 'north' }, objection: false, subject: 'person-1' };
    expect(await acceptCase(bench.ledger, body)).toMatchObject({ kind: 'repeated', case: { caseId } });
    expect((await listCases(bench.ledger, {})).kind === 'page' && (await readInput(bench.ledger, caseId)).kind).toBe('erased');
  });
});

describe('a case that is not decided', () => {
  test('is never erased, however old it is', async () => {
    const bench = await openBench();
    const { ledger, clock } = bench;
    const received = (await receive(ledger)).caseId;
    const waiting = await inReview(bench);
    const objected = (await receive(ledger, { objection: true })).caseId;
    await openReview(ledger, { caseId: objected, reasons: ['OBJECTION'] });
    clock.move(20 * keptMs);
    expect(await eraseAll(ledger)).toMatchObject({ cases: 0, keys: 0 });
    for (const caseId of [received, waiting, objected]) expect(await readInput(ledger, caseId)).toMatchObject({ kind: 'readable' });
  });
});

describe('the key of a person', () => {
  test('stays while one of their cases is kept, and goes with the last one', async () => {
    const bench = await openBench();
    const { ledger, clock } = bench;
    const old = await decided(bench, { subject: 'person-1' });
    clock.move(keptMs - dayMs);
    const young = await decided(bench, { subject: 'person-1' });
    clock.move(dayMs);
    expect(await eraseAll(ledger)).toMatchObject({ cases: 1, keys: 0 });
    expect(await readInput(ledger, old)).toEqual({ kind: 'erased' });
    expect(await readInput(ledger, young)).toMatchObject({ kind: 'readable' });
    expect(await verifyChain(ledger)).toMatchObject({ ok: true });
    clock.move(keptMs);
    expect(await eraseAll(ledger)).toMatchObject({ cases: 1, keys: 1 });
    expect(await ledger.vault.keys.findSubject('person-1')).toBeNull();
    expect(await verifyChain(ledger)).toMatchObject({ ok: true });
    const { caseId } = await receive(ledger, { subject: 'person-1' });
    expect(await readInput(ledger, caseId)).toMatchObject({ kind: 'readable' });
  });

  test('whose erasure was recorded but not carried out before a crash is destroyed by the next look', async () => {
    const store = { ...emptyStore(), ...(emptyStore().databaseUrl === undefined ? { dataDir: tempFolder() } : {}) };
    const { inMemory: _, ...folder } = store;
    const bench = await openBench(folder);
    const { ledger, clock } = bench;
    const caseId = await decided(bench);
    clock.move(keptMs);
    const crashing = { ...ledger, vault: { ...ledger.vault, keys: { ...ledger.vault.keys, erase: () => Promise.reject(new Error('crash')) } } };
    await expect(eraseDueCases(crashing, { after: 0, to: await lastDecision(ledger) })).rejects.toThrow('crash');
    await ledger.close();
    const again = await openLedger({ clock, ...folder });
    const row = await again.db.selectFrom('cases').select('key_id').where('case_id', '=', caseId).executeTakeFirstOrThrow();
    expect(await again.vault.keys.read(row.key_id)).not.toBeNull();
    expect(await finishRetentionErasures(again, 0)).toBeNull();
    expect(await again.vault.keys.read(row.key_id)).toBeNull();
    expect(await verifyChain(again)).toMatchObject({ ok: true });
    await again.close();
  });
});

describe('many cases', () => {
  test('go in slices of twenty, in the order in which they were decided, and leave those between them that are kept', async () => {
    const bench = await openBench();
    const { ledger, clock } = bench;
    const live = await release(bench, { validForMs: 30 * dayMs });
    const open: string[] = [];
    for (let index = 0; index < 70; index += 1) {
      const caseId = await scored(bench, live.releaseId);
      if (index % 7 === 3) open.push(caseId);
      else await recordDecision(ledger, { caseId, proposed: { by: 'model' } });
      clock.move(1);
    }
    clock.move(keptMs);
    expect(await eraseAll(ledger)).toEqual({ cases: 60, keys: 60, slices: 3 });
    for (const caseId of open) expect(await readInput(ledger, caseId)).toMatchObject({ kind: 'readable' });
    expect(await verifyChain(ledger)).toMatchObject({ ok: true, erased: 60 });
  });

  test('are erased once where two processes look at the same time', async () => {
    const bench = await openBench();
    for (let index = 0; index < 3; index += 1) await decided(bench);
    bench.clock.move(keptMs);
    const range = { after: 0, to: await lastDecision(bench.ledger) };
    const slices = await Promise.all([1, 2].map(() => eraseDueCases(bench.ledger, range)));
    expect(slices.reduce((sum, { cases }) => sum + (cases.get('loans') ?? 0), 0)).toBe(3);
    expect(await verifyChain(bench.ledger)).toMatchObject({ ok: true });
  });
});

describe('verify', () => {
  const altered = [
    ['an entry was removed and no record says that its case was erased', 'delete from case_erasures', 'was removed'],
    ['the record of an erasure is there and the entry too', `insert into vault_entries select c.record_seq, 'input', c.case_id, c.key_id, x'00' from cases c join case_erasures e on e.case_id = c.case_id limit 1`, 'its vault entry is there'],
    ['an erasure was written into the table alone', `insert into case_erasures select c.case_id, c.service, 1, c.received_at, 1, 1, 9999 from cases c where c.status <> 'decided'; delete from vault_entries where case_id in (select case_id from cases where status <> 'decided')`, 'was removed'],
  ] as const;
  test.each(altered)('finds it where %s', async (_, change, why) => {
    const folder = await erasedFolder();
    const database = new DatabaseSync(join(folder, 'ledger.db'));
    database.exec(change);
    database.close();
    expect(await verifyFolder(folder)).toMatchObject({ ok: false, why: expect.stringContaining(why) });
  });

  test('finds an erasure that came too early, whoever recorded it', async () => {
    const dataDir = tempFolder();
    const bench = await openBench({ dataDir });
    await decided(bench);
    bench.clock.move(keptMs);
    await putService(bench.ledger, { ...definition, retentionDays: 400 }, 'owner');
    // The rule is bent where it is remembered, not where it is recorded.
    const first = bench.ledger.services.get('loans/1');
    if (first === undefined) throw new Error('The service should be known.');
    bench.ledger.services.set('loans/2', { ...first, version: 2 });
    expect(await eraseAll(bench.ledger)).toMatchObject({ cases: 1 });
    expect(await verifyChain(bench.ledger)).toMatchObject({ ok: false, why: expect.stringContaining('not so long ago') });
  });

  test('holds on the folder of a closed ledger', async () => {
    expect(await verifyFolder(await erasedFolder())).toMatchObject({ ok: true, erased: 3, vaultChecked: true });
  });
});

test('nothing of an erased entry is left in the files', async () => {
  const dataDir = tempFolder();
  const bench = await openBench({ dataDir });
  const caseId = await decided(bench, { subject: 'person-1' });
  await receive(bench.ledger, { subject: 'person-1' });
  const { sealed } = await bench.ledger.db.selectFrom('vault_entries').select('sealed').where('case_id', '=', caseId).where('kind', '=', 'input').executeTakeFirstOrThrow();
  const filesWith = () => readdirSync(dataDir).filter((file) => readFileSync(join(dataDir, file)).includes(Buffer.from(sealed)));
  expect(filesWith()).not.toEqual([]);
  bench.clock.move(keptMs);
  await eraseAll(bench.ledger);
  await bench.ledger.cleanCaseLog();
  expect(filesWith()).toEqual([]);
});

async function erasedFolder(): Promise<string> {
  const dataDir = tempFolder();
  const bench = await openBench({ dataDir });
  await decided(bench);
  bench.clock.move(keptMs);
  await receive(bench.ledger);
  await eraseAll(bench.ledger);
  await bench.ledger.close();
  return dataDir;
}

async function verifyFolder(folder: string) {
  const reader = await openFolderReader(folder);
  try {
    return await verifyReader(reader);
  } finally {
    await reader.close();
  }
}
