// Functions of numbers.
import { randomBytes } from 'node:crypto';
import { dayTime, yearMonth } from '../temporal/duration.ts';
import { absolute, fromDouble, isInteger, modulo, round, roundingModes, type Rounding } from '../value/number.ts';
import { isDayTime, isNumber, isString, isYearMonth } from '../value/value.ts';
import { builtin, failure, type Builtin } from './builtin.ts';

const absoluteOf = (parameter: string): Builtin =>
  builtin([parameter], ([n]) => {
    if (isNumber(n)) return absolute(n);
    if (isDayTime(n)) return n.nanos < 0n ? dayTime(-n.nanos) : n;
    return isYearMonth(n) ? yearMonth(Math.abs(n.months)) : undefined;
  });

const rounding = (mode: Rounding): Builtin => builtin(['n', 'scale'], ([n, scale]) => (isNumber(n) && isNumber(scale) ? round(n, scale, mode) ?? undefined : undefined));
const wholeBy = (mode: Rounding): Builtin => builtin(['n'], ([n]) => (isNumber(n) ? round(n, 0, mode) ?? undefined : undefined));
const byDouble = (compute: (n: number) => number): Builtin => builtin(['number'], ([n]) => (isNumber(n) ? fromDouble(compute(Number(n))) : undefined));
const isRounding = (mode: string): mode is Rounding => Object.hasOwn(roundingModes, mode);
const isEven = (n: number | { toString(): string }): boolean => Number(n) % 2 === 0;

export const numberBuiltins = {
  decimal: [
    rounding('HALF_EVEN'),
    builtin(['n', 'scale', 'mode'], ([n, scale, mode]) => {
      if (!isNumber(n) || !isNumber(scale) || !isString(mode)) return undefined;
      const name = mode.toUpperCase();
      if (!isRounding(name)) return failure(`Illegal argument '${mode}' for rounding mode. Must be one of: ${Object.keys(roundingModes).join(', ')}`);
      return round(n, scale, name) ?? undefined;
    }),
  ],
  floor: [wholeBy('FLOOR'), rounding('FLOOR')],
  ceiling: [wholeBy('CEILING'), rounding('CEILING')],
  'round up': [rounding('UP')],
  'round down': [rounding('DOWN')],
  'round half up': [rounding('HALF_UP')],
  'round half down': [rounding('HALF_DOWN')],
  abs: [absoluteOf('number'), absoluteOf('n')],
  modulo: [builtin(['dividend', 'divisor'], ([a, b]) => (isNumber(a) && isNumber(b) ? modulo(a, b) : undefined))],
  sqrt: [byDouble(Math.sqrt)],
  log: [byDouble(Math.log)],
  exp: [byDouble(Math.exp)],
  odd: [builtin(['number'], ([n]) => (isNumber(n) ? isInteger(n) && !isEven(n) : undefined))],
  even: [builtin(['number'], ([n]) => (isNumber(n) ? isInteger(n) && isEven(n) : undefined))],
  'random number': [builtin([], (_, run) => run.environment.random?.() ?? randomBytes(6).readUIntBE(0, 6) / 2 ** 48)],
} as const satisfies Record<string, readonly Builtin[]>;
