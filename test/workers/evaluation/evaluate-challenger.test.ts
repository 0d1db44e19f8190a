// The evaluation of a challenger, through a real local model server on the demo's real data, and what it refuses.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvaluationReport, type DataPart } from '../../../ledger/releases/evaluation-report.ts';
import { DecisionServiceDefinition } from '../../../ledger/services/definition.ts';
import { startModelServer, type ModelServer } from '../../../models/server/index.ts';
import { evaluateChallenger, readLabelledRows, type EvaluateOptions } from '../../../workers/evaluation/index.ts';
import { createInferenceClient, type InferenceClient } from '../../../workers/serving/inference-client.ts';
import { defaultWorkerSettings } from '../../../workers/settings.ts';

const models = path.join(import.meta.dirname, '../../../models');
const credit = DecisionServiceDefinition.parse(JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../processes/anomaly-routing/services/credit-risk.json'), 'utf8')));
const manifestOf = (name: string) => JSON.parse(readFileSync(path.join(models, 'credit-risk/artefacts', name, 'model.json'), 'utf8')) as { version: string; sha256: string };
const model = (name: string) => ({ name, version: manifestOf(name).version, digest: manifestOf(name).sha256 });

let server: ModelServer;
let inference: InferenceClient;
const folders: string[] = [];
beforeAll(async () => {
  server = await startModelServer({ port: 0, folder: models, load: ['credit-risk-v1', 'credit-risk-v2'] });
  inference = createInferenceClient(defaultWorkerSettings({ servingAddress: () => server.url }).serving, { now: () => 0 });
});
afterAll(async () => {
  await server.close();
  for (const folder of folders) await rm(folder, { recursive: true });
});

function options(more: Partial<EvaluateOptions> = {}): EvaluateOptions {
  let tick = 0;
  return {
    service: { definition: credit, version: 3 },
    challenger: { model: model('credit-risk-v2'), inference },
    champion: { model: model('credit-risk-v1'), inference, releaseId: 'rel-1' },
    dataFolder: models,
    now: 1_000,
    // Each look at the clock is a millisecond later: waiting times that a test can expect.
    steadyClock: () => (tick += 1),
    signal: new AbortController().signal,
    ...more,
  };
}

const measure = (report: EvaluationReport, id: string) => report.measures.find((one) => one.id === id);

describe('the evaluation of credit-risk v2 beside v1', () => {
  let report: EvaluationReport;
  beforeAll(async () => {
    report = await evaluateChallenger(options());
  });

  it('is a document of evidence', () => {
    expect(EvaluationReport.parse(report)).toEqual(report);
    expect(report).toMatchObject({ service: 'credit-risk', serviceVersion: 3, comparedRows: 600, failures: { champion: 0, challenger: 0 }, computedAt: 1_000 });
    expect(report.champion).toEqual({ model: model('credit-risk-v1'), releaseId: 'rel-1' });
  });

  it('finds the figures of the training script on both parts together', () => {
    // models/credit-risk/artefacts/*/evaluation.json: 111 + 55 and 105 + 52 wrong of 600.
    expect(measure(report, 'accuracy')).toMatchObject({ champion: 434 / 600, challenger: 443 / 600, verdict: 'undecided' });
    expect(measure(report, 'auc')).toMatchObject({ verdict: 'better' });
    expect(measure(report, 'cost')).toMatchObject({ better: 'lower', verdict: 'better' });
    for (const { difference, champion, challenger } of report.measures) {
      expect(difference?.value).toBeCloseTo(challenger - (champion ?? Number.NaN), 10);
      expect(difference?.low).toBeLessThanOrEqual(difference?.high ?? 0);
    }
  });

  it('certifies on the certify part alone, as the training script did, and says what share would be automatic', () => {
    expect(report.certificate).toMatchObject({ certified: true, alpha: 0.15, delta: 0.1, n: 400, eligible: 332, m: 34, k: 2, errorReference: 'historical-outcome', look: { index: 1, of: 1 } });
    expect(report.certificate?.data).toEqual(report.certify);
    expect(report.automationShare).toBeCloseTo(0.085, 10);
  });

  it('draws both curves of the certified policy, with the certified threshold on the challenger’s', () => {
    const { curves, certificate } = report;
    expect(curves).toMatchObject({ part: 'certify', rows: 400, limit: 0.15 });
    const threshold = certificate?.certified === true ? certificate.threshold : Number.NaN;
    expect(curves.challenger.find((point) => point.threshold === threshold)).toMatchObject({ m: 34, k: 2, coverage: 0.085 });
    expect(curves.challenger.at(-1)?.coverage).toBeCloseTo(332 / 400, 10);
    expect(curves.champion?.length).toBeLessThanOrEqual(62);
    for (const { low, risk, high } of curves.challenger) expect(low <= risk && risk <= high).toBe(true);
  });

  it('states a rate per segment only where enough cases would be automatic', () => {
    const stated = report.segments.filter(({ automatic }) => automatic >= report.minimumSegment);
    const counted = report.segments.filter(({ automatic }) => automatic < report.minimumSegment);
    expect(report.segments).toHaveLength(8);
    expect(stated.map(({ id }) => id)).toEqual(['no-checking-account']);
    for (const { rate, interval } of stated) expect([rate, interval?.low]).toEqual([0, 0]);
    for (const { rate, interval } of counted) expect([rate, interval]).toEqual([null, null]);
    const amounts = report.segments.filter(({ id }) => id.startsWith('amount-'));
    expect(amounts.reduce((sum, { rows }) => sum + rows, 0)).toBe(600);
  });

  it('comes out the same again, but for waiting times', async () => {
    const again = await evaluateChallenger(options());
    const timeless = (one: EvaluationReport) => ({ ...one, measures: one.measures.filter(({ id }) => id !== 'latency-p95') });
    expect(timeless(again)).toEqual(timeless(report));
  });
});

describe('an evaluation', () => {
  it('has no differences and no second curve without a champion', async () => {
    const report = EvaluationReport.parse(await evaluateChallenger(options({ champion: null })));
    expect(report.champion).toBeNull();
    expect(report.curves.champion).toBeNull();
    expect(measure(report, 'accuracy')).toMatchObject({ champion: null, difference: null, verdict: 'no-champion' });
    expect(measure(report, 'latency-p95')?.verdict).toBe('in-limit');
    expect(report.segments[0]?.championRight).toBeNull();
  });

  it('certifies nothing from outcomes where blind verdicts are the error reference', async () => {
    const definition = { ...credit, promise: { ...credit.promise, errorReference: 'blind-verdict' as const } };
    const report = await evaluateChallenger(options({ service: { definition, version: 1 } }));
    expect(report).toMatchObject({ certificate: null, automationShare: 0 });
    expect(report.segments.every(({ automatic }) => automatic === 0)).toBe(true);
  });

  it('certifies a renewal on the blind audits of the release it renews', async () => {
    const definition = { ...credit, promise: { ...credit.promise, errorReference: 'blind-verdict' as const } };
    const ownAudits = Array.from({ length: 100 }, (_, index) => ({ class: 'grant', confidence: 0.5 + index / 250, verdict: index === 10 ? 'decline' : 'grant' }));
    const report = EvaluationReport.parse(await evaluateChallenger(options({ service: { definition, version: 1 }, champion: null, ownAudits })));
    expect(report.certificate).toMatchObject({ certified: true, n: 100, errorReference: 'blind-verdict', data: null });
    expect(report.automationShare).toBeGreaterThan(0.5);
  });

  it('divides δ among the planned looks', async () => {
    const definition = { ...credit, promise: { ...credit.promise, looks: 4 } };
    const report = await evaluateChallenger(options({ service: { definition, version: 1 } }));
    expect(report.certificate).toMatchObject({ delta: 0.025, look: { index: 1, of: 4 }, certified: false });
  });

  it('refuses a served file that is not the version’s', async () => {
    const other = { ...model('credit-risk-v2'), digest: 'f'.repeat(64) };
    await expect(evaluateChallenger(options({ challenger: { model: other, inference } }))).rejects.toMatchObject({ name: 'EvaluationFailure', reason: 'DIGEST_DIFFERS' });
  });

  it('refuses a model that answers nothing', async () => {
    const unknown = { name: 'credit-risk-v9', version: '9', digest: 'f'.repeat(64) };
    await expect(evaluateChallenger(options({ challenger: { model: unknown, inference } }))).rejects.toMatchObject({ reason: 'NO_ANSWERS' });
  });

  it('counts rows a model did not answer, and compares the others', async () => {
    let asked = 0;
    const failing = { ...inference, predict: async (call: Parameters<InferenceClient['predict']>[0]) => ((asked += 1) % 100 === 0 ? inference.predict({ ...call, row: [1] }) : inference.predict(call)) };
    const report = await evaluateChallenger(options({ challenger: { model: model('credit-risk-v2'), inference: failing } }));
    expect(report.failures.challenger).toBeGreaterThanOrEqual(6);
    expect(report.comparedRows).toBe(600 - report.failures.challenger);
  });

  it('gives a model that cannot be reached to the caller as such', async () => {
    const dead = createInferenceClient({ ...defaultWorkerSettings({ servingAddress: () => 'http://127.0.0.1:1' }).serving, attempts: 1 }, { now: () => 0 });
    await expect(evaluateChallenger(options({ challenger: { model: model('credit-risk-v2'), inference: dead } }))).rejects.toMatchObject({ name: 'ServingError', kind: 'unavailable' });
  });

  it('refuses a service without held-out rows', async () => {
    const { evaluation: _none, ...definition } = credit;
    await expect(evaluateChallenger(options({ service: { definition, version: 1 } }))).rejects.toMatchObject({ reason: 'DATA_MISSING' });
  });
});

describe('labelled rows', () => {
  const classes = credit.classes;

  async function fileWith(text: string): Promise<string> {
    const folder = await mkdtemp(path.join(tmpdir(), 'rows-'));
    folders.push(folder);
    await writeFile(path.join(folder, 'rows.jsonl'), text);
    return folder;
  }

  it('are read with digest and number, and nothing but input and outcome', async () => {
    const { part, rows } = await readLabelledRows(models, 'credit-risk/data/held-out.jsonl', classes);
    expect(part satisfies DataPart).toMatchObject({ name: 'credit-risk/data/held-out.jsonl', rows: 200 });
    expect(part.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['input', 'outcome']);
  });

  it.each([
    ['{"input":{},"outcome":"grant"}\nnonsense', /rows\.jsonl, line 2: not JSON/],
    ['{"input":{}}', /line 1: expected an object with "input" and "outcome"/],
    ['{"input":{},"outcome":"maybe"}', /line 1: the outcome is no class of the service \(grant, decline\)/],
    ['\n', /holds no row/],
  ])('are refused with file and line: %j', async (text, sentence) => {
    await expect(readLabelledRows(await fileWith(text), 'rows.jsonl', classes)).rejects.toThrow(sentence);
  });

  it.each(['../secret.jsonl', 'a/../../secret.jsonl', 'nowhere.jsonl', '.'])('are not found outside their folder or where there is no such file: %s', async (file) => {
    const folder = await fileWith('{"input":{},"outcome":"grant"}');
    const below = path.join(folder, 'below');
    await cp(path.join(folder, 'rows.jsonl'), path.join(folder, 'secret.jsonl'));
    await cp(path.join(folder, 'rows.jsonl'), path.join(below, 'rows.jsonl'));
    await expect(readLabelledRows(below, file, classes)).rejects.toMatchObject({ reason: 'DATA_MISSING' });
  });
});
