// Three-valued logic, comparisons and what is null rather than an error.
import { describe, expect, it } from 'vitest';
import { evaluation, feel } from './feel.ts';

describe('logic', () => {
  it('lets false decide a conjunction and true a disjunction, whatever the other side is', () => {
    expect(feel('[false and null, null and false, true or null, null or true]')).toEqual([false, false, true, true]);
    expect(feel('[true and null, null and null, false or null, true and 1, "x" or false]')).toEqual([null, null, null, null, null]);
  });

  it('takes the else branch unless the condition is true', () => {
    expect(feel('[if null then 1 else 2, if 5 then 1 else 2, if true then 1 else 2]')).toEqual([2, 2, 1]);
  });

  it('reads an unknown variable as null and says so', () => {
    const found = evaluation('unknown > 1');
    expect(found).toMatchObject({ ok: true, value: null });
    expect(found.warnings.map(({ type, message }) => `${type}: ${message}`)).toEqual([
      "NO_VARIABLE_FOUND: No variable found with name 'unknown'",
      "NOT_COMPARABLE: Can't compare 'null' with '1'",
    ]);
  });

  it('compares null only for equality', () => {
    expect(feel('[x = null, x != null, null = 1, x < 1, 1 >= null]')).toEqual([true, false, false, null, null]);
  });

  it('compares values of different types with null', () => {
    expect(feel('[1 = "1", true = 1, date("2026-01-01") = "2026-01-01", [] = {}]')).toEqual([null, null, null, null]);
  });

  it('compares lists and contexts by their content', () => {
    expect(feel('[[1, [2]] = [1, [2]], {a: 1, b: {c: 2}} = {b: {c: 2}, a: 1}, [1] = [2], {a: 1} = {a: 1, b: 2}]')).toEqual([true, true, false, false]);
  });

  it('includes both ends of between', () => {
    expect(feel('[1 between 1 and 3, 3 between 1 and 3, 4 between 1 and 3, null between 1 and 3]')).toEqual([true, true, false, null]);
  });

  it('tests membership with in: values, comparisons, ranges, lists', () => {
    expect(feel('[2 in (1, 2), 5 in > 3, 5 in [1..5], 5 in [1..5), 5 in ]5..9], "a" in ["a", "b"], 1 in ([2..3], 1)]'))
      .toEqual([true, true, true, false, false, true, true]);
  });

  it('knows the types of values', () => {
    expect(feel('[1 instance of number, "a" instance of string, [1] instance of list<number>, ["a"] instance of list<number>, {a: 1} instance of context<a: number>, @"P1D" instance of days and time duration, null instance of Any]'))
      .toEqual([true, true, true, false, true, true, false]);
  });
});
