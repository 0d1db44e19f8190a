// The table "verdicts needed" of the trust reference, section 4.3, number by number.
import { describe, expect, it } from 'vitest';
import { upperBound, verdictsNeeded, verdictsNeededAtRate } from '../../trust/index.ts';

describe('verdicts needed', () => {
  it.each([
    { delta: 0.05, alpha: 0.05, needed: [59, 93, 124, 208, 336] },
    { delta: 0.05, alpha: 0.02, needed: [149, 236, 313, 523, 845] },
    { delta: 0.05, alpha: 0.01, needed: [299, 473, 628, 1049, 1693] },
    { delta: 0.05, alpha: 0.005, needed: [598, 947, 1258, 2100, 3389] },
    { delta: 0.1, alpha: 0.05, needed: [45, 77, 105, 184, 306] },
    { delta: 0.1, alpha: 0.01, needed: [230, 388, 531, 926, 1538] },
  ])('are those of the table for delta $delta and alpha $alpha', ({ delta, alpha, needed }) => {
    expect([0, 1, 2, 5, 10].map((errors) => verdictsNeeded({ alpha, delta, errors }))).toEqual(needed);
  });

  it('are the first size at which the upper bound meets alpha', () => {
    const m = verdictsNeeded({ alpha: 0.15, delta: 0.1, errors: 2 });
    expect(upperBound(2, m, 0.1)).toBeLessThanOrEqual(0.15);
    expect(upperBound(2, m - 1, 0.1)).toBeGreaterThan(0.15);
  });

  it('are infinite where the error seen is not below alpha', () => {
    expect(verdictsNeededAtRate({ alpha: 0.05, delta: 0.05, errorRate: 0.05 })).toBeNull();
    expect(verdictsNeededAtRate({ alpha: 0.05, delta: 0.05, errorRate: 0.2 })).toBeNull();
  });

  it('grow as the error seen comes closer to alpha', () => {
    const needed = [0, 0.01, 0.02, 0.03, 0.04].map((errorRate) => verdictsNeededAtRate({ alpha: 0.05, delta: 0.05, errorRate }));
    expect(needed).toEqual([...needed].sort((a, b) => Number(a) - Number(b)));
    expect(needed[0]).toBe(59);
    expect(needed[4]).toBeGreaterThan(1000);
  });
});
