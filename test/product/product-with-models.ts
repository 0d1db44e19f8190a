/** The whole product in this process beside a model server whose answers a test writes, with counts of all that a refused request must not leave behind. */
import { createHash } from 'node:crypto';
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import type { StartOptions } from '../../api/start.ts';
import { getCase, openRelease, type ReasonCode } from '../../ledger/index.ts';
import { startProduct, startTestCase, type CaseView, type Product } from '../api/product.ts';
import { startFakeModelServer, type Call, type FakeModelServer, type Reply } from '../workers/serving/fake-model-server.ts';

export type ProductWithModels = Product & {
  models: FakeModelServer;
  /** Opens an automatic release of digits under this model name: each name has its own circuit and its own memory of metadata. */
  release: (model: string, more?: { digest?: string; validForMs?: number; mode?: 'pilot' }) => Promise<string>;
};

/** A digit that the fake model is asked about. */
export const digit = (await readDemoCases('digits', 'held-out'))[0]?.input ?? {};

export const digestOf = (model: string): string => createHash('sha256').update(model).digest('hex');
const classes = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Nine times out of ten a 3. */
export const probabilities = classes.map((name) => (name === '3' ? 0.91 : 0.01));
const outputs = (data: unknown) => ({ outputs: [{ name: 'probabilities', shape: [1, 10], datatype: 'FP32', data }] });

/** A model server that is well. */
export function healthy({ path }: Call): Reply {
  const model = modelOf(path);
  if (path.endsWith('/infer')) return { body: outputs(probabilities) };
  return { body: { name: model, outputs: [{ name: 'probabilities' }], parameters: { classes, sha256: digestOf(model) } } };
}

/** Metadata as it should be, and this answer to the question itself. */
export const whenAsked = (reply: Reply) => (call: Call): Reply => (call.path.endsWith('/infer') ? reply : healthy(call));

export const answering = (data: unknown): Reply => ({ body: outputs(data) });

export const modelOf = (path: string): string => /^\/v2\/models\/([^/]+)/.exec(path)?.[1] ?? '';

export async function startProductWithModels(options: StartOptions & { env?: Record<string, string>; serving?: Record<string, unknown> } = {}): Promise<ProductWithModels> {
  const models = await startFakeModelServer(healthy);
  const product = await startProduct({
    ...options,
    env: { STELLWERK_MODEL_SERVER_URL: models.url, STELLWERK_UI: 'skip', ...options.env },
    workerSettings: (settings) => ({ ...settings, serving: { ...settings.serving, timeLimitMs: 1_500, attempts: 2, firstPauseMs: 5, maxPauseMs: 20, ...options.serving } }),
  }).catch(async (error: unknown) => { await models.close(); throw error; });
  const { ledger, clock } = product.stellwerk;
  return {
    ...product,
    models,
    async release(model, { digest = digestOf(model), validForMs = 24 * 3_600_000, mode } = {}) {
      const opened = await openRelease(ledger, {
        service: 'digits',
        model: { name: model, version: '1', digest },
        validUntil: clock.now() + validForMs,
        openedBy: 'system:test',
        certificate: null,
        // No audit: these tests are about the other reasons.
        auditShare: 1e-9,
        ...(mode === 'pilot' ? { mode } : { mode: 'automatic' as const, threshold: 0.5 }),
      });
      if (opened.kind === 'refused') throw new Error(opened.message);
      return opened.release.releaseId;
    },
    async close() {
      await product.close();
      await models.close();
    },
  };
}

/** Starts a digit and says what became of it, with the reasons that the caller is not told yet. */
export async function sendDigit(product: ProductWithModels): Promise<{ view: CaseView; reasons: ReasonCode[] }> {
  const view = await startTestCase(product, 'digits', digit);
  return { view, reasons: (await getCase(product.stellwerk.ledger, view.caseId))?.review?.reasons ?? [] };
}

/** Rows of everything that starting a case writes, and the engine's instances. */
export async function countEverything({ stellwerk, engineClient }: Product): Promise<Record<string, number>> {
  const { db } = stellwerk.ledger;
  const tables = ['cases', 'records', 'vault_entries', 'idempotency_keys', 'outbox', 'case_instances'] as const;
  const counts: Record<string, number> = {};
  for (const table of tables) counts[table] = (await db.selectFrom(table).selectAll().execute()).length;
  const instances = await engineClient.post<{ page: { totalItems: number } }>('/v2/process-instances/search', {});
  return { ...counts, instances: instances.page.totalItems };
}
