// The chain: whatever is altered is found, and the first broken record named.
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  answerQuestion,
  answerReassessment,
  bindInstance,
  changeUser,
  createApiKey,
  createUser,
  eraseDueCases,
  eraseSubject,
  exportHeads,
  lastDecision,
  listReleases,
  openLedger,
  openReview,
  putRoutingTable,
  raiseAlarm,
  putService,
  recordDecision,
  recordKinds,
  resumeService,
  revokeApiKey,
  stopService,
  storeBlindVerdict,
  storeExplanation,
  storeFinalVerdict,
  undoVerdict,
  verifyChain,
  withdrawRelease,
  type ChainVerdict,
} from '../../ledger/index.ts';
import { recordedTables } from '../../ledger/chain/verify-rows.ts';
import { unrecordedColumns } from '../../ledger/chain/recorded-tables.ts';
import { createHeadWriter } from '../../ledger/chain/head-writer.ts';
import { openFolderReader } from '../../ledger/chain/open-reader.ts';
import { verifyReader } from '../../ledger/chain/verify-chain.ts';
import { canaryReport, evidence, makePeople, move, pilotTerms, upTo, vote } from './lifecycle-fixture.ts';
import { blind, definition, inReview, openBench, receive, release, scored, startOfTest, tempFolder, testClock, type Bench } from './fixture.ts';

let full = '';

beforeAll(async () => {
  full = mkdtempSync(join(tmpdir(), 'ledger-chain-'));
  const clock = testClock();
  const ledger = await openLedger({ clock, dataDir: full, signEveryRecords: 10 });
  await writeEveryKind({ ledger, clock });
  await ledger.close();
  return () => rmSync(full, { recursive: true, force: true });
});

describe('a chain with every kind of record', () => {
  test('holds, and holds every kind', async () => {
    expect(await verifyFolder(full)).toMatchObject({ ok: true, vaultChecked: true, signerKnown: true, erased: 6 });
    const database = new DatabaseSync(join(full, 'ledger.db'));
    const kinds = database.prepare('select distinct kind from records').all().map(({ kind }) => String(kind));
    database.close();
    expect(kinds.toSorted()).toEqual([...recordKinds].toSorted());
  });

  test.each(['at', 'kind', 'case_id', 'facts', 'nonce', 'commitment', 'private_commitment', 'previous_hash', 'hash'])('is found broken where the column %s of any record is altered', async (column) => {
    for (const seq of [1, 9, 20]) {
      const folder = copy();
      alter(folder, `update records set ${column} = case when ${column} is null then 'x' when '${column}' = 'at' then ${column} + 1 when '${column}' = 'facts' then replace(${column}, '{"', '{"x') else ${column} || '0' end where seq = ${seq}`);
      expect(await verifyFolder(folder), `${column} of ${seq}`).toMatchObject({ ok: false, firstBroken: seq });
    }
  });

  test('is found broken where a record is removed, with its number', async () => {
    const folder = copy();
    alter(folder, 'delete from records where seq = 12');
    expect(await verifyFolder(folder)).toEqual({ ok: false, firstBroken: 12, why: 'Record 12 is missing: the next one there is 13.' });
  });

  test('is found broken where the tail is cut, also in all tables', async () => {
    const folder = copy();
    const last = lastSeq(folder);
    for (const table of ['records', 'vault_entries', ...recordedTables]) alter(folder, `delete from ${table} where ${table === 'records' ? 'seq' : 'record_seq'} > 15`);
    expect(await verifyFolder(folder)).toMatchObject({ ok: false, firstBroken: 16, why: `Records 16 to ${last} were cut off: a signed head says that they were there.` });
  });

  test('is found broken where it was written anew from some record on', async () => {
    const folder = copy();
    const ledger = await openLedger({ clock: testClock(), dataDir: tempFolder() });
    const other = { ledger, clock: testClock() };
    await writeEveryKind(other);
    const [head] = await exportHeads(ledger);
    await ledger.close();
    // A forger without the signing key can only bring heads of another key.
    writeFileSync(join(folder, 'heads.jsonl'), `${JSON.stringify(head)}\n`);
    expect(await verifyFolder(folder)).toMatchObject({ ok: false, firstBroken: 1 });
  });

  test('is found broken where the signed heads are removed, altered or unreadable', async () => {
    const removed = copy();
    rmSync(join(removed, 'heads.jsonl'));
    expect(await verifyFolder(removed)).toMatchObject({ ok: false, firstBroken: 1 });
    const altered = copy();
    const heads = readFileSync(join(altered, 'heads.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
    writeFileSync(join(altered, 'heads.jsonl'), heads.map((head, index) => `${JSON.stringify(index === 1 ? { ...head, at: head.at + 1 } : head)}\n`).join(''));
    expect(await verifyFolder(altered)).toMatchObject({ ok: false, firstBroken: heads[1].seq });
    const unreadable = copy();
    appendFileSync(join(unreadable, 'heads.jsonl'), 'nonsense\n');
    expect(await verifyFolder(unreadable)).toMatchObject({ ok: false, firstBroken: 0 });
  });

  test.each(recordedTables)('is found broken where any column of the table %s is altered', async (table) => {
    const database = new DatabaseSync(join(full, 'ledger.db'));
    const columns = database.prepare(`select name from pragma_table_info('${table}')`).all().map(({ name }) => String(name));
    const row = database.prepare(`select record_seq from ${table} order by record_seq desc limit 1`).get();
    database.close();
    const seq = Number(row?.['record_seq']);
    for (const column of columns.filter((name) => name !== 'record_seq' && !unrecordedColumns[table]?.includes(name))) {
      const folder = copy();
      alter(folder, `update ${table} set ${column} = case when ${column} is null then '7' when typeof(${column}) in ('integer', 'real') then 1 - ${column} else ${column} || 'x' end where record_seq = ${seq}`);
      expect(await verifyFolder(folder), column).toMatchObject({ ok: false, firstBroken: seq });
    }
  });

  test('is found broken where an evidence document is altered, also with its digest', async () => {
    const text = copy();
    const seq = readNumber(text, 'select max(record_seq) from release_evidence');
    alter(text, `update release_evidence set document = replace(document, '0', '1') where record_seq = ${seq}`);
    expect(await verifyFolder(text)).toMatchObject({ ok: false, firstBroken: seq, why: expect.stringContaining('The column document of the table release_evidence was altered') });
    const both = copy();
    alter(both, `update release_evidence set document = '{}', digest = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' where record_seq = ${seq}`);
    expect(await verifyFolder(both)).toMatchObject({ ok: false, firstBroken: seq });
  });

  test.each(recordedTables)('is found broken where a row of the table %s is removed or added', async (table) => {
    const removed = copy();
    const seq = readNumber(removed, `select max(record_seq) from ${table}`);
    alter(removed, `delete from ${table} where record_seq = ${seq}`);
    expect(await verifyFolder(removed)).toMatchObject({ ok: false, firstBroken: seq });
    const added = copy();
    const last = lastSeq(added);
    alter(added, `drop index if exists one_decider_of_case`);
    alter(added, `create temp table extra as select * from ${table} limit 1; update extra set record_seq = 9999 ${freshKeys(table)}; insert into ${table} select * from extra`);
    expect(await verifyFolder(added)).toMatchObject({ ok: false, firstBroken: last + 1 });
  });

  test('is found broken where a case claims another status than its records say', async () => {
    const folder = copy();
    alter(folder, "update cases set status = 'decided' where case_id = (select case_id from cases where status = 'received' limit 1)");
    expect(await verifyFolder(folder)).toMatchObject({ ok: false });
  });

  test('is found broken where a vault entry is altered, removed, swapped or added', async () => {
    for (const change of [
      'update vault_entries set sealed = zeroblob(60) where record_seq = SEQ',
      'delete from vault_entries where record_seq = SEQ',
      "update vault_entries set sealed = (select sealed from vault_entries v where v.record_seq <> SEQ and v.kind = 'input' limit 1) where record_seq = SEQ and kind = 'input'",
      "update vault_entries set key_id = 'none' where record_seq = SEQ",
    ]) {
      const folder = copy();
      const seq = readNumber(folder, "select max(record_seq) from vault_entries where kind = 'input' and key_id not in (select key_id from key_erasures)");
      alter(folder, change.replaceAll('SEQ', String(seq)));
      expect(await verifyFolder(folder), change).toMatchObject({ ok: false, firstBroken: seq });
    }
    const added = copy();
    alter(added, "insert into vault_entries select 3, kind, case_id, key_id, sealed from vault_entries where kind = 'input' limit 1");
    expect(await verifyFolder(added)).toMatchObject({ ok: false, firstBroken: 3 });
  });

  test('is found broken where a key is gone without a record of its erasure', async () => {
    const folder = copy();
    const keys = new DatabaseSync(join(folder, 'vault-keys.db'));
    keys.exec("update vault_keys set wrapped = null where purpose = 'case' and key_id is not null");
    keys.close();
    expect(await verifyFolder(folder)).toMatchObject({ ok: false, why: expect.stringContaining('no record says that it was erased') });
  });

  test('is checked without the master key too, as far as that goes', async () => {
    const folder = copy();
    rmSync(join(folder, 'master.key'));
    expect(await verifyFolder(folder)).toMatchObject({ ok: true, vaultChecked: false, signerKnown: false });
    alter(folder, "update decisions set class = 'decline'");
    expect(await verifyFolder(folder)).toMatchObject({ ok: false });
  });

  test('is found broken against heads that were exported before everything was written anew', async () => {
    const folder = tempFolder();
    const bench = await openBench({ dataDir: folder });
    await receive(bench.ledger);
    const exported = await exportHeads(bench.ledger);
    await bench.ledger.close();
    const kept = join(tempFolder(), 'heads.jsonl');
    writeFileSync(kept, exported.map((head) => `${JSON.stringify(head)}\n`).join(''));
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    const forged = await openBench({ dataDir: folder });
    await receive(forged.ledger);
    await forged.ledger.close();
    expect(await verifyFolder(folder)).toMatchObject({ ok: true });
    expect(await verifyFolder(folder, kept)).toMatchObject({ ok: false });
  });
});

describe('signed heads', () => {
  test('are written after every so many records, and at close', async () => {
    const dataDir = tempFolder();
    const { ledger } = await openBench({ dataDir, signEveryRecords: 5 });
    for (let index = 0; index < 11; index += 1) await receive(ledger);
    expect(ledger.heads.all().map(({ seq }) => seq)).toEqual([1, 6, 11]);
    await ledger.close();
    expect(headsOf(dataDir).map(({ seq }) => seq)).toEqual([1, 6, 11, 13]);
  });

  test('carry on after a last line that a crash cut off', async () => {
    const dataDir = tempFolder();
    const first = await openBench({ dataDir });
    await first.ledger.close();
    appendFileSync(join(dataDir, 'heads.jsonl'), '{"seq":3,"ha');
    const second = await openBench({ dataDir });
    await receive(second.ledger);
    await second.ledger.close();
    expect(await verifyFolder(dataDir)).toMatchObject({ ok: true, signedUpTo: 3 });
  });

  test('that cannot be written fail no commit, and are written with the next one', async () => {
    const { privateKey: signingKey } = generateKeyPairSync('ed25519');
    let broken = true;
    const now = (): number => {
      if (broken) throw new Error('no space');
      return 1;
    };
    const heads = createHeadWriter({ file: null, signingKey, clock: { now }, everyRecords: 100, everyMs: 60_000, beforeSigning: () => {} });
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    heads.reached({ seq: 1, hash: 'a' });
    expect((await warned).message).toContain('The signed head of record 1 could not be written');
    expect(heads.all()).toEqual([]);
    broken = false;
    heads.reached({ seq: 2, hash: 'b' });
    expect(heads.all()).toMatchObject([{ seq: 2, hash: 'b' }]);
    heads.close();
  });

  test('cover nothing that is not on disk', async () => {
    const { privateKey: signingKey } = generateKeyPairSync('ed25519');
    let diskIsSlow = true;
    const beforeSigning = (): void => {
      if (diskIsSlow) throw new Error('not on disk');
    };
    const heads = createHeadWriter({ file: null, signingKey, clock: { now: () => 1 }, everyRecords: 100, everyMs: 60_000, beforeSigning });
    expect(() => { heads.sign(); }).not.toThrow();
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    heads.reached({ seq: 1, hash: 'a' });
    expect((await warned).message).toContain('not on disk');
    expect(heads.all()).toEqual([]);
    diskIsSlow = false;
    heads.sign();
    expect(heads.all()).toMatchObject([{ seq: 1 }]);
    heads.close();
  });
});

describe('npm run verify', () => {
  const run = promisify(execFile);
  const main = join(import.meta.dirname, '../../api/verify/main.ts');
  const verify = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    try {
      const { stdout, stderr } = await run(process.execPath, [main, ...args]);
      return { code: 0, out: stdout, err: stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, out: stdout, err: stderr };
    }
  };

  test('says in a sentence that the chain holds, and exits with 0', async () => {
    expect(await verify('--data', full)).toMatchObject({ code: 0, out: expect.stringMatching(/Ledger     The chain holds: \d+ records without gap, signed up to record \d+/) });
  });

  test('names the first broken record, and exits with 1', async () => {
    const folder = copy();
    alter(folder, "update decisions set class = 'decline'");
    const seq = readNumber(folder, 'select min(record_seq) from decisions');
    expect(await verify('--data', folder)).toMatchObject({ code: 1, out: expect.stringContaining(`the first broken record is ${seq}. The column class of the table decisions was altered`) });
  });

  test('says what is missing, and exits with 2', async () => {
    expect(await verify('--data', join(full, 'nowhere'))).toMatchObject({ code: 2, err: expect.stringContaining('There is no folder') });
    expect(await verify('--nonsense')).toMatchObject({ code: 2, err: expect.stringContaining('Usage') });
  });

  test('works while a server writes, and finds the chain whole each time', async () => {
    const dataDir = tempFolder();
    const { ledger } = await openBench({ dataDir });
    await receive(ledger, { subject: 'person-0' });
    const writing = new AbortController();
    const writer = (async () => {
      for (let index = 1; !writing.signal.aborted; index += 1) {
        await receive(ledger, { subject: `person-${index}` });
        await eraseSubject(ledger, { subject: `person-${index - 1}`, by: 'officer' });
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    try {
      expect(await verify('--data', dataDir)).toMatchObject({ code: 0 });
      expect(await verifyChain(ledger)).toMatchObject({ ok: true });
      expect(await verify('--data', dataDir)).toMatchObject({ code: 0 });
    } finally {
      writing.abort();
      await writer;
    }
  });

  test('checks a folder that was moved elsewhere', async () => {
    const folder = copy();
    const moved = `${folder}-moved`;
    renameSync(folder, moved);
    expect(await verify('--data', moved)).toMatchObject({ code: 0 });
    rmSync(moved, { recursive: true });
  });
});

async function writeEveryKind(bench: Bench): Promise<void> {
  const { ledger, clock } = bench;
  await putService(ledger, definition, 'owner');
  await putRoutingTable(ledger, { service: 'loans', digest: 'table-1', by: 'owner' });
  await createUser(ledger, { name: 'erika', displayName: 'Erika', password: 'secret', roles: ['expert'], groups: ['experts'] });
  const { apiKey } = await createApiKey(ledger, { name: 'bank', scopes: { services: ['loans'], engine: false, processes: [] }, createdBy: 'admin' });
  await revokeApiKey(ledger, apiKey.apiKeyId, 'admin');
  const live = await release(bench);
  const automatic = await scored(bench, live.releaseId, { businessId: 'A-1' });
  await bindInstance(ledger, { caseId: automatic, processInstanceKey: '2251799813685249', processDefinitionId: 'anomaly-routing', processDefinitionVersion: 1 });
  await recordDecision(ledger, { caseId: automatic, proposed: { by: 'model' } });
  await stopService(ledger, { service: 'loans', by: 'owner', reason: 'test' });
  await resumeService(ledger, { service: 'loans', by: 'owner' });
  const reviewed = await inReview(bench);
  await storeExplanation(ledger, reviewed, { method: 'shapley', class: 'grant', baseValue: 0.5, prediction: 0.9, attributions: { amount: 0.4 }, tolerance: 0.01 });
  await storeBlindVerdict(ledger, blind(reviewed, 'decline'));
  const final = { caseId: reviewed, userTaskKey: `task-of-${reviewed}`, reviewer: 'erika', class: 'grant', text: 'second income' };
  await storeFinalVerdict(ledger, final);
  await undoVerdict(ledger, { caseId: reviewed, userTaskKey: final.userTaskKey, reviewer: 'erika' });
  await storeFinalVerdict(ledger, final);
  clock.move(5001);
  await recordDecision(ledger, { caseId: reviewed, proposed: { by: 'expert' } });
  const open = await receive(ledger, { subject: 'person-1' });
  await openReview(ledger, { caseId: open.caseId, reasons: ['OBJECTION'] });
  await eraseSubject(ledger, { subject: 'person-1', by: 'officer' });
  const [current] = await listReleases(ledger);
  await withdrawRelease(ledger, { releaseId: current!.releaseId, by: 'approver' });
  await receive(ledger);
  await writeLifeOfRelease(bench);
  clock.move(definition.retentionDays * 86_400_000 + 1);
  await eraseDueCases(ledger, { after: 0, to: await lastDecision(ledger) });
  expect(clock.now()).toBeGreaterThan(startOfTest);
}

async function writeLifeOfRelease(bench: Bench): Promise<void> {
  const { ledger } = bench;
  const life = { ...bench, people: await makePeople(bench), champion: '' };
  const { requester, approver, owner } = life.people;
  const { releaseId } = await upTo(life, 'evaluated');
  await vote(life, releaseId, approver, { vote: 'ask-back', reason: 'which rows?' });
  await answerQuestion(ledger, { releaseId, by: requester.userId, text: 'all of last year' });
  for (const voter of [approver, owner]) await vote(life, releaseId, voter, { conditions: ['look again in four weeks'] });
  await move(life, releaseId, 'approved');
  await move(life, releaseId, 'shadow');
  await move(life, releaseId, 'canary', { share: 10, terms: pilotTerms });
  await move(life, releaseId, 'canary', { share: 100 });
  await evidence(life, releaseId, canaryReport(releaseId));
  await move(life, releaseId, 'live');
  await raiseAlarm(ledger, { releaseId, kind: 'drift', window: 'week 1', facts: { psi: 0.3 } });
  await answerReassessment(ledger, { releaseId, answer: 'renew', by: owner.userId, reason: 'holds' });
  await changeUser(ledger, { userId: approver.userId, roles: [], groups: [], by: 'admin' });
}

function copy(): string {
  const folder = tempFolder();
  cpSync(full, folder, { recursive: true });
  return folder;
}

function alter(folder: string, statement: string): void {
  const database = new DatabaseSync(join(folder, 'ledger.db'), { enableForeignKeyConstraints: false });
  database.exec(`PRAGMA ignore_check_constraints = ON; ${statement}`);
  database.close();
}

/** So that a copied row breaks no key of its table. */
function freshKeys(table: string): string {
  const database = new DatabaseSync(join(full, 'ledger.db'));
  const keys = database.prepare(`select i.name from pragma_index_list('${table}') l, pragma_index_info(l.name) i where l."unique" = 1 and i.name <> 'record_seq'`).all();
  database.close();
  return [...new Set(keys.map(({ name }) => String(name)))].map((column) => `, ${column} = ${column} || '9'`).join('');
}

function readNumber(folder: string, query: string): number {
  const database = new DatabaseSync(join(folder, 'ledger.db'));
  const row = database.prepare(query).get();
  database.close();
  return Number(Object.values(row ?? {})[0]);
}

function lastSeq(folder: string): number {
  return readNumber(folder, 'select max(seq) from records');
}

function headsOf(folder: string): { seq: number }[] {
  return readFileSync(join(folder, 'heads.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
}

async function verifyFolder(folder: string, headsFile?: string): Promise<ChainVerdict> {
  const own = headsFile === undefined ? {} : { headsFile };
  const reader = await openFolderReader(folder, own);
  const verdict = await verifyReader(reader);
  await reader.close();
  return verdict;
}
