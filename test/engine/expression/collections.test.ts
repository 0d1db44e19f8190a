// Lists, contexts, paths, filters, loops and functions.
import { describe, expect, it } from 'vitest';
import { feel } from './feel.ts';

const orders = { orders: [{ id: 'a', amount: 10 }, { id: 'b', amount: 25 }, { id: 'c', amount: null }] };

describe('lists and contexts', () => {
  it('counts positions from 1, and from the end when negative', () => {
    expect(feel('[[1, 2, 3][1], [1, 2, 3][-1], [1, 2, 3][4], [1, 2, 3][0]]')).toEqual([1, 3, null, null]);
    expect(feel('list[i]', { list: ['x', 'y'], i: 2 })).toBe('y');
  });

  it('filters by the fields of an item or by item itself', () => {
    expect(feel('orders[amount > 15].id', orders)).toEqual(['b']);
    expect(feel('[1, 2, 3][item >= 2]')).toEqual([2, 3]);
    expect(feel('orders[item.id = "a"][1].amount', orders)).toBe(10);
    expect(feel('orders[amount > limit].id', { ...orders, limit: 5 })).toEqual(['a', 'b']);
  });

  it('treats a value before a filter as a list of one', () => {
    expect(feel('[100[1], 100[2], "a"[item = "a"], null[1]]')).toEqual([100, null, ['a'], null]);
  });

  it('reads a path through contexts and over lists, null where it ends', () => {
    expect(feel('[a.b.c, a.x, a.b.c.d, orders.id]', { a: { b: { c: 1 } }, ...orders })).toEqual([1, null, null, ['a', 'b', 'c']]);
  });

  it('never reads what JavaScript inherits', () => {
    expect(feel('[a.constructor, toString, a.__proto__, constructor]', { a: {} })).toEqual([null, null, null, null]);
    expect(feel('{"__proto__": 1}.__proto__')).toBe(1);
  });

  it('lets entries of a context use earlier ones', () => {
    expect(feel('{net: 100, vat: net * 0.19, gross: net + vat}')).toEqual({ net: 100, vat: 19, gross: 119 });
  });

  it('loops over lists, ranges up and down, dates, and several at once', () => {
    expect(feel('for x in 3..1 return x')).toEqual([3, 2, 1]);
    expect(feel('for x in [1, 2], y in [x, 10] return x * y')).toEqual([1, 10, 4, 20]);
    expect(feel('for d in @"2026-02-27"..@"2026-03-01" return d')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(feel('for i in 0..4 return if i = 0 then 1 else i * partial[-1]')).toEqual([1, 1, 2, 6, 24]);
    expect(feel('for x in null return x')).toBeNull();
  });

  it('quantifies with three values', () => {
    expect(feel('[some x in [1, 2] satisfies x > 1, every x in [1, 2] satisfies x > 1, some x in [null, 2] satisfies x > 1, every x in [null, 2] satisfies x > 1, every x in [null] satisfies x > 1]'))
      .toEqual([true, false, true, null, null]);
  });

  it('calls functions by position and by name, with what is defined around them', () => {
    expect(feel('{rate: 2, twice: function(n) n * rate, r: twice(4), s: twice(n: 5)}.s')).toBe(10);
    expect(feel('(function(a, b) a - b)(b: 1, a: 3)')).toBe(2);
    expect(feel('sort([3, 1, 2], function(a, b) a < b)')).toEqual([1, 2, 3]);
    expect(feel('substring(start position: 3, string: "foobar")')).toBe('obar');
  });

  it('prefers no variable over a built-in function of its name', () => {
    expect(feel('count(count)', { count: [1, 2] })).toBe(2);
  });

  it('reads names with spaces and in backticks', () => {
    expect(feel('`first name` + "!"', { 'first name': 'Ada' })).toBe('Ada!');
    expect(feel('person.`last name`', { person: { 'last name': 'Lovelace' } })).toBe('Lovelace');
  });
});
