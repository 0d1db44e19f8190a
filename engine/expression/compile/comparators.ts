// The comparison operators over values: three-valued, with a warning where two values cannot be compared.
import { equal, order } from '../value/compare.ts';
import { shown } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import { warn, type Run } from './run.ts';

export type Comparator = (a: Value, b: Value, run: Run) => boolean | null;

/** The six operators. */
export const comparators: Readonly<Record<string, Comparator>> = {
  '=': (a, b, run) => equal(a, b, run) ?? notComparable(a, b, run),
  '!=': (a, b, run) => {
    const found = equal(a, b, run);
    return found === null ? notComparable(a, b, run) : !found;
  },
  '<': (a, b, run) => ordered(a, b, run, (found) => found < 0),
  '<=': (a, b, run) => ordered(a, b, run, (found) => found <= 0),
  '>': (a, b, run) => ordered(a, b, run, (found) => found > 0),
  '>=': (a, b, run) => ordered(a, b, run, (found) => found >= 0),
};

/** Compares by order; null with a warning when there is none. */
export function ordered(a: Value, b: Value, run: Run, holds: (found: number) => boolean): boolean | null {
  const found = order(a, b);
  return found === undefined ? notComparable(a, b, run) : holds(found);
}

export function notComparable(a: Value, b: Value, run: Run): null {
  return warn(run, 'NOT_COMPARABLE', () => `Can't compare '${shown(a)}' with '${shown(b)}'`);
}
