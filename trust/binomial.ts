/**
 * Binomial probabilities that stay exact in the tails, where certificates live.
 * Source of the mass function: C. Loader, "Fast and Accurate Computation of Binomial Probabilities" (2000).
 */

/** P(Bin(n, p) = k), by Loader's saddle-point form: no factorial is ever formed, so n may be millions. */
export function binomialMass(k: number, n: number, p: number): number {
  requireCount(n, 'n');
  requireProbability(p);
  if (!Number.isInteger(k) || k < 0 || k > n) return 0;
  if (p === 0) return k === 0 ? 1 : 0;
  if (p === 1) return k === n ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  const exponent =
    stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviance(k, n * p) - deviance(n - k, n * (1 - p));
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

/** P(Bin(n, p) ≤ k): the sum of the smaller tail, its terms by their ratio, so that nothing cancels. */
export function binomialCdf(k: number, n: number, p: number): number {
  requireCount(n, 'n');
  requireProbability(p);
  const last = Math.floor(k);
  if (last < 0) return 0;
  if (last >= n || p === 0) return 1;
  if (p === 1) return 0;
  return last <= n * p ? sumDown(last, n, p) : 1 - sumUp(last + 1, n, p);
}

/** P(Bin(n, p) ≥ k), not as 1 − cdf, which would lose small tails. */
export function binomialTail(k: number, n: number, p: number): number {
  return binomialCdf(n - Math.ceil(k), n, 1 - p);
}

/** The smallest k with P(Bin(n, p) ≤ k) ≥ level: an allowance for counts in tests and charts. */
export function binomialQuantile(level: number, n: number, p: number): number {
  requireProbability(level);
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialCdf(middle, n, p) >= level) high = middle;
    else low = middle + 1;
  }
  return low;
}

function sumDown(k: number, n: number, p: number): number {
  const odds = (1 - p) / p;
  let term = binomialMass(k, n, p);
  let sum = term;
  for (let j = k; j > 0 && term > sum * 1e-17; j -= 1) {
    term *= (j / (n - j + 1)) * odds;
    sum += term;
  }
  return Math.min(1, sum);
}

function sumUp(k: number, n: number, p: number): number {
  const odds = p / (1 - p);
  let term = binomialMass(k, n, p);
  let sum = term;
  for (let j = k; j < n && term > sum * 1e-17; j += 1) {
    term *= ((n - j) / (j + 1)) * odds;
    sum += term;
  }
  return Math.min(1, sum);
}

/** log(n!) − log(√(2πn)·(n/e)^n): a table where the series is weak, the series after it. */
function stirlingError(n: number): number {
  if (n <= 15) return STIRLING_ERRORS[n] ?? 0;
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * square)) / square) / square) / square) / n;
}

const STIRLING_ERRORS: readonly number[] = Array.from({ length: 16 }, (_, n) => {
  if (n === 0) return 0;
  let logFactorial = 0;
  for (let i = 2; i <= n; i += 1) logFactorial += Math.log(i);
  return logFactorial - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log(n) - n);
});

/** x·log(x/mean) + mean − x, by its series where x is close to the mean and the plain form would cancel. */
function deviance(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const v = difference / (x + mean);
  let sum = difference * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1000; j += 1) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) return next;
    sum = next;
  }
  return sum;
}

function requireCount(n: number, name: string): void {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`${name} must be a whole number of at least 0, found ${n}`);
}

function requireProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability must lie between 0 and 1, found ${p}`);
}
