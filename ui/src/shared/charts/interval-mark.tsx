/** A rate with its interval on a short line, against the limit; hollow without an interval: too few cases for a statement. Its figures stand beside it in the table. */
import { linearScale } from './scale.ts';
import './error-curve.css';

type IntervalMarkProps = { rate: number; interval: { low: number; high: number } | null; limit: number; largest: number };

export function IntervalMark({ rate, interval, limit, largest }: IntervalMarkProps) {
  const x = linearScale([0, largest], [5, 115]);
  const at = (share: number) => Math.min(115, x(share));
  return (
    <svg className={`interval-mark${interval === null ? ' interval-mark--few' : ''}`} viewBox="0 0 120 14" aria-hidden="true">
      <line x1={at(limit)} x2={at(limit)} y1="0" y2="14" className="interval-mark__limit" />
      {interval !== null && <line x1={at(interval.low)} x2={at(interval.high)} y1="7" y2="7" className="interval-mark__line" />}
      <circle cx={at(rate)} cy="7" r="4" className="interval-mark__point" />
    </svg>
  );
}
