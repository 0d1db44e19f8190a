// Input entries of decision tables.
import { describe, expect, it } from 'vitest';
import { passes } from './feel.ts';

describe('unary tests', () => {
  it('accepts everything when empty or a dash', () => {
    expect([passes('-', 1), passes('', null), passes('  ', 'x')]).toEqual([true, true, true]);
  });

  it('compares the input with values, of which one must be equal', () => {
    expect([passes('"a", "b"', 'b'), passes('"a", "b"', 'c'), passes('null', null), passes('5', null)]).toEqual([true, false, true, false]);
    expect([passes('true', true), passes('true', false), passes('false', false)]).toEqual([true, false, true]);
  });

  it('compares with operators and ranges', () => {
    expect([passes('> 5', 6), passes('<= 5', 6), passes('[1..5]', 5), passes('(1..5)', 5), passes('< 1, > 9', 10), passes('!= 3', 4)]).toEqual([true, false, true, false, true, true]);
  });

  it('negates a whole list', () => {
    expect([passes('not("a", "b")', 'c'), passes('not("a", "b")', 'a'), passes('not(> 5)', 3)]).toEqual([true, false, true]);
  });

  it('cannot tell for values that have no order', () => {
    expect([passes('> 5', null), passes('> 5', 'x'), passes('[1..5]', null)]).toEqual([null, null, null]);
  });

  it('reads the input as ? inside an expression', () => {
    expect([passes('contains(?, "bc")', 'abcd'), passes('? > 5 and ? < 10', 7), passes('string length(?) = 3', 'ab'), passes('contains(?, "x")', 5)]).toEqual([true, true, false, null]);
  });

  it('takes a variable as a value, a list as its items, a boolean as the answer', () => {
    expect([passes('limit', 5, { limit: 5 }), passes('allowed', 'b', { allowed: ['a', 'b'] }), passes('allowed', 'c', { allowed: ['a', 'b'] }), passes('open = true', 5, { open: true })])
      .toEqual([true, true, false, true]);
    expect(passes('< limit', 5, { limit: 6 })).toBe(true);
  });

  it('compares dates', () => {
    expect(passes('? < date("2026-01-01")', null)).toBeNull();
    expect(passes('date(?) >= date("2026-01-01")', '2026-05-01')).toBe(true);
  });
});
