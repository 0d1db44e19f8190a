/** Two-sample tests for drift hints, and Holm's correction for many of them. */

export type TestResult = { statistic: number; pValue: number };

/**
 * Kolmogorov–Smirnov: largest distance of the two distribution functions. p-value by Kolmogorov's limit with M. Stephens'
 * correction (1970): good from some ten cases on; ties make it conservative.
 */
export function kolmogorovSmirnovTest(first: readonly number[], second: readonly number[]): TestResult {
  if (first.length === 0 || second.length === 0) throw new RangeError('expected two samples that are not empty');
  const a = [...first].sort((x, y) => x - y);
  const b = [...second].sort((x, y) => x - y);
  let i = 0;
  let j = 0;
  let statistic = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    while ((a[i] ?? Infinity) <= value) i += 1;
    while ((b[j] ?? Infinity) <= value) j += 1;
    statistic = Math.max(statistic, Math.abs(i / a.length - j / b.length));
  }
  const size = Math.sqrt((a.length * b.length) / (a.length + b.length));
  return { statistic, pValue: kolmogorovTail((size + 0.12 + 0.11 / size) * statistic) };
}

/** P(K > x) = 2 Σ (−1)^(j−1) exp(−2 j² x²). */
function kolmogorovTail(x: number): number {
  if (x < 0.2) return 1;
  let sum = 0;
  for (let j = 1; j <= 100; j += 1) {
    const term = (j % 2 === 1 ? 2 : -2) * Math.exp(-2 * j * j * x * x);
    sum += term;
    if (Math.abs(term) < 1e-12) break;
  }
  return Math.min(1, Math.max(0, sum));
}

/** Pearson's χ² of homogeneity over counts of the same categories; categories that both lack are left out. */
export function chiSquaredTest(first: readonly number[], second: readonly number[]): TestResult {
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const n = total(first);
  const m = total(second);
  if (n === 0 || m === 0 || first.length !== second.length) throw new RangeError('expected counts of the same categories in two samples that are not empty');
  let statistic = 0;
  let categories = 0;
  first.forEach((count, index) => {
    const other = second[index] ?? 0;
    const both = count + other;
    if (both === 0) return;
    categories += 1;
    const [expected, expectedOther] = [(both * n) / (n + m), (both * m) / (n + m)];
    statistic += (count - expected) ** 2 / expected + (other - expectedOther) ** 2 / expectedOther;
  });
  return { statistic, pValue: categories < 2 ? 1 : upperGamma((categories - 1) / 2, statistic / 2) };
}

/** S. Holm (1979): p-values that may be compared with one level together, in the order given. */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  order.forEach(({ p, index }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (order.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}

/** Regularised upper incomplete gamma Q(a, x): its series below a + 1, Lentz's continued fraction above (Numerical Recipes, 6.2). */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; k < 10_000 && Math.abs(term) > Math.abs(sum) * 1e-15; k += 1) {
      term *= x / (a + k);
      sum += term;
    }
    return Math.max(0, 1 - sum * front);
  }
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let k = 1; k < 10_000; k += 1) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / nonZero(step * d + b, tiny);
    c = nonZero(b + step / c, tiny);
    const factor = d * c;
    h *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return Math.min(1, front * h);
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** log Γ(x) by Stirling's series after raising x above 10. */
function logGamma(x: number): number {
  let shift = 0;
  let raised = x;
  while (raised < 10) {
    shift += Math.log(raised);
    raised += 1;
  }
  const square = raised * raised;
  return (raised - 0.5) * Math.log(raised) - raised + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - (1 / 360 - 1 / (1260 * square)) / square) / raised - shift;
}
