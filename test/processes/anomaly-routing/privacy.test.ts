// No input field but the declared routing fields, nothing a person typed and nothing a model said of an input reaches the engine: marked values are searched for in all its tables and files.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { getPrediction } from '../../../ledger/index.ts';
import { openScenario, type ScenarioOptions } from './scenario.ts';
import type { Call, Reply } from '../../workers/serving/fake-model-server.ts';

const code = 'MARKED-CODE-7f3a';
const income = 918_273.645;
const marks = [code, String(income), 'MARKED-SUBJECT', 'MARKED-BUSINESS', 'marked-callback', 'MARKED-TEXT', 'MARKED-NOTE', 'marked-reviewer', 'MARKED-ECHO', 'MARKED-ATTRIBUTION'];
const input = { amount: 20_731, purpose: code, income, note: 'MARKED-NOTE' };

const options: ScenarioOptions = {
  service: { model: { name: 'risk', protocol: 'v1', features: [{ field: 'amount' }, { field: 'purpose', categories: [code] }, { field: 'income' }] } },
};

/** Every value of every table, as text, and every byte of every file. */
function everythingIn(folder: string): { tables: string; files: Buffer } {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const db = new DatabaseSync(join(folder, 'engine.db'), { readOnly: true });
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all().map(({ name }) => String(name));
  const rows = tables.flatMap((table) => {
    const statement = db.prepare(`SELECT * FROM "${table}"`);
    statement.setReadBigInts(true);
    return statement.all().map((row) => Object.values(row).map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value))).join(' '));
  });
  db.close();
  return { tables: rows.join('\n'), files: Buffer.concat(files) };
}

async function runCases(dataDir: string, model: (call: Call) => Reply, more: ScenarioOptions = {}): Promise<void> {
  const scenario = await openScenario({ ...options, ...more, dataDir, model });
  try {
    const first = await scenario.send({ key: 'one', input, subject: 'MARKED-SUBJECT', businessId: 'MARKED-BUSINESS', callbackUrl: 'http://127.0.0.1:1/marked-callback' });
    if (more.release === 'pilot') {
      const task = await scenario.task(first.caseId, 'review');
      const suggested = (await getPrediction(scenario.ledger, first.caseId)) !== null;
      await scenario.answer(first.caseId, task, suggested ? { class: 'decline', finally: 'decline' } : { class: 'decline' }, 'marked-reviewer');
    }
    await scenario.decided(first.caseId);
    await scenario.trace(first.caseId);
  } finally {
    await scenario.close();
  }
}

function search(dataDir: string): string[] {
  const { tables, files } = everythingIn(join(dataDir, 'engine'));
  // The guard guards: the routing field is there, so the search sees what is there.
  expect(tables).toContain('20731');
  const double = Buffer.alloc(8);
  double.writeDoubleBE(income);
  const found = marks.filter((mark) => tables.includes(mark) || files.includes(mark) || files.includes(Buffer.from(mark, 'utf16le')));
  return files.includes(double) ? [...found, 'income as a number'] : found;
}

const echo = { grant: 0.9, decline: 0.1 };
const explanation = { method: 'MARKED-ATTRIBUTION', class: 'grant', base_value: 0.7, prediction: 0.9, attributions: { amount: 0.2 }, tolerance: 1e-6 };

describe('the engine', () => {
  it.each<[string, (call: Call) => Reply, ScenarioOptions]>([
    ['an automatic decision', () => ({ body: { predictions: [{ label: 'grant', probabilities: echo }] } }), {}],
    ['a review with an explanation and a typed reason', () => ({ body: { predictions: [{ label: 'grant', probabilities: echo }], explanations: [explanation] } }), { release: 'pilot' }],
    ['a model that quotes the input in its error', ({ body }) => ({ status: 400, body: { error: `MARKED-ECHO got ${JSON.stringify(body)} with ${income}` } }), { release: 'pilot' }],
    ['an input that the model cannot read', () => ({}), { release: 'pilot', service: { model: { name: 'risk', protocol: 'v1', features: [{ field: 'purpose', categories: ['other'] }] } } }],
  ])('knows nothing of the input after %s', async (_, model, more) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'stellwerk-privacy-'));
    try {
      await runCases(dataDir, model, more);
      expect(search(dataDir)).toEqual([]);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});
