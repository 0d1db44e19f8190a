// The certified threshold: which cases count, where the walk starts and ends, and what is said when it fails.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialCdf, certifyThreshold, scoreQuantiles, upperBound } from '../../trust/index.ts';

/** `wrong` of `count` cases at each score; all of them may be automatic. */
function verdicts(groups: { score: number; count: number; wrong: number; automatic?: boolean }[]) {
  const cases = groups.flatMap(({ score, count, wrong, automatic = true }) =>
    Array.from({ length: count }, (_, index) => ({ score, error: index < wrong, automatic })),
  );
  return {
    scores: cases.map(({ score }) => score),
    automatic: cases.map(({ automatic }) => automatic),
    errors: cases.map(({ error }) => error),
  };
}

const promise = { alpha: 0.05, delta: 0.05 };

describe('certifying a threshold', () => {
  it('takes the lowest threshold up to which every test passed', () => {
    const result = certifyThreshold({
      ...verdicts([
        { score: 0.9, count: 200, wrong: 2 },
        { score: 0.8, count: 100, wrong: 2 },
        { score: 0.7, count: 100, wrong: 30 },
      ]),
      ...promise,
    });
    expect(result).toMatchObject({ certified: true, threshold: 0.8, accepted: [0.9, 0.8], m: 300, k: 4, coverage: 0.75, n: 400, startSize: 124 });
    expect(result.certified && result.upperBound).toBeCloseTo(upperBound(4, 300, 0.05), 12);
    expect(result.tested.map(({ passed }) => passed)).toEqual([true, true, false]);
  });

  it('stops at the first failure, though a laxer threshold would pass its test', () => {
    const result = certifyThreshold({
      ...verdicts([
        { score: 0.9, count: 150, wrong: 8 },
        { score: 0.8, count: 600, wrong: 0 },
      ]),
      ...promise,
    });
    expect(binomialCdf(8, 750, 0.05)).toBeLessThan(0.05);
    expect(result).toMatchObject({ certified: false, reason: 'too-many-errors', tested: [{ m: 150, k: 8 }] });
  });

  it('starts at the size that allows two errors and not before', () => {
    const result = certifyThreshold({
      ...verdicts([
        { score: 0.95, count: 100, wrong: 0 },
        { score: 0.9, count: 24, wrong: 2 },
        { score: 0.2, count: 100, wrong: 50 },
      ]),
      ...promise,
    });
    expect(result).toMatchObject({ certified: true, accepted: [0.9], m: 124, k: 2 });
  });

  it('counts only cases whose predicted class may be automatic', () => {
    const result = certifyThreshold({
      ...verdicts([
        { score: 0.99, count: 500, wrong: 500, automatic: false },
        { score: 0.9, count: 150, wrong: 1 },
      ]),
      ...promise,
    });
    expect(result).toMatchObject({ certified: true, m: 150, k: 1, eligible: 150, n: 650 });
    expect(result.certified && result.coverage).toBeCloseTo(150 / 650, 12);
  });

  it('keeps cases of one score together', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ score: fc.integer({ min: 0, max: 5 }), error: fc.boolean() }), { minLength: 200, maxLength: 400 }), (cases) => {
        const scores = cases.map(({ score }) => score);
        const result = certifyThreshold({
          scores,
          automatic: cases.map(() => true),
          errors: cases.map(({ error }) => error),
          alpha: 0.6,
          delta: 0.1,
        });
        for (const { threshold, m, k } of result.tested) {
          expect(m).toBe(scores.filter((score) => score >= threshold).length);
          expect(k).toBe(cases.filter(({ score, error }) => error && score >= threshold).length);
        }
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('fixes its thresholds without looking at a label', () => {
    const base = verdicts([{ score: 0.9, count: 150, wrong: 0 }, { score: 0.8, count: 50, wrong: 0 }]);
    const thresholds = (errors: boolean[]) => certifyThreshold({ ...base, errors, alpha: 0.999, delta: 0.5 }).tested.map(({ threshold }) => threshold);
    expect(thresholds(base.errors.map((_, index) => index % 3 === 0))).toEqual(thresholds(base.errors));
  });

  it('says how many verdicts are missing before the walk can start', () => {
    const result = certifyThreshold({ ...verdicts([{ score: 0.9, count: 31, wrong: 0 }, { score: 0.9, count: 31, wrong: 0, automatic: false }]), ...promise });
    // Half of the cases may be automatic, 124 such are needed: 248 verdicts, 62 are there.
    expect(result).toMatchObject({ certified: false, reason: 'too-few-verdicts', need: { kind: 'more-verdicts', atLeast: 186 } });
  });

  it('asks for the starting size where there is no verdict at all', () => {
    expect(certifyThreshold({ scores: [], automatic: [], errors: [], ...promise })).toMatchObject({
      certified: false,
      need: { kind: 'more-verdicts', atLeast: 124 },
    });
  });

  it('says how many more it would take at the error seen', () => {
    const result = certifyThreshold({ ...verdicts([{ score: 0.9, count: 124, wrong: 4 }]), ...promise });
    expect(result).toMatchObject({ certified: false, need: { kind: 'more-verdicts' } });
    const more = !result.certified && result.need.kind === 'more-verdicts' ? result.need.atLeast : 0;
    const total = 124 + more;
    expect(binomialCdf(Math.ceil((4 / 124) * total - 1e-9), total, 0.05)).toBeLessThanOrEqual(0.05);
    expect(more).toBeGreaterThan(100);
  });

  it('says "not reachable" where every threshold has errors at alpha or above', () => {
    expect(certifyThreshold({ ...verdicts([{ score: 0.9, count: 400, wrong: 40 }]), ...promise })).toMatchObject({
      certified: false,
      need: { kind: 'not-reachable' },
    });
  });

  it('says "not reachable" where no predicted class may be automatic', () => {
    expect(certifyThreshold({ ...verdicts([{ score: 0.9, count: 400, wrong: 0, automatic: false }]), ...promise })).toMatchObject({
      certified: false,
      need: { kind: 'not-reachable' },
    });
  });

  it('refuses lists of different lengths and scores that are no numbers', () => {
    expect(() => certifyThreshold({ scores: [1], automatic: [], errors: [true], ...promise })).toThrow(/one length/);
    expect(() => certifyThreshold({ scores: [NaN], automatic: [true], errors: [true], ...promise })).toThrow(/finite/);
  });
});

describe('score quantiles', () => {
  it('are evenly spaced, strict to lax, equal ones once', () => {
    expect(scoreQuantiles([5, 1, 4, 2, 3, 6, 8, 7], 4)).toEqual([7, 5, 3, 1]);
    expect(scoreQuantiles([1, 1, 1, 0], 4)).toEqual([1, 0]);
    expect(scoreQuantiles([], 40)).toEqual([]);
  });
});
