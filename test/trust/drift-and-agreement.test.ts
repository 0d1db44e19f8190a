// Hints of drift with Holm's correction, and agreement below the experts' own.
import { describe, expect, it } from 'vitest';
import { agreementBelowExperts, agreementOf, binomialQuantile, chiSquaredTest, findDrift, holmAdjusted, kolmogorovSmirnovTest, stabilityIndex, type AnswerPair, type DriftColumn } from '../../trust/index.ts';
import { createRandom } from '../harness/random.ts';

describe('two-sample tests', () => {
  it('agree with published values', () => {
    // One degree of freedom: P(χ² > 8) = 0.004678.
    expect(chiSquaredTest([60, 40], [40, 60])).toMatchObject({ statistic: 8 });
    expect(chiSquaredTest([60, 40], [40, 60]).pValue).toBeCloseTo(0.004678, 5);
    // Three degrees of freedom, by the closed form erfc(√(x/2)) + √(2x/π)·e^(−x/2).
    expect(chiSquaredTest([8, 8, 8, 8], [8, 8, 8, 8])).toEqual({ statistic: 0, pValue: 1 });
    expect(chiSquaredTest([10, 20, 30, 40], [20, 20, 30, 30]).statistic).toBeCloseTo(100 / 21, 10);
    expect(chiSquaredTest([10, 20, 30, 40], [20, 20, 30, 30]).pValue).toBeCloseTo(0.1900852, 6);
    // Kolmogorov's limit: P(K > 1.36) ≈ 0.049.
    const a = Array.from({ length: 1000 }, (_, index) => index);
    expect(kolmogorovSmirnovTest(a, a.map((value) => value + 61)).statistic).toBeCloseTo(0.061, 10);
    expect(kolmogorovSmirnovTest(a, a.map((value) => value + 61)).pValue).toBeCloseTo(0.049, 2);
    expect(kolmogorovSmirnovTest(a, a)).toEqual({ statistic: 0, pValue: 1 });
  });

  it('correct p-values as Holm does', () => {
    expect(holmAdjusted([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holmAdjusted([])).toEqual([]);
  });

  it('refuse empty samples', () => {
    expect(() => kolmogorovSmirnovTest([], [1])).toThrow(RangeError);
    expect(() => chiSquaredTest([0, 0], [1, 2])).toThrow(RangeError);
    expect(() => stabilityIndex([1], [1, 2])).toThrow(RangeError);
  });
});

describe('drift', () => {
  const columns = (next: () => number, shift: number): DriftColumn[] => [
    ...Array.from({ length: 9 }, (_, index): DriftColumn => ({ name: `f${index}`, kind: 'number', reference: Array.from({ length: 300 }, next), current: Array.from({ length: 200 }, () => next() + (index === 0 ? shift : 0)) })),
    { name: 'purpose', kind: 'code', reference: Array.from({ length: 300 }, () => (next() < 0.5 ? 'car' : 'radio')), current: Array.from({ length: 200 }, () => (next() < 0.5 ? 'car' : 'radio')) },
  ];

  it('is hinted at without cause in at most its level of all looks at ten columns', () => {
    const next = createRandom(41);
    const looks = 200;
    const hinted = Array.from({ length: looks }, () => findDrift(columns(next, 0))).filter((hints) => hints.some(({ drifted }) => drifted)).length;
    expect(hinted).toBeLessThanOrEqual(binomialQuantile(0.999, looks, 0.05));
  });

  it('names the column that moved', () => {
    const hints = findDrift(columns(createRandom(42), 0.3));
    expect(hints.filter(({ drifted }) => drifted).map(({ name }) => name)).toEqual(['f0']);
    expect(hints[0]?.psi).toBeGreaterThan(0.25);
  });

  it('sees codes that were never there before', () => {
    const [hint] = findDrift([{ name: 'purpose', kind: 'code', reference: Array(100).fill('car'), current: [...Array(80).fill('car'), ...Array(20).fill('boat')] }]);
    expect(hint).toMatchObject({ test: 'chi-squared', drifted: true });
  });

  it('leaves out columns with an empty side', () => {
    expect(findDrift([{ name: 'a', kind: 'number', reference: [], current: [1] }])).toEqual([]);
  });
});

describe('agreement', () => {
  const pairs = (agree: number, size: number, next: () => number): AnswerPair[] =>
    Array.from({ length: size }, (): AnswerPair => {
      const first = next() < 0.5 ? 'grant' : 'decline';
      return [first, next() < agree ? first : first === 'grant' ? 'decline' : 'grant'];
    });

  it("is Cohen's kappa beyond chance", () => {
    // Cohen's textbook table: 20 both yes, 15 both no, 5 and 10 mixed: κ = 0.4.
    const table: AnswerPair[] = [...Array(20).fill(['y', 'y']), ...Array(5).fill(['y', 'n']), ...Array(10).fill(['n', 'y']), ...Array(15).fill(['n', 'n'])];
    expect(agreementOf(table)).toMatchObject({ cases: 50, agreed: 35, rate: 0.7 });
    expect(agreementOf(table).kappa).toBeCloseTo(0.4, 12);
    expect(agreementOf([['y', 'y']]).kappa).toBeNull();
    expect(agreementOf([])).toMatchObject({ cases: 0, kappa: null });
  });

  it('is below the experts’ own only where proven, and looks only when the cases have doubled', () => {
    const next = createRandom(43);
    const [withModel, amongExperts] = [pairs(0.7, 400, next), pairs(0.95, 400, next)];
    expect(agreementBelowExperts({ withModel, amongExperts, delta: 0.05 })).toMatchObject({ below: true, look: 5 });
    expect(agreementBelowExperts({ withModel: withModel.slice(0, 24), amongExperts, delta: 0.05 })).toMatchObject({ below: false, look: 0 });
    expect(agreementBelowExperts({ withModel: withModel.slice(0, 60), amongExperts, delta: 0.05 }).model.cases).toBe(50);
  });

  it('gives a false notice in at most δ of all releases, over all looks', () => {
    const next = createRandom(44);
    const runs = 300;
    const wrongly = Array.from({ length: runs }, () => {
      const [withModel, amongExperts] = [pairs(0.85, 800, next), pairs(0.85, 800, next)];
      return [25, 50, 100, 200, 400, 800].some((size) => agreementBelowExperts({ withModel: withModel.slice(0, size), amongExperts: amongExperts.slice(0, size), delta: 0.1 }).below);
    }).filter(Boolean).length;
    expect(wrongly).toBeLessThanOrEqual(binomialQuantile(0.999, runs, 0.1));
  });
});
