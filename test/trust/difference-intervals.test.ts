// Intervals for differences of measures: equal to the plain measures at weight 1, reproducible, and covering as often as they say.
import { describe, expect, it } from 'vitest';
import { aucOf, aurcOf, binomialQuantile, calibrationOf, curveAreas, expectedCalibrationError, meanOf, pairedBootstrap, quantileOf } from '../../trust/index.ts';
import { createRandom } from '../harness/random.ts';

const random = createRandom(31);
const scores = Array.from({ length: 300 }, () => Math.round(random() * 40) / 40);
const errors = scores.map((score) => random() < 0.5 * (1 - score));
const ones = new Uint8Array(scores.length).fill(1);

describe('measures over weights', () => {
  it('equal the plain measures where each case counts once, ties included', () => {
    expect(aurcOf(scores, errors)(ones)).toBeCloseTo(curveAreas(scores, errors).aurc, 12);
    const right = errors.map((wrong) => !wrong);
    expect(calibrationOf(scores, right)(ones)).toBeCloseTo(expectedCalibrationError(scores, right), 12);
    expect(meanOf(errors.map(Number))(ones)).toBeCloseTo(errors.filter(Boolean).length / errors.length, 12);
    const pairs = scores.flatMap((a, i) => (errors[i] === true ? [] : scores.flatMap((b, j) => (errors[j] === true ? [a > b ? 1 : a === b ? 0.5 : 0] : []))));
    expect(aucOf(scores, errors.map((wrong) => !wrong))(ones)).toBeCloseTo(pairs.reduce((sum: number, value) => sum + value, 0) / pairs.length, 12);
  });

  it('count a case of weight 2 as if it were there twice, and one of weight 0 as if it were not', () => {
    const weights = scores.map((_, index) => index % 3);
    const repeated = scores.flatMap((_, index) => Array.from({ length: index % 3 }, () => index));
    const pick = <T>(values: readonly T[]): T[] => repeated.flatMap((index) => values[index] ?? []);
    const all = new Uint8Array(repeated.length).fill(1);
    expect(aurcOf(scores, errors)(weights)).toBeCloseTo(aurcOf(pick(scores), pick(errors))(all), 12);
    expect(aucOf(scores, errors)(weights)).toBeCloseTo(aucOf(pick(scores), pick(errors))(all), 12);
    expect(calibrationOf(scores, errors)(weights)).toBeCloseTo(calibrationOf(pick(scores), pick(errors))(all), 12);
    expect(quantileOf(scores, 0.95)(weights)).toBe(quantileOf(pick(scores), 0.95)(all));
  });

  it('gives the value that 95 % do not exceed', () => {
    expect(quantileOf(Array.from({ length: 100 }, (_, index) => index + 1), 0.95)(new Uint8Array(100).fill(1))).toBe(95);
  });

  it('says that AUC is not defined without one of the outcomes', () => {
    expect(aucOf([1, 2], [true, true])(new Uint8Array(2).fill(1))).toBeNaN();
  });
});

describe('the paired bootstrap', () => {
  const flags = (rate: number, size: number, next: () => number): number[] => Array.from({ length: size }, () => (next() < rate ? 1 : 0));

  it('gives the same interval for the same seed, and another for another', () => {
    const challenger = meanOf(flags(0.1, 200, random));
    const champion = meanOf(flags(0.2, 200, random));
    const of = (seed: number) => pairedBootstrap({ cases: 200, challenger, champion, level: 0.9, seed, resamples: 300 });
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it('is a point at 0 for two models that answer alike', () => {
    const same = meanOf(flags(0.3, 100, random));
    expect(pairedBootstrap({ cases: 100, challenger: same, champion: same, level: 0.9, seed: 1, resamples: 200 })).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('covers the true difference about as often as its level says', () => {
    const runs = 300;
    const next = createRandom(33);
    let missed = 0;
    for (let run = 0; run < runs; run += 1) {
      const shared = flags(0.15, 300, next);
      const champion = shared.map((value) => (next() < 0.05 ? 1 - value : value));
      const challenger = shared.map((value) => (next() < 0.05 ? 1 - value : value));
      const { low, high } = pairedBootstrap({ cases: 300, challenger: meanOf(challenger), champion: meanOf(champion), level: 0.9, seed: run, resamples: 400 });
      if (low > 0 || high < 0) missed += 1;
    }
    // 10 % missed, and some for being asymptotic; twice as many would be a broken interval.
    expect(missed).toBeLessThanOrEqual(binomialQuantile(0.999, runs, 0.12));
    expect(missed).toBeGreaterThanOrEqual(binomialQuantile(0.001, runs, 0.08));
  });

  it('is narrower than an unpaired one where the models err on the same cases', () => {
    const next = createRandom(34);
    const shared = flags(0.3, 400, next);
    const challenger = shared.map((value) => (next() < 0.02 ? 1 - value : value));
    const width = (a: number[], b: number[]): number => {
      const { low, high } = pairedBootstrap({ cases: 400, challenger: meanOf(a), champion: meanOf(b), level: 0.9, seed: 5, resamples: 400 });
      return high - low;
    };
    expect(width(challenger, shared)).toBeLessThan(0.5 * width(challenger, flags(0.3, 400, next)));
  });

  it('refuses no cases and levels outside 0 to 1', () => {
    const measure = meanOf([1]);
    expect(() => pairedBootstrap({ cases: 0, challenger: measure, champion: measure, level: 0.9, seed: 1 })).toThrow(RangeError);
    expect(() => pairedBootstrap({ cases: 1, challenger: measure, champion: measure, level: 1, seed: 1 })).toThrow(RangeError);
    expect(() => pairedBootstrap({ cases: 1, challenger: measure, champion: measure, level: 0.9, seed: -1 })).toThrow(RangeError);
  });
});
