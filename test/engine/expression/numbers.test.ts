// Numbers are decimals with 34 digits; the fast ways of counting give the same results.
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compare, multiply, subtract } from '../../../engine/expression/value/number.ts';
import { feel } from './feel.ts';

const Exact = Decimal.clone({ precision: 34, rounding: Decimal.ROUND_HALF_EVEN });

describe('numbers', () => {
  it('counts in decimals, so that a tenth and two tenths are three tenths', () => {
    expect(feel('0.1 + 0.2 = 0.3')).toBe(true);
    expect(feel('1.1 * 1.1')).toBe(1.21);
    expect(feel('a - b', { a: 0.3, b: 0.1 })).toBe(0.2);
    expect(feel('1 / 3 * 3 = 1')).toBe(false);
    expect(feel('10 / 4')).toBe(2.5);
  });

  it('keeps 34 digits between operations, not 17', () => {
    expect(feel('(1 / 3) * 3 > 0.99999999999999999999')).toBe(true);
    expect(feel('9007199254740993 - 9007199254740992')).toBe(1);
    expect(feel('12345678901234567890 + 1 = 12345678901234567891')).toBe(true);
  });

  it('gives null for a division by zero and for text in arithmetic', () => {
    expect(feel('1 / 0')).toBeNull();
    expect(feel('1 + "1"')).toBeNull();
    expect(feel('1 + null')).toBeNull();
  });

  it('rounds as asked, half to even by default', () => {
    expect(feel('decimal(2.5, 0)')).toBe(2);
    expect(feel('decimal(1.115, 2)')).toBe(1.12);
    expect(feel('round half up(2.5, 0)')).toBe(3);
    expect(feel('round half down(2.5, 0)')).toBe(2);
    expect(feel('floor(-1.5)')).toBe(-2);
    expect(feel('decimal(1234.5, -2)')).toBe(1200);
  });

  it('takes powers exactly for whole exponents', () => {
    expect(feel('1.1 ** 2')).toBe(1.21);
    expect(feel('2 ** 3 ** 2')).toBe(64);
    expect(feel('10 ** -5')).toBe(0.00001);
  });

  it('gives modulo the sign of the divisor', () => {
    expect(feel('[modulo(12, 5), modulo(-12, 5), modulo(12, -5), modulo(-12, -5)]')).toEqual([2, 3, -3, -2]);
    expect(feel('modulo(10.1, 4.5)')).toBe(1.1);
  });

  it('adds, subtracts, multiplies and compares any two doubles as decimal arithmetic does', () => {
    const amount = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
      fc.integer(),
      fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(10, 100, 1000, 10_000, 1e6)).map(([n, d]) => n / d),
      fc.maxSafeInteger(),
    );
    fc.assert(fc.property(amount, amount, (a, b) => {
      const exact = [Exact.add(a, b), Exact.sub(a, b), Exact.mul(a, b)];
      for (const [index, operation] of [add, subtract, multiply].entries()) {
        expect(new Exact(operation(a, b) ?? NaN).eq(exact[index] ?? NaN)).toBe(true);
      }
      expect(Math.sign(compare(a, b))).toBe(new Exact(a).cmp(b));
    }), { numRuns: 3000 });
  });
});
