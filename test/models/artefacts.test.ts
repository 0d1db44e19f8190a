// Committed models, data and cards agree with each other: digests, predictions, certificates, and what stays apart.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { openModel, type ServedModel } from '../../models/server/served-model.ts';
import { brierScore, certifyThreshold, curveAreas, expectedCalibrationError } from '../../trust/index.ts';
import { readLines, type DataLine } from './data-lines.ts';

const Metrics = z.object({ n: z.number(), wrong: z.number(), brier: z.number(), calibrationError: z.number(), aurc: z.number() });
const Evaluation = z.object({
  metrics: z.object({ certify: Metrics, replay: Metrics }),
  certificate: z.looseObject({
    alpha: z.number(),
    delta: z.number(),
    n: z.number(),
    eligible: z.number(),
    startSize: z.number(),
    certified: z.boolean(),
    threshold: z.number().optional(),
    firstTested: z.object({ threshold: z.number(), m: z.number(), k: z.number() }).nullish(),
  }),
});

/** Another machine's rounding may move a probability by that much, and a figure of the card with it. */
const tolerance = 1e-4;

const models = [
  { family: 'credit-risk', name: 'credit-risk-v1', sizes: { certify: 400, 'held-out': 200 } },
  { family: 'credit-risk', name: 'credit-risk-v2', sizes: { certify: 400, 'held-out': 200 } },
  { family: 'digits', name: 'digits-v1', sizes: { certify: 600, 'held-out': 300 } },
  { family: 'digits', name: 'digits-v2', sizes: { certify: 600, 'held-out': 300 } },
] as const;

const folderOf = (family: string, name: string) => path.join(import.meta.dirname, '../../models', family, 'artefacts', name);

type Scored = { line: DataLine; probabilities: number[]; predicted: string; score: number };

async function scoreLines(model: ServedModel, lines: DataLine[]): Promise<Scored[]> {
  const { classes, features } = model.manifest;
  const values = await model.predict(Float32Array.from(lines.flatMap((line) => line.row(features))));
  return lines.map((line, index) => {
    const probabilities = [...values.subarray(index * classes.length, (index + 1) * classes.length)];
    const score = Math.max(...probabilities);
    return { line, probabilities, predicted: classes[probabilities.indexOf(score)] ?? '', score };
  });
}

describe.each(models)('$name', ({ family, name, sizes }) => {
  it('predicts what its card was written from, within 1e-4', async () => {
    const model = await openModel(folderOf(family, name));
    const { metrics } = await readEvaluation(family, name);
    for (const [part, measured] of [['certify', metrics.certify], ['held-out', metrics.replay]] as const) {
      const scored = await scoreLines(model, await readLines(family, part));
      const wrong = scored.map(({ predicted, line }) => predicted !== line.outcome);
      const scores = scored.map(({ score }) => score);
      expect(scored).toHaveLength(sizes[part]);
      expect({ n: scored.length, wrong: wrong.filter(Boolean).length }).toEqual({ n: measured.n, wrong: measured.wrong });
      const brier = model.manifest.classes.reduce(
        (sum, id, index) => sum + brierScore(scored.map(({ probabilities }) => probabilities[index]!), scored.map(({ line }) => line.outcome === id)),
        0,
      );
      expect(Math.abs(brier - measured.brier)).toBeLessThan(tolerance);
      expect(Math.abs(curveAreas(scores, wrong).aurc - measured.aurc)).toBeLessThan(tolerance);
      expect(Math.abs(expectedCalibrationError(scores, wrong.map((error) => !error)) - measured.calibrationError)).toBeLessThan(tolerance);
    }
    await model.release();
  });

  it('has the certificate in TypeScript that the training script found in Python', async () => {
    const model = await openModel(folderOf(family, name));
    const { certificate } = await readEvaluation(family, name);
    const scored = await scoreLines(model, await readLines(family, 'certify'));
    const result = certifyThreshold({
      scores: scored.map(({ score }) => score),
      automatic: scored.map(({ predicted }) => predicted !== 'decline'),
      errors: scored.map(({ predicted, line }) => predicted !== line.outcome),
      alpha: certificate.alpha,
      delta: certificate.delta,
    });
    const { n, eligible, startSize, certified } = certificate;
    expect(result).toMatchObject({ n, eligible, startSize, certified });
    if (result.certified) {
      expect(result).toMatchObject({ m: certificate['m'], k: certificate['k'], coverage: certificate['coverage'] });
      expect(Math.abs(result.threshold - Number(certificate.threshold))).toBeLessThan(tolerance);
      expect(Math.abs(result.upperBound - Number(certificate['upperBound']))).toBeLessThan(tolerance);
    } else {
      expect(result.tested[0]).toMatchObject({ m: certificate.firstTested?.m, k: certificate.firstTested?.k });
    }
    await model.release();
  });

  it('says on its card whether its split certifies it', async () => {
    const card = await readFile(path.join(folderOf(family, name), 'CARD.md'), 'utf8');
    const { certificate } = await readEvaluation(family, name);
    expect(card).toContain(certificate.certified ? '**Certified** at' : '**Not certified** at');
    for (const heading of ['## Use', '## Data', '## Measures', '## Certificate', '## Limits']) expect(card).toContain(heading);
    expect(card).toMatch(/CC BY 4\.0/);
  });
});

describe('data lines', () => {
  it.each(['credit-risk', 'digits'])('of %s are in one part only', async (family) => {
    const certify = (await readLines(family, 'certify')).map(({ input }) => JSON.stringify(input));
    const replay = (await readLines(family, 'held-out')).map(({ input }) => JSON.stringify(input));
    expect(new Set([...certify, ...replay]).size).toBe(certify.length + replay.length);
  });

  it.each([
    ['credit-risk', 'credit-risk-v2'],
    ['digits', 'digits-v2'],
  ])('of %s are none of the training rows that its model carries along', async (family, name) => {
    const { manifest, release } = await openModel(folderOf(family, name));
    const held = [...(await readLines(family, 'certify')), ...(await readLines(family, 'held-out'))].map((line) => line.row(manifest.features).join());
    expect(manifest.background.filter((row) => held.includes(row.join()))).toEqual([]);
    await release();
  });

  it('of credit-risk keep age and foreign worker apart from the input', async () => {
    for (const { input, protected: apart } of await readLines('credit-risk', 'certify')) {
      expect(Object.keys(apart)).toEqual(['ageYears', 'foreignWorker']);
      for (const field of ['ageYears', 'foreignWorker', 'personalStatusAndSex']) expect(input).not.toHaveProperty(field);
    }
  });
});

async function readEvaluation(family: string, name: string) {
  return Evaluation.parse(JSON.parse(await readFile(path.join(folderOf(family, name), 'evaluation.json'), 'utf8')));
}
