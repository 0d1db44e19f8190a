// Binomial probabilities and exact intervals against values computed by scipy 1.17.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialCdf, binomialMass, binomialQuantile, binomialTail, lowerBound, rateInterval, upperBound } from '../../trust/index.ts';

describe('binomial probabilities', () => {
  it.each([
    { k: 5, n: 540, p: 0.02, cdf: 0.04080908023374552, tail: 0.9835030550575798 },
    { k: 0, n: 10_000, p: 0.01, cdf: 2.248774849816478e-44, tail: 1 },
    { k: 2, n: 313, p: 0.02, cdf: 0.04973040457079874, tail: 0.9867482210696628 },
    { k: 130, n: 1000, p: 0.1, cdf: 0.9990305585092043, tail: 0.0013413983708734428 },
    { k: 499, n: 1000, p: 0.5, cdf: 0.48738749091081973, tail: 0.5377871779298602 },
    { k: 3, n: 1_000_000, p: 1e-5, cdf: 0.010335785844903855, tail: 0.9972306950833858 },
    { k: 999, n: 1000, p: 0.9999, cdf: 0.09516710644144377, tail: 0.9953252321482609 },
    { k: 20, n: 40, p: 0.9, cdf: 1.8718579354173924e-10, tail: 0.9999999999804035 },
  ])('agree with scipy at k = $k, n = $n, p = $p', ({ k, n, p, cdf, tail }) => {
    expect(Math.abs(binomialCdf(k, n, p) / cdf - 1)).toBeLessThan(1e-10);
    expect(Math.abs(binomialTail(k, n, p) / tail - 1)).toBeLessThan(1e-9);
  });

  it('agree with multiplying the terms out for every small case', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (n, p) => {
        let choose = 1;
        let sum = 0;
        for (let k = 0; k <= n; k += 1) {
          const mass = choose * p ** k * (1 - p) ** (n - k);
          sum += mass;
          expect(binomialMass(k, n, p)).toBeCloseTo(mass, 12);
          expect(binomialCdf(k, n, p)).toBeCloseTo(Math.min(1, sum), 12);
          expect(binomialTail(k, n, p)).toBeCloseTo(Math.min(1, Math.max(0, 1 - sum + mass)), 12);
          choose = (choose * (n - k)) / (k + 1);
        }
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('hold at the edges: impossible counts, certain and impossible events', () => {
    expect([binomialCdf(-1, 10, 0.3), binomialCdf(10, 10, 0.3), binomialCdf(0, 0, 0.3)]).toEqual([0, 1, 1]);
    expect([binomialMass(0, 5, 0), binomialMass(5, 5, 1), binomialMass(6, 5, 0.5)]).toEqual([1, 1, 0]);
    expect([binomialCdf(3, 5, 0), binomialCdf(3, 5, 1)]).toEqual([1, 0]);
  });

  it('refuse what is no probability or no count', () => {
    expect(() => binomialCdf(1, 10, 1.5)).toThrow(/between 0 and 1, found 1.5/);
    expect(() => binomialCdf(1, 10.5, 0.5)).toThrow(/whole number/);
  });

  it('give the allowances of the repetition test: 130 of 1,000 at 10 %, 73 at 5 %', () => {
    expect(binomialQuantile(0.999, 1000, 0.1)).toBe(130);
    expect(binomialQuantile(0.999, 1000, 0.05)).toBe(73);
  });
});

describe('Clopper–Pearson bounds', () => {
  it.each([
    { k: 5, m: 540, delta: 0.05, upper: 0.019369338083445094, lower: 0.0036553078884940106 },
    { k: 2, m: 34, delta: 0.1, upper: 0.14904633739234, lower: 0.015751679398976034 },
    { k: 0, m: 59, delta: 0.05, upper: 0.04950760988822693, lower: 0 },
    { k: 36, m: 36, delta: 0.1, upper: 1, lower: 0.9380418666398143 },
    { k: 148, m: 1000, delta: 0.025, upper: 0.17154243829517657, lower: 0.12655273282842228 },
  ])('agree with scipy for $k of $m at delta $delta', ({ k, m, delta, upper, lower }) => {
    expect(upperBound(k, m, delta)).toBeCloseTo(upper, 12);
    expect(lowerBound(k, m, delta)).toBeCloseTo(lower, 12);
  });

  it('are the rate at which the count seen has exactly the probability delta', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(), fc.double({ min: 0.001, max: 0.5, noNaN: true }), (m, seed, delta) => {
        const k = seed % m;
        expect(binomialCdf(k, m, upperBound(k, m, delta))).toBeCloseTo(delta, 8);
        if (k > 0) expect(binomialTail(k, m, lowerBound(k, m, delta))).toBeCloseTo(delta, 8);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('say nothing about a rate where nothing was seen', () => {
    expect(rateInterval(0, 0)).toEqual({ lower: 0, upper: 1 });
  });

  it('make a two-sided interval of two one-sided bounds', () => {
    expect(rateInterval(148, 1000, 0.95)).toEqual({ lower: lowerBound(148, 1000, 0.025), upper: upperBound(148, 1000, 0.025) });
  });

  it('refuse more errors than cases', () => {
    expect(() => upperBound(3, 2, 0.05)).toThrow(/0 ≤ k ≤ m/);
  });
});
