/** The server is gone in an instant while cases are decided: what the engine held back from its last commit is lost, the ledger is whole. All of it goes on and agrees. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../api/settings.ts';
import { startStellwerk, type Stellwerk } from '../../api/start.ts';
import { getCase, listCases, verifyChain, waitForCase } from '../../ledger/index.ts';
import { copyStore } from '../harness/copy-store.ts';
import { sendDigit, startProductWithModels, type ProductWithModels } from './product-with-models.ts';

const folder = mkdtempSync(join(tmpdir(), 'stellwerk-taken-back-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cases = 12;

/** Sends the cases and answers copies of the data folder of instants at which so many light batches were held. */
async function copiesWhileDeciding(product: ProductWithModels): Promise<Map<number, string>> {
  const { engine } = product.stellwerk;
  const copies = new Map<number, string>();
  let isOver = false;
  const look = (): void => {
    const held = engine?.metrics().heldBatches ?? 0;
    if (held > 0 && !copies.has(held)) copies.set(held, copyFolder(product.dataDir, `at-${held}`));
    if (!isOver) setImmediate(look);
  };
  look();
  for (let index = 0; index < cases / 2; index++) await sendDigit(product);
  await Promise.all(Array.from({ length: cases / 2 }, () => sendDigit(product)));
  isOver = true;
  return copies;
}

/** In one turn of the event loop, so that both stores are of the same instant. */
function copyFolder(dataDir: string, name: string): string {
  const copy = mkdtempSync(join(folder, `${name}-`));
  for (const store of ['engine.db', 'ledger.db', 'vault-keys.db', 'documents.db']) if (existsSync(join(dataDir, store))) copyStore(join(dataDir, store), join(copy, store));
  for (const file of ['heads.jsonl', 'master.key']) if (existsSync(join(dataDir, file))) copyFileSync(join(dataDir, file), join(copy, file));
  return copy;
}

async function startOnCopy(product: ProductWithModels, dataDir: string, env: Record<string, string>): Promise<Stellwerk> {
  const read = readSettings({ ...product.env, ...env, STELLWERK_DATA: dataDir });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return startStellwerk(read.settings);
}

/** The case as it is once its process has ended or waits for people. */
async function settle({ ledger, engineClient }: Stellwerk, caseId: string) {
  const settled = await waitForCase(ledger, caseId, { until: 'settled', timeoutMs: 30_000 });
  const filter = { variables: [{ name: 'caseId', value: JSON.stringify(caseId) }] };
  const isOver = ({ items }: { items: { state: string }[] }) => settled?.status !== 'decided' || items.every(({ state }) => state !== 'ACTIVE');
  const { items } = await engineClient.searchProcessInstances({ filter }, { consistency: { waitUpToMs: 30_000, pollIntervalMs: 20, predicate: isOver } });
  return { settled, states: items.map(({ state }) => state) };
}

describe('after an end at which light batches were held', () => {
  it.each([
    { world: 'the models answer as before', env: {} },
    { world: 'the model server is gone', env: { STELLWERK_MODEL_SERVER_URL: 'http://127.0.0.1:9' } },
  ])('every case goes on under its one instance, and what was decided stays, when $world', async ({ env }) => {
    const product = await startProductWithModels();
    try {
      await product.release('digits-v1');
      const copies = await copiesWhileDeciding(product);
      // The completions of score-case, of record-decision behind it, and of notify-caller behind both.
      expect(copies.size).toBeGreaterThanOrEqual(2);
      for (const dataDir of copies.values()) {
        const again = await startOnCopy(product, dataDir, env);
        try {
          const found = await listCases(again.ledger, { limit: 100 });
          if (found.kind === 'bad-cursor') throw new Error('no cursor was given');
          expect(found.items.length).toBeGreaterThan(0);
          for (const { caseId, decision } of found.items) {
            const { settled, states } = await settle(again, caseId);
            expect(states).toEqual([settled?.status === 'decided' ? 'COMPLETED' : 'ACTIVE']);
            if (decision !== null) expect(settled?.decision).toEqual(decision);
            const before = await getCase(product.stellwerk.ledger, caseId);
            if ('STELLWERK_MODEL_SERVER_URL' in env) expect(['decided', 'in-review']).toContain(settled?.status);
            else expect(settled?.decision?.class).toBe(before?.decision?.class);
          }
          expect((await again.engineClient.searchIncidents({}, { consistency: { waitUpToMs: 0 } })).items).toEqual([]);
          expect(await verifyChain(again.ledger)).toMatchObject({ ok: true });
        } finally {
          await again.close();
        }
      }
    } finally {
      await product.close();
    }
  }, 180_000);
});
