/**
 * Interval of a difference between two models on the same cases: paired percentile bootstrap (B. Efron, 1979; Efron &
 * Tibshirani, "An Introduction to the Bootstrap", ch. 13). Cases are drawn with replacement and count for both models,
 * so what they share cancels. Asymptotic: an indicator beside the exact tests, never a certificate.
 */
import { seededRandom } from './seeded-random.ts';
import type { Measure } from './weighted-measures.ts';

export type DifferenceInterval = { value: number; low: number; high: number };

export type BootstrapOptions = {
  /** Number of cases. */
  cases: number;
  challenger: Measure;
  champion: Measure;
  /** Two-sided confidence, for instance 0.9. */
  level: number;
  /** Given by the caller and kept with the result, so that anyone gets the same interval. */
  seed: number;
  resamples?: number;
};

/** challenger − champion. A resample in which a measure is not defined (AUC without one class) is left out. */
export function pairedBootstrap(options: BootstrapOptions): DifferenceInterval {
  const steps = pairedBootstrapInSteps(options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same one resample at a time, for callers that must not hold up other work; returns the interval. */
export function* pairedBootstrapInSteps(options: BootstrapOptions): Generator<void, DifferenceInterval> {
  const { cases, challenger, champion, level, seed, resamples = 2000 } = options;
  if (cases < 1) throw new RangeError('expected at least one case');
  if (!(level > 0 && level < 1)) throw new RangeError(`the level must lie between 0 and 1, found ${level}`);
  const random = seededRandom(seed);
  const weights = new Uint32Array(cases).fill(1);
  const value = challenger(weights) - champion(weights);
  const differences: number[] = [];
  for (let resample = 0; resample < resamples; resample += 1) {
    weights.fill(0);
    for (let draw = 0; draw < cases; draw += 1) {
      const index = Math.floor(random() * cases);
      weights[index] = (weights[index] ?? 0) + 1;
    }
    const difference = challenger(weights) - champion(weights);
    if (Number.isFinite(difference)) differences.push(difference);
    yield;
  }
  differences.sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  return { value, low: quantile(differences, tail), high: quantile(differences, 1 - tail) };
}

/** Linear between the two nearest order statistics. */
function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}
