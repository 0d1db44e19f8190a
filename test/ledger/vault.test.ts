// The vault: personal data is nowhere in plain text, and erasing a key ends it.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  acceptCase,
  caseRecord,
  eraseCase,
  eraseSubject,
  getCase,
  listCases,
  listVerdicts,
  openLedger,
  openReview,
  readExplanation,
  readInput,
  requestWebhook,
  stopService,
  storeBlindVerdict,
  storeExplanation,
  storeFinalVerdict,
  storeOpenAnswer,
  verifyChain,
  claimOutbox,
} from '../../ledger/index.ts';
import { seal, unseal } from '../../ledger/vault/seal.ts';
import { blind, openBench, pilot, receive, scored, tempFolder, testClock } from './fixture.ts';

const marks = ['MARK-input', 'MARK-nested', 'MARK-subject', 'MARK-business', 'MARK-callback', 'MARK-comment', 'MARK-request', 'MARK-attribution', 'MARK-idempotency', 'MARK-stop'];

describe('the files of the data folder', () => {
  test('hold no marked value in plain text, neither while open nor after', async () => {
    const dataDir = tempFolder();
    const bench = await openBench({ dataDir });
    const { ledger } = bench;
    const active = await pilot(bench);
    const caseId = await scored(bench, active.releaseId, {
      input: { amount: 'MARK-input', list: [{ deep: 'MARK-nested' }], region: 'north' },
      subject: 'MARK-subject',
      businessId: 'MARK-business',
      callbackUrl: 'https://bank.example/MARK-callback',
      idempotencyKey: 'MARK-idempotency',
    });
    await openReview(ledger, { caseId, reasons: ['PILOT'] });
    await storeExplanation(ledger, caseId, { method: 'shapley', class: 'grant', baseValue: 0, prediction: 1, attributions: { 'MARK-attribution': 1 }, tolerance: null });
    await storeOpenAnswer(ledger, { caseId, userTaskKey: `task-of-${caseId}`, reviewer: 'erika', answer: 'need-information', text: 'MARK-request' });
    await storeBlindVerdict(ledger, blind(caseId, 'decline'));
    await storeFinalVerdict(ledger, { caseId, userTaskKey: `task-of-${caseId}`, reviewer: 'erika', class: 'grant', text: 'MARK-comment' });
    await requestWebhook(ledger, caseId);
    await claimOutbox(ledger, { limit: 10 });
    await stopService(ledger, { service: 'loans', by: 'owner', reason: 'MARK-stop' });

    expect((await getCase(ledger, caseId))?.businessId).toBe('MARK-business');
    expect((await listVerdicts(ledger, caseId)).map(({ text }) => text)).toEqual(['MARK-request', null, 'MARK-comment']);
    expect(leaks(dataDir)).toEqual([]);
    await ledger.close();
    expect(leaks(dataDir)).toEqual([]);
  });

  test('would be found by this search if they held one', () => {
    const dataDir = tempFolder();
    writeFileSync(join(dataDir, 'file'), 'xx MARK-input xx');
    expect(leaks(dataDir)).toEqual(['file: MARK-input']);
  });

  test('keep the master key for the owner only, and refuse to make a new one beside old keys', async () => {
    const dataDir = tempFolder();
    const { ledger } = await openBench({ dataDir });
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
    await ledger.close();
    rmSync(join(dataDir, 'master.key'));
    await expect(openLedger({ clock: testClock(), dataDir })).rejects.toThrow('Put the master key back from its backup');
  });

  test('do not open with another master key', async () => {
    const dataDir = tempFolder();
    const { ledger } = await openBench({ dataDir });
    await ledger.close();
    writeFileSync(join(dataDir, 'master.key'), '00'.repeat(32));
    await expect(openLedger({ clock: testClock(), dataDir })).rejects.toThrow('The master key does not open');
  });
});

describe('a sealed text', () => {
  test('opens with its key and binding only, and not after any change', () => {
    const key = Buffer.alloc(32, 1);
    const sealed = seal(key, 'case-1', 'secret');
    expect(unseal(key, 'case-1', sealed)?.toString()).toBe('secret');
    expect(unseal(key, 'case-2', sealed)).toBeNull();
    expect(unseal(Buffer.alloc(32, 2), 'case-1', sealed)).toBeNull();
    for (const index of sealed.keys()) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
      expect(unseal(key, 'case-1', altered)).toBeNull();
    }
    expect(unseal(key, 'case-1', sealed.subarray(0, 20))).toBeNull();
  });

  test('is another one each time', () => {
    const key = Buffer.alloc(32, 1);
    expect(seal(key, 'a', 'secret')).not.toEqual(seal(key, 'a', 'secret'));
  });
});

describe('erasing a person', () => {
  test('makes every entry of all their cases unreadable and leaves the chain valid', async () => {
    const bench = await openBench();
    const { ledger } = bench;
    const active = await pilot(bench);
    const first = await scored(bench, active.releaseId, { subject: 'person-1', businessId: 'A-1', callbackUrl: 'https://bank.example/' });
    const second = await receive(ledger, { subject: 'person-1' });
    const other = await receive(ledger, { subject: 'person-2' });
    await openReview(ledger, { caseId: first, reasons: ['PILOT'] });
    await storeExplanation(ledger, first, { method: 'm', class: 'grant', baseValue: 0, prediction: 1, attributions: {}, tolerance: null });
    await storeOpenAnswer(ledger, { caseId: first, userTaskKey: 't', reviewer: 'erika', answer: 'need-information', text: 'payslip' });

    expect(await eraseSubject(ledger, { subject: 'person-1', by: 'officer' })).toEqual({ kind: 'erased', cases: 2 });
    expect(await eraseSubject(ledger, { subject: 'person-1', by: 'officer' })).toEqual({ kind: 'unknown' });
    expect(await readInput(ledger, first)).toEqual({ kind: 'erased' });
    expect(await readInput(ledger, second.caseId)).toEqual({ kind: 'erased' });
    expect(await readInput(ledger, other.caseId)).toMatchObject({ kind: 'readable' });
    expect(await readExplanation(ledger, first)).toBeNull();
    expect(await storeExplanation(ledger, second.caseId, { method: 'm', class: 'grant', baseValue: 0, prediction: 1, attributions: {}, tolerance: null })).toEqual({ kind: 'erased' });
    expect((await listVerdicts(ledger, first)).map(({ text }) => text)).toEqual([null]);
    expect(await getCase(ledger, first)).toMatchObject({ businessId: null, callbackUrl: null, status: 'in-review' });
    expect(await listCases(ledger, { businessId: 'A-1' })).toMatchObject({ items: [] });
    expect(await caseRecord(ledger, first)).toMatchObject({ inputErased: true, predictions: [{ class: 'grant' }] });
    expect(await requestWebhook(ledger, first)).toEqual({ kind: 'no-callback' });
    expect(await verifyChain(ledger)).toMatchObject({ ok: true, erased: 4 });
  });

  test('still answers a repetition of their request with the case', async () => {
    const { ledger } = await openBench();
    const { caseId } = await receive(ledger, { subject: 'person-1', idempotencyKey: 'again' });
    await eraseSubject(ledger, { subject: 'person-1', by: 'officer' });
    const body = { service: 'loans', serviceVersion: 1, application: 'bank', idempotencyKey: 'again', input: { amount: 1000, region: 'north' }, objection: false, subject: 'person-1' };
    expect(await acceptCase(ledger, body)).toMatchObject({ kind: 'repeated', case: { caseId } });
  });

  test('takes their first case after it under a new key', async () => {
    const { ledger } = await openBench();
    await receive(ledger, { subject: 'person-1' });
    await eraseSubject(ledger, { subject: 'person-1', by: 'officer' });
    const { caseId } = await receive(ledger, { subject: 'person-1' });
    expect(await readInput(ledger, caseId)).toMatchObject({ kind: 'readable' });
  });

  test('that was recorded but not carried out before a crash is carried out at the next start', async () => {
    const dataDir = tempFolder();
    const { ledger, clock } = await openBench({ dataDir });
    const { caseId } = await receive(ledger, { subject: 'person-1' });
    const crashing = { ...ledger, vault: { ...ledger.vault, keys: { ...ledger.vault.keys, erase: () => Promise.reject(new Error('crash')) } } };
    await expect(eraseSubject(crashing, { subject: 'person-1', by: 'officer' })).rejects.toThrow('crash');
    await ledger.close();
    const reopened = await openLedger({ clock, dataDir });
    expect(await readInput(reopened, caseId)).toEqual({ kind: 'erased' });
    expect(await verifyChain(reopened)).toMatchObject({ ok: true, erased: 1 });
    await reopened.close();
  });

  test('leaves nothing of the wrapped key in the files', async () => {
    const dataDir = tempFolder();
    const { ledger } = await openBench({ dataDir });
    await receive(ledger, { subject: 'person-1' });
    const wrapped = await wrappedKeyOf(dataDir);
    expect(filesWith(dataDir, wrapped)).not.toEqual([]);
    await eraseSubject(ledger, { subject: 'person-1', by: 'officer' });
    expect(filesWith(dataDir, wrapped)).toEqual([]);
  });

  test('of one case works where it named nobody, and is refused where it did', async () => {
    const { ledger } = await openBench();
    const nobody = await receive(ledger);
    const somebody = await receive(ledger, { subject: 'person-1' });
    expect(await eraseCase(ledger, { caseId: nobody.caseId, by: 'officer' })).toEqual({ kind: 'erased' });
    expect(await eraseCase(ledger, { caseId: somebody.caseId, by: 'officer' })).toEqual({ kind: 'has-subject' });
    expect(await eraseCase(ledger, { caseId: 'none', by: 'officer' })).toEqual({ kind: 'unknown' });
    expect(await readInput(ledger, nobody.caseId)).toEqual({ kind: 'erased' });
    expect(await verifyChain(ledger)).toMatchObject({ ok: true, erased: 1 });
  });
});

function leaks(dataDir: string): string[] {
  return marks.flatMap((mark) => filesWith(dataDir, Buffer.from(mark)).map((file) => `${file}: ${mark}`));
}

function filesWith(dataDir: string, bytes: Buffer): string[] {
  return readdirSync(dataDir).filter((file) => readFileSync(join(dataDir, file)).includes(bytes));
}

async function wrappedKeyOf(dataDir: string): Promise<Buffer> {
  const { DatabaseSync } = await import('node:sqlite');
  const keys = new DatabaseSync(join(dataDir, 'vault-keys.db'), { readOnly: true });
  const row = keys.prepare("select wrapped from vault_keys where purpose = 'subject'").get();
  keys.close();
  if (!(row?.['wrapped'] instanceof Uint8Array)) throw new Error('No subject key was stored.');
  return Buffer.from(row['wrapped']);
}
