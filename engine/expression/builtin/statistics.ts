// Functions that draw one value from a list, which may also be given item by item.
import { add, compare, divide, fromDouble, multiply, subtract } from '../value/number.ts';
import { equal, order } from '../value/compare.ts';
import { isBoolean, isList, isNumber, type FeelList, type FeelNumber, type Value } from '../value/value.ts';
import type { Run } from '../compile/run.ts';
import { variadic, type Builtin } from './builtin.ts';

const ofItems = (apply: (items: FeelList, run: Run) => Value | undefined): Builtin =>
  variadic(['list'], ([items], run) => (isList(items) ? apply(items, run) : undefined));

/** Null for no numbers at all; no result when an item is none. */
const ofNumbers = (apply: (numbers: readonly FeelNumber[]) => Value): Builtin =>
  ofItems((items) => (items.every(isNumber) ? (items.length === 0 ? null : apply(items)) : undefined));

/** Folds with an operation that may go out of range. */
const fold = (numbers: readonly FeelNumber[], operation: (a: FeelNumber, b: FeelNumber) => FeelNumber | null, start: FeelNumber): FeelNumber | null =>
  numbers.reduce<FeelNumber | null>((result, n) => (result === null ? null : operation(result, n)), start);

function extreme(items: FeelList, wins: (found: number) => boolean): Value | undefined {
  let best = items[0] ?? null;
  for (const item of items) {
    const found = order(item, best);
    if (found === undefined) return undefined;
    if (wins(found)) best = item;
  }
  return best;
}

function mean(numbers: readonly FeelNumber[]): FeelNumber | null {
  const sum = fold(numbers, add, 0);
  return sum === null ? null : divide(sum, numbers.length);
}

function median(numbers: readonly FeelNumber[]): Value {
  const sorted = numbers.toSorted(compare);
  const half = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[half - 1], sorted[half]];
  if (sorted.length % 2 === 1) return high;
  const sum = add(low, high);
  return sum === null ? null : divide(sum, 2);
}

function deviation(numbers: readonly FeelNumber[]): Value {
  const middle = mean(numbers);
  if (middle === null || numbers.length < 2) return null;
  const squares = fold(numbers, (sum, n) => {
    const distance = subtract(n, middle);
    const square = distance === null ? null : multiply(distance, distance);
    return square === null ? null : add(sum, square);
  }, 0);
  const variance = squares === null ? null : divide(squares, numbers.length - 1);
  return variance === null ? null : fromDouble(Math.sqrt(Number(variance)));
}

/** The most frequent numbers, in ascending order. */
function mode(items: FeelList, run: Run): Value | undefined {
  if (!items.every(isNumber)) return undefined;
  const counts: { readonly number: FeelNumber; count: number }[] = [];
  for (const number of items.toSorted(compare)) {
    const last = counts.at(-1);
    if (last !== undefined && equal(last.number, number, run) === true) last.count += 1;
    else counts.push({ number, count: 1 });
  }
  const most = counts.reduce((max, { count }) => Math.max(max, count), 0);
  return counts.filter(({ count }) => count === most).map(({ number }) => number);
}

/** `decisive` wins; otherwise whatever is no boolean makes the result unknown. */
const quantified = (decisive: boolean): Builtin =>
  ofItems((items) => (items.includes(decisive) ? decisive : items.every(isBoolean) ? !decisive : null));

export const statisticsBuiltins = {
  min: [ofItems((items) => extreme(items, (found) => found < 0))],
  max: [ofItems((items) => extreme(items, (found) => found > 0))],
  sum: [ofNumbers((numbers) => fold(numbers, add, 0))],
  product: [ofNumbers((numbers) => fold(numbers, multiply, 1))],
  mean: [ofNumbers(mean)],
  median: [ofNumbers(median)],
  stddev: [ofNumbers(deviation)],
  mode: [ofItems(mode)],
  all: [quantified(false)],
  any: [quantified(true)],
} as const satisfies Record<string, readonly Builtin[]>;
