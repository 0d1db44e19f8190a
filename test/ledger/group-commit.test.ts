// Units of work that wait together share one commit; each is undone alone, and nobody is answered before it.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { acceptCase, claimOutbox, eraseSubject, getCase, getService, onCaseChange, openLedger, putService, settleOutbox, stopService, verifyChain, type Ledger } from '../../ledger/index.ts';
import { createTransaction } from '../../ledger/store/transaction.ts';
import { createGroupCommit, type GroupCommit } from '../../ledger/store/group-commit.ts';
import { shareDatabase } from '../../ledger/store/node-sqlite-dialect.ts';
import type { Durability } from '../../ledger/store/transaction.ts';
import { definition, openBench, receive, tempFolder, testClock } from './fixture.ts';

type Notes = { notes: { text: string } };

/** A table of notes on disk, a count of waits for its log, a second connection that sees what is committed, and a count of transactions. */
function openNotes() {
  const file = join(tempFolder(), 'notes.db');
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE notes (text TEXT PRIMARY KEY)');
  const outside = new DatabaseSync(file, { readOnly: true });
  onTestFinished(() => {
    outside.close();
    if (database.isOpen) database.close();
  });
  const { db, inTurn, turns } = shareDatabase<Notes>(database);
  let takenBack = 0;
  let syncs = 0;
  const transaction = createTransaction(database, () => (syncs += 1));
  const commits: GroupCommit = createGroupCommit({ transaction, turns, takenBack: () => (takenBack += 1) });
  const note = (text: string, durability: Durability = 'durable') =>
    commits.run(async () => {
      await inTurn.insertInto('notes').values({ text }).execute();
      return { text, seenOutside: committed() };
    }, durability);
  const committed = () => outside.prepare('SELECT text FROM notes ORDER BY rowid').all().map((row) => row['text']);
  return { database, db, inTurn, commits, note, committed, takenBack: () => takenBack, ordered: transaction.ordered, syncs: () => syncs };
}

describe('units that wait together', () => {
  test('are committed at once, in their order, and answered after it', async () => {
    const { note, committed } = openNotes();
    const answered: string[] = [];
    const units = ['a', 'b', 'c'].map((text) => note(text).then((answer) => {
      answered.push(text);
      expect(committed()).toEqual(['a', 'b', 'c']);
      return answer;
    }));
    // While the third worked, nothing of the first two was committed.
    expect((await Promise.all(units)).map(({ seenOutside }) => seenOutside)).toEqual([[], [], []]);
    expect(answered).toEqual(['a', 'b', 'c']);
  });

  test('see what those before them in the group did', async () => {
    const { note, commits, inTurn } = openNotes();
    const [, seen] = await Promise.all([note('a'), commits.run(() => inTurn.selectFrom('notes').selectAll().execute(), 'durable')]);
    expect(seen).toEqual([{ text: 'a' }]);
  });

  test('are joined by one that comes while they run', async () => {
    const { note, commits, committed } = openNotes();
    let late: Promise<{ seenOutside: unknown[] }> | undefined;
    await commits.run(async () => {
      late = note('late');
    }, 'durable');
    expect(committed()).toEqual(['late']);
    expect(await late).toMatchObject({ seenOutside: [] });
  });

  test.each([0, 1, 2])('are not harmed by one of them that fails: number %d of three', async (bad) => {
    const { note, commits, inTurn, committed, takenBack } = openNotes();
    const fail = () =>
      commits.run(async () => {
        await inTurn.insertInto('notes').values({ text: 'half done' }).execute();
        throw new Error('changed its mind');
      }, 'durable');
    const results = await Promise.allSettled([0, 1, 2].map((index) => (index === bad ? fail() : note(`note ${index}`))));
    expect(results.map(({ status }) => status)).toEqual([0, 1, 2].map((index) => (index === bad ? 'rejected' : 'fulfilled')));
    expect(committed()).toEqual([0, 1, 2].filter((index) => index !== bad).map((index) => `note ${index}`));
    expect(takenBack()).toBe(0);
  });

  test('are all refused where the commit fails, and the next ones go on', async () => {
    const { database, note, committed, takenBack, inTurn, commits } = openNotes();
    database.exec('CREATE TABLE owners (name TEXT PRIMARY KEY); CREATE TABLE things (owner TEXT REFERENCES owners (name) DEFERRABLE INITIALLY DEFERRED); PRAGMA foreign_keys = ON');
    // A deferred reference is checked by the commit itself.
    const orphan = commits.run(() => sql`insert into things values ('nobody')`.execute(inTurn), 'durable');
    const results = await Promise.allSettled([note('a'), orphan, note('b')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(committed()).toEqual([]);
    expect(takenBack()).toBe(1);
    await note('c');
    expect(committed()).toEqual(['c']);
  });

  test('are refused with the one before which the disk was full; those behind it go on', async () => {
    const { database, note, committed, takenBack } = openNotes();
    const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
    database.exec(`PRAGMA max_page_count = ${pages}`);
    const results = await Promise.allSettled([note('a'), note('x'.repeat(100_000)), note('b')]);
    expect(results).toMatchObject([
      { status: 'rejected', reason: { problem: 'disk-full' } },
      { status: 'rejected', reason: { problem: 'disk-full' } },
      { status: 'fulfilled', value: { text: 'b' } },
    ]);
    expect(committed()).toEqual(['b']);
    expect(takenBack()).toBe(1);
  });

  test('are refused, not kept waiting, once the database is closed', async () => {
    const { database, note, commits } = openNotes();
    database.close();
    await expect(note('a')).rejects.toThrow();
    await commits.settled();
  });
});

describe('light units', () => {
  test('ride along with durable ones, and otherwise do not wait for the disk', async () => {
    const { database, note, commits } = openNotes();
    const mode = () => commits.run(async () => Number(database.prepare('PRAGMA synchronous').get()?.['synchronous']), 'light');
    const [alone] = await Promise.all([mode()]);
    const [together] = await Promise.all([mode(), note('a')]);
    expect({ alone, together, after: await mode() }).toEqual({ alone: 1, together: 2, after: 1 });
  });

  test('that run do not take a durable one into their commit', async () => {
    const { database, commits } = openNotes();
    let durable: Promise<number> | undefined;
    await commits.run(async () => {
      durable = commits.run(async () => Number(database.prepare('PRAGMA synchronous').get()?.['synchronous']), 'durable');
    }, 'light');
    expect(await durable).toBe(2);
  });
});

describe('ordered units', () => {
  /** SQLite's number for how a commit waits: 1 not at all, 2 for the disk. */
  const modeOf = ({ database, commits }: ReturnType<typeof openNotes>, durability: Durability) =>
    commits.run(async () => Number(database.prepare('PRAGMA synchronous').get()?.['synchronous']), durability);

  test('wait for the disk themselves where nobody has promised to do so', async () => {
    const notes = openNotes();
    expect(await modeOf(notes, 'ordered')).toBe(2);
    notes.ordered.sync();
    expect(notes.syncs()).toBe(0);
  });

  test('are waited for once, by the one who promised it', async () => {
    const notes = openNotes();
    notes.ordered.rely();
    expect(await modeOf(notes, 'ordered')).toBe(1);
    expect(await modeOf(notes, 'light')).toBe(1);
    expect(notes.syncs()).toBe(0);
    notes.ordered.sync();
    notes.ordered.sync();
    expect(notes.syncs()).toBe(1);
  });

  test('are on disk with the next durable one, which they do not take into their commit', async () => {
    const notes = openNotes();
    notes.ordered.rely();
    let durable: Promise<number> | undefined;
    await notes.commits.run(async () => { durable = modeOf(notes, 'durable'); }, 'ordered');
    expect(await durable).toBe(2);
    notes.ordered.sync();
    expect(notes.syncs()).toBe(0);
  });

  test('are not joined to light ones, after which nobody waits', async () => {
    const notes = openNotes();
    notes.ordered.rely();
    let ordered: Promise<unknown> | undefined;
    await notes.commits.run(async () => { ordered = modeOf(notes, 'ordered'); }, 'light');
    await ordered;
    notes.ordered.sync();
    expect(notes.syncs()).toBe(1);
  });
});

/** A commit with a pressed stop in it fails: a deferred reference leads nowhere. */
async function failCommitsWithStop({ db }: Ledger): Promise<void> {
  await sql`create table orphans (case_id text references cases (case_id) deferrable initially deferred)`.execute(db);
  await sql`create trigger orphan after insert on service_stops begin insert into orphans values ('nobody'); end`.execute(db);
}

describe('the ledger', () => {
  test('accepts cases that come together in one commit, each whole, and tells of them after it', async () => {
    const dataDir = tempFolder();
    const { ledger } = await openBench({ dataDir });
    const told: string[] = [];
    onCaseChange(ledger, ({ caseId }) => told.push(caseId));
    const cases = await Promise.all(Array.from({ length: 20 }, () => receive(ledger)));
    expect(told).toEqual(cases.map(({ caseId }) => caseId));
    expect(await claimOutbox(ledger, { limit: 100 })).toHaveLength(20);
    expect(await verifyChain(ledger)).toMatchObject({ ok: true, erased: 0 });
  });

  test('gives persons whose first cases come together a key each, and one person one key', async () => {
    const { ledger } = await openBench({ dataDir: tempFolder() });
    await Promise.all(['anna', 'ben', 'anna', 'cem'].map((subject) => receive(ledger, { subject })));
    expect(await eraseSubject(ledger, { subject: 'anna', by: 'officer' })).toEqual({ kind: 'erased', cases: 2 });
    expect(await eraseSubject(ledger, { subject: 'ben', by: 'officer' })).toEqual({ kind: 'erased', cases: 1 });
    expect(await verifyChain(ledger)).toMatchObject({ ok: true, erased: 3 });
  });

  test('accepts one request that comes twice at the same time once', async () => {
    const { ledger } = await openBench();
    const request = { service: 'loans', serviceVersion: 1, application: 'bank', idempotencyKey: 'twice', input: { amount: 1 }, objection: false };
    const kinds = (await Promise.all([acceptCase(ledger, request), acceptCase(ledger, request), acceptCase(ledger, { ...request, input: { amount: 2 } })])).map(({ kind }) => kind);
    expect(kinds).toEqual(['accepted', 'repeated', 'conflict']);
  });

  test('refuses all of a group that could not be committed, with the chain whole and nothing told', async () => {
    const { ledger } = await openBench({ dataDir: tempFolder() });
    const told: string[] = [];
    onCaseChange(ledger, ({ caseId }) => told.push(caseId));
    await failCommitsWithStop(ledger);
    const results = await Promise.allSettled([receive(ledger), stopService(ledger, { service: 'loans', by: 'owner' }), receive(ledger)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(told).toEqual([]);
    expect(await verifyChain(ledger)).toMatchObject({ ok: true });
    expect((await receive(ledger)).status).toBe('received');
    expect(await verifyChain(ledger)).toMatchObject({ ok: true });
  });

  test('remembers no service version of a group that could not be committed', async () => {
    const { ledger } = await openBench({ dataDir: tempFolder() });
    await failCommitsWithStop(ledger);
    const put = (retentionDays: number) => putService(ledger, { ...definition, retentionDays }, 'owner');
    // The second one reads, and so remembers, the version of the first.
    await Promise.allSettled([put(400), put(500), stopService(ledger, { service: 'loans', by: 'owner' })]);
    expect(await put(600)).toMatchObject({ version: 2 });
    expect((await getService(ledger, 'loans', 2))?.definition.retentionDays).toBe(600);
  });

  test('has stored after a restart what it had answered, light bookkeeping included', async () => {
    const dataDir = tempFolder();
    const { ledger } = await openBench({ dataDir });
    const [first, second] = await Promise.all([receive(ledger), receive(ledger)]);
    await claimOutbox(ledger, { limit: 10 });
    await settleOutbox(ledger, `start/${first.caseId}`);
    await ledger.close();
    const again = await openLedger({ clock: testClock(), dataDir });
    onTestFinished(() => again.close());
    expect(await getCase(again, second.caseId)).toMatchObject({ status: 'received' });
    expect((await claimOutbox(again, { limit: 10 })).map(({ caseId }) => caseId)).toEqual([second.caseId]);
  });
});
