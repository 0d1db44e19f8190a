/** `npm run verify` on the whole folder: of a running server, of one that stands still, and with every kind of damage. */
import { cpSync, existsSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { verifyFolder, type Part } from '../../../api/verify/verify-folder.ts';
import { sendDigit, startProductWithModels, type ProductWithModels } from '../../product/product-with-models.ts';

let product: ProductWithModels;
/** A copy of the folder of the stopped server. */
const stopped = mkdtempSync(join(tmpdir(), 'verify-'));

async function verify(dataDir: string): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of verifyFolder({ dataDir }, () => {})) parts.push(part);
  return parts;
}
const faultsOf = async (dataDir: string): Promise<string[]> => (await verify(dataDir)).flatMap(({ faults }) => faults);
const names = (parts: Part[]) => parts.map(({ name }) => name);

let live: Part[][];

beforeAll(async () => {
  product = await startProductWithModels();
  for (let nth = 0; nth < 3; nth++) expect((await sendDigit(product)).view.status).toBe('in-review');
  await product.release('digits-v1');
  for (let nth = 0; nth < 3; nth++) expect((await sendDigit(product)).view.status).toBe('decided');
  await product.stellwerk.engineClient.createDocument({ file: new File(['a document'], 'note.txt') });
  // While cases go on coming in.
  const writing = Promise.all(Array.from({ length: 12 }, () => sendDigit(product)));
  live = [await verify(product.dataDir), await verify(product.dataDir)];
  await writing;
  await product.stellwerk.close();
  cpSync(product.dataDir, stopped, { recursive: true });
}, 120_000);

afterAll(async () => {
  await product.close();
  rmSync(stopped, { recursive: true });
});

function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(stopped, folder, { recursive: true });
  return folder;
}

function alter(folder: string, file: string, sql: string): void {
  const db = new DatabaseSync(join(folder, file));
  db.exec(sql);
  db.close();
}

/** One value of the first row. */
function read(folder: string, file: string, sql: string): string {
  const db = new DatabaseSync(join(folder, file));
  const value = String(Object.values(db.prepare(sql).get() ?? {})[0]);
  db.close();
  return value;
}

describe('a folder of which nothing was lost', () => {
  test('holds, while a server writes it', () => {
    for (const parts of live) {
      expect(names(parts)).toEqual(['Files', 'Ledger', 'Engine', 'Documents', 'Agreement']);
      expect(parts.flatMap(({ faults }) => faults)).toEqual([]);
    }
  });

  test('holds when the server stands still, and says what was compared', async () => {
    const parts = await verify(copy());
    expect(parts.flatMap(({ faults }) => faults)).toEqual([]);
    expect(parts.map(({ sentence }) => sentence)).toEqual([
      'engine.db, ledger.db, vault-keys.db, documents.db: every page and index is whole.',
      expect.stringMatching(/^The chain holds: \d+ records/),
      expect.stringMatching(/^The log of \d+ commands rebuilds the same state: \d+ rows in \d\d tables were compared\.$/),
      '1 documents are as they were stored.',
      'Ledger and engine agree: 3 open cases, 18 process instances of cases.',
    ]);
  });

  test('leaves the folder as it was', async () => {
    const folder = copy();
    const bytes = () => ['engine.db', 'ledger.db', 'heads.jsonl'].map((file) => readFileSync(join(folder, file)).toString('base64'));
    const before = bytes();
    await verify(folder);
    expect(bytes()).toEqual(before);
  });
});

describe('what does not hold is named:', () => {
  test('a row of the engine that differs from its log', async () => {
    const folder = copy();
    const key = read(folder, 'engine.db', 'SELECT key FROM user_tasks LIMIT 1');
    alter(folder, 'engine.db', `UPDATE user_tasks SET assignee = 'mallory' WHERE key = ${key}`);
    expect(await faultsOf(folder)).toEqual([`Table user_tasks, row key = ${key}: assignee is mallory in the store and null by the log.`]);
  });

  test('a row that is gone, and one that came from nowhere', async () => {
    const folder = copy();
    alter(folder, 'engine.db', 'DELETE FROM taken_sequence_flows WHERE process_instance_key = (SELECT min(process_instance_key) FROM taken_sequence_flows)');
    alter(folder, 'engine.db', 'INSERT INTO fulfilled_ad_hoc_sub_processes VALUES (7)');
    expect(await faultsOf(folder)).toEqual([
      'Table fulfilled_ad_hoc_sub_processes: the store has a row element_instance_key = 7, the log says that there is none.',
      expect.stringMatching(/^Table taken_sequence_flows: the store has a row .* where the log has process_instance_key = /),
    ]);
  });

  test('an entry of the log that was altered', async () => {
    const folder = copy();
    alter(folder, 'engine.db', `UPDATE log SET events = CAST('nonsense' AS BLOB) WHERE position = 3`);
    expect(await faultsOf(folder)).toEqual([expect.stringMatching(/^Entry \d+ of the log cannot be applied: /)]);
  });

  test('a case whose process instance is gone', async () => {
    const folder = copy();
    const [caseId, key] = ['case_id', 'process_instance_key'].map((column) => read(folder, 'ledger.db', `SELECT i.${column} FROM case_instances i JOIN cases c USING (case_id) WHERE c.status = 'in-review' ORDER BY i.record_seq LIMIT 1`));
    alter(folder, 'engine.db', `DELETE FROM process_instances WHERE key = ${key}`);
    expect(await faultsOf(folder)).toContain(`Case ${caseId} is open (in-review) and has no process instance: ${key} is not in the engine. Nobody will be asked about it.`);
  });

  test('a process instance whose case is gone, and a second one of a case', async () => {
    const folder = copy();
    const [one, other] = ['ASC', 'DESC'].map((order) => read(folder, 'engine.db', `SELECT v.value FROM variables v JOIN process_instances p ON p.key = v.scope_key WHERE v.name = 'caseId' AND p.state = 'ACTIVE' ORDER BY p.key ${order} LIMIT 1`));
    alter(folder, 'engine.db', `UPDATE variables SET value = '"nobody"' WHERE value = '${one}'`);
    const faults = await faultsOf(folder);
    expect(faults).toContainEqual(expect.stringMatching(/^Process instance \d+ is of case nobody, which the ledger does not know\.$/));
    const twice = copy();
    alter(twice, 'engine.db', `UPDATE variables SET value = '${other}' WHERE value = '${one}'`);
    expect(await faultsOf(twice)).toContainEqual(expect.stringMatching(/^Case .* has two process instances: \d+ and \d+\.$/));
  });

  test('a document whose bytes were altered', async () => {
    const folder = copy();
    alter(folder, 'documents.db', `UPDATE documents SET content = CAST('another one' AS BLOB)`);
    expect(await faultsOf(folder)).toEqual([expect.stringMatching(/^The document .* is not what was stored: 11 bytes/)]);
  });

  test('a torn page', async () => {
    const folder = copy();
    const file = join(folder, 'engine.db');
    const page = Number(read(folder, 'engine.db', `SELECT rootpage FROM sqlite_schema WHERE name = 'variables'`));
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(2_048, 0x5a), 0, 2_048, (page - 1) * 4_096 + 2_048);
    writeSync(handle, Buffer.alloc(100, 0x5a), 0, 100, (page - 1) * 4_096);
    closeSync(handle);
    expect(statSync(file).size % 4_096).toBe(0);
    const parts = await verify(folder);
    expect(parts[0]?.faults[0]).toMatch(/^engine\.db: /);
    // What rests on the engine's file is not compared; the ledger is.
    expect(names(parts)).toEqual(['Files', 'Ledger']);
  });

  test('a store of another version', async () => {
    const folder = copy();
    alter(folder, 'engine.db', 'PRAGMA user_version = 99');
    expect((await faultsOf(folder))[0]).toContain('The store has version 99, this program reads version');
  });
});

describe('what is no data folder is refused with a sentence:', () => {
  const refusal = (dataDir: string) => verify(dataDir).then(() => 'checked', (error: unknown) => (error instanceof Error ? error.message : 'no error'));

  test('a folder that is not there, and one without stores', async () => {
    expect(await refusal(join(stopped, 'nowhere'))).toBe(`There is no folder ${join(stopped, 'nowhere')}.`);
    const empty = mkdtempSync(join(tmpdir(), 'verify-'));
    onTestFinished(() => rmSync(empty, { recursive: true }));
    expect(await refusal(empty)).toBe(`${empty} is no data folder: it holds neither ledger.db nor engine.db.`);
    expect(existsSync(join(empty, 'ledger.db'))).toBe(false);
  });

  test('a file that is no database', async () => {
    const folder = copy();
    writeFileSync(join(folder, 'engine.db'), 'this is no database, whatever its name says'.repeat(30));
    expect(await refusal(folder)).toMatch(/engine\.db cannot be read: file is not a database/);
  });

  test('a folder of the engine alone is checked without a ledger', async () => {
    const folder = copy();
    for (const file of ['ledger.db', 'vault-keys.db']) rmSync(join(folder, file));
    const parts = await verify(folder);
    expect(names(parts)).toEqual(['Files', 'Engine', 'Documents']);
    expect(parts.flatMap(({ faults }) => faults)).toEqual([]);
  });
});
