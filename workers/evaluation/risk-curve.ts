// Error of the automatic cases against their share, for the policy that is certified: class may be automatic, score at or above the threshold.
import type { z } from 'zod';
import type { CurvePoint } from '../../ledger/releases/evaluation-report.ts';
import { rateInterval, riskCoverageCurve } from '../../trust/index.ts';
import type { Automatic } from './compared-row.ts';

type Point = z.infer<typeof CurvePoint>;
export type CurveRow = { class: string; confidence: number; outcome: string };

const mostPoints = 60;

/** At most 60 points, strict to lax, and the threshold named, if any. The band is exact at each point, not over all of them. */
export function riskCurve(rows: readonly CurveRow[], automatic: Automatic, options: { level: number; keep: number | null }): Point[] {
  const eligible = rows.filter((row) => automatic(row.class));
  const curve = riskCoverageCurve(
    eligible.map(({ confidence }) => confidence),
    eligible.map((row) => row.class !== row.outcome),
  );
  const step = Math.max(1, eligible.length / mostPoints);
  let due = step;
  return curve.flatMap(({ threshold, m, k, risk }, index) => {
    const wanted = m >= due || index === curve.length - 1 || threshold === options.keep;
    if (!wanted) return [];
    while (due <= m) due += step;
    const { lower, upper } = rateInterval(k, m, options.level);
    return [{ threshold, coverage: m / rows.length, m, k, risk, low: lower, high: upper }];
  });
}
