/** How many verdicts a promise needs: the table of the trust reference, section 4.3, for any numbers. */
import { binomialCdf } from './binomial.ts';

/** The smallest m for which k errors in m prove a rate of at most alpha: P(Bin(m, α) ≤ k) ≤ δ. */
export function verdictsNeeded(options: { alpha: number; delta: number; errors: number }): number {
  const { alpha, delta, errors } = options;
  return smallest(errors + 1, (m) => binomialCdf(errors, m, alpha) <= delta);
}

/**
 * The smallest m that proves alpha if errors go on at `errorRate`, or null where no number ever can.
 * An estimate for planning: the errors to come are not known.
 */
export function verdictsNeededAtRate(options: { alpha: number; delta: number; errorRate: number }): number | null {
  const { alpha, delta, errorRate } = options;
  if (errorRate >= alpha) return null;
  const proves = (m: number): boolean => binomialCdf(Math.ceil(errorRate * m), m, alpha) <= delta;
  const enough = smallest(1, proves);
  // Rounding up the errors makes the test saw-toothed: walk back to the first size that passes.
  const from = Math.max(1, enough - Math.ceil(2 / Math.max(errorRate, 1e-3)));
  for (let m = from; m < enough; m += 1) if (proves(m)) return m;
  return enough;
}

/** The smallest whole number from `start` on for which `holds`, by doubling and halving. */
function smallest(start: number, holds: (m: number) => boolean): number {
  let high = start;
  while (!holds(high)) high *= 2;
  let low = start;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
