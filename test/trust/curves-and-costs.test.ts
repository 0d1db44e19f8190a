// Risk–coverage curves and their areas, calibration, and what a policy costs, on cases small enough to do by hand.
import { describe, expect, it } from 'vitest';
import {
  brierScore,
  chowThreshold,
  curveAreas,
  expectedCalibrationError,
  policyCost,
  reliabilityBins,
  riskCoverageCurve,
} from '../../trust/index.ts';

const scores = [0.9, 0.8, 0.7, 0.6];
const errors = [false, false, true, false];

describe('the risk–coverage curve', () => {
  it('gives coverage, selective and joint risk at each score', () => {
    expect(riskCoverageCurve(scores, errors)).toEqual([
      { threshold: 0.9, m: 1, k: 0, coverage: 0.25, risk: 0, jointRisk: 0 },
      { threshold: 0.8, m: 2, k: 0, coverage: 0.5, risk: 0, jointRisk: 0 },
      { threshold: 0.7, m: 3, k: 1, coverage: 0.75, risk: 1 / 3, jointRisk: 0.25 },
      { threshold: 0.6, m: 4, k: 1, coverage: 1, risk: 0.25, jointRisk: 0.25 },
    ]);
  });

  it('moves ties together', () => {
    expect(riskCoverageCurve([0.5, 0.5, 0.9], [true, false, false]).map(({ threshold, m, k }) => [threshold, m, k])).toEqual([
      [0.9, 1, 0],
      [0.5, 3, 1],
    ]);
  });
});

describe('areas under the curve', () => {
  it('follow their definitions', () => {
    const { aurc, excessAurc, augrc } = curveAreas(scores, errors);
    expect(aurc).toBeCloseTo((0 + 0 + 1 / 3 + 1 / 4) / 4, 12);
    expect(augrc).toBeCloseTo((0 + 0 + 1 / 4 + 1 / 4) / 4, 12);
    expect(excessAurc).toBeCloseTo(aurc - (0.25 + 0.75 * Math.log(0.75)), 12);
  });

  it('do not depend on the order in which ties are given', () => {
    expect(curveAreas([0.5, 0.5, 0.5], [true, false, false])).toEqual(curveAreas([0.5, 0.5, 0.5], [false, false, true]));
  });

  it('are best for the order that puts errors last', () => {
    const good = curveAreas([4, 3, 2, 1], [false, false, false, true]).aurc;
    const bad = curveAreas([4, 3, 2, 1], [true, false, false, false]).aurc;
    expect(good).toBeLessThan(bad);
  });
});

describe('calibration', () => {
  it('is perfect where accuracy equals confidence', () => {
    expect(expectedCalibrationError([0.75, 0.75, 0.75, 0.75], [true, true, true, false])).toBe(0);
  });

  it('weighs the gap of each bin by its cases', () => {
    expect(expectedCalibrationError([0.95, 0.95, 0.55], [true, false, true])).toBeCloseTo((2 / 3) * 0.45 + (1 / 3) * 0.45, 12);
    expect(reliabilityBins([1, 0.95], [true, true])).toHaveLength(1);
  });

  it('is measured per case by the Brier score', () => {
    expect(brierScore([1, 0.5], [true, false])).toBe(0.125);
  });
});

describe('costs', () => {
  it('put the threshold of Chow at one minus review over error', () => {
    expect(chowThreshold({ review: 0.5, error: 5 })).toBeCloseTo(0.9, 12);
    expect(chowThreshold({ review: 0.5, error: 5, expertErrorRate: 0.05 })).toBeCloseTo(0.85, 12);
    expect(chowThreshold({ review: 2, error: 1 })).toBe(0);
  });

  it('of a policy stand beside those of its two extremes', () => {
    const cost = { errors: [{ decided: 'grant', truth: 'decline', cost: 5 }, { decided: 'decline', truth: 'grant', cost: 1 }], review: 0.5 };
    const cases = [
      { predicted: 'grant', truth: 'grant', automatic: true },
      { predicted: 'grant', truth: 'decline', automatic: true },
      { predicted: 'decline', truth: 'grant', automatic: false },
      { predicted: 'grant', truth: 'decline', automatic: false, verdict: 'grant' },
    ];
    expect(policyCost(cases, cost)).toEqual({ policy: (0 + 5 + 0.5 + 5.5) / 4, allAutomatic: (0 + 5 + 1 + 5) / 4, allReviewed: (0.5 * 4 + 5) / 4 });
  });
});
