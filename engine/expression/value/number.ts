// Decimal numbers with 34 digits, as Camunda counts; safe integers stay on the processor's own arithmetic.
import { Decimal } from 'decimal.js';
import type { FeelNumber } from './value.ts';

/** IEEE 754 decimal128, the precision of Camunda's FEEL. */
const Decimal128 = Decimal.clone({ precision: 34, rounding: Decimal.ROUND_HALF_EVEN, maxE: 6144, minE: -6143, toExpNeg: -40, toExpPos: 40 });

const decimal = (n: FeelNumber): Decimal => (typeof n === 'number' ? new Decimal128(n) : n);

/** The shortest form: a double whenever its shortest text is this decimal (always so up to 15 digits), null when out of range. */
function normalise(d: Decimal): FeelNumber | null {
  if (!d.isFinite()) return null;
  const digits = d.precision();
  if (digits <= 15 && d.e <= 300 && d.e >= -300) return d.toNumber() || 0;
  if (digits === 16) {
    const n = d.toNumber();
    if (Number.isSafeInteger(n) && d.isInteger()) return n;
  }
  return d;
}

const safe = Number.isSafeInteger;
const powersOfTen = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12] as const;
const maxDigits = 6;
/** Up to 15 digits every decimal has a double of its own, so that the way there and back loses nothing. */
const exactBelow = 1e15;

/** How many digits after the point the double's decimal has; -1 when more than a whole number can carry. */
function digitsOf(n: number): number {
  for (let digits = 0; digits <= maxDigits; digits += 1) {
    const power = powersOfTen[digits] ?? 1;
    const whole = Math.round(n * power);
    if (Math.abs(whole) < exactBelow && whole / power === n) return digits;
  }
  return -1;
}

/** Sums by whole numbers of the smaller unit (cents); undefined when they would not be exact. */
function addExactly(a: number, b: number): number | undefined {
  if (safe(a) && safe(b)) return safe(a + b) ? a + b : undefined;
  const digits = Math.max(digitsOf(a), digitsOf(b));
  const power = powersOfTen[digits];
  if (power === undefined || digitsOf(a) < 0 || digitsOf(b) < 0) return undefined;
  const sum = Math.round(a * power) + Math.round(b * power);
  return Math.abs(a * power) < exactBelow && Math.abs(b * power) < exactBelow && Math.abs(sum) < exactBelow ? sum / power || 0 : undefined;
}

function multiplyExactly(a: number, b: number): number | undefined {
  if (safe(a) && safe(b)) return safe(a * b) ? a * b || 0 : undefined;
  const [digitsA, digitsB] = [digitsOf(a), digitsOf(b)];
  if (digitsA < 0 || digitsB < 0) return undefined;
  const product = Math.round(a * (powersOfTen[digitsA] ?? 1)) * Math.round(b * (powersOfTen[digitsB] ?? 1));
  return Math.abs(product) < exactBelow ? product / (powersOfTen[digitsA + digitsB] ?? 1) || 0 : undefined;
}

export function add(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  const exact = typeof a === 'number' && typeof b === 'number' ? addExactly(a, b) : undefined;
  return exact ?? normalise(Decimal128.add(a, b));
}

export function subtract(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  const exact = typeof a === 'number' && typeof b === 'number' ? addExactly(a, -b) : undefined;
  return exact ?? normalise(Decimal128.sub(a, b));
}

export function multiply(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  const exact = typeof a === 'number' && typeof b === 'number' ? multiplyExactly(a, b) : undefined;
  return exact ?? normalise(Decimal128.mul(a, b));
}

/** Null for a division by zero. */
export function divide(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (isZero(b)) return null;
  if (typeof a === 'number' && typeof b === 'number' && safe(a) && safe(b)) {
    const quotient = a / b;
    if (safe(quotient)) return quotient || 0;
  }
  return normalise(Decimal128.div(a, b));
}

/** Exact to 34 digits for whole exponents; by doubles for others, as Camunda does. */
export function power(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (isInteger(b)) return isZero(a) && compare(b, 0) < 0 ? null : normalise(Decimal128.pow(a, b));
  return fromDouble(Math.pow(Number(a), Number(b)));
}

/** The sign of the divisor, as FEEL defines modulo; null for divisor zero. */
export function modulo(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (isZero(b)) return null;
  const divisor = decimal(b);
  return normalise(Decimal128.mod(Decimal128.add(Decimal128.mod(a, divisor), divisor), divisor));
}

export function compare(a: FeelNumber, b: FeelNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  return decimal(a).cmp(b);
}

export type Rounding = 'UP' | 'DOWN' | 'CEILING' | 'FLOOR' | 'HALF_UP' | 'HALF_DOWN' | 'HALF_EVEN';
export const roundingModes = {
  UP: Decimal.ROUND_UP,
  DOWN: Decimal.ROUND_DOWN,
  CEILING: Decimal.ROUND_CEIL,
  FLOOR: Decimal.ROUND_FLOOR,
  HALF_UP: Decimal.ROUND_HALF_UP,
  HALF_DOWN: Decimal.ROUND_HALF_DOWN,
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
} as const satisfies Record<Rounding, Decimal.Rounding>;

/** To `scale` digits after the point; a negative scale rounds before it. Null when the scale is out of reach. */
export function round(n: FeelNumber, scale: FeelNumber, mode: Rounding): FeelNumber | null {
  const digits = truncate(scale);
  if (digits > 6176 || digits < -6111) return null;
  if (digits >= 0) return normalise(decimal(n).toDecimalPlaces(digits, roundingModes[mode]));
  const shift = Decimal128.pow(10, -digits);
  return normalise(Decimal128.mul(Decimal128.div(n, shift).toDecimalPlaces(0, roundingModes[mode]), shift));
}

export const negate = (n: FeelNumber): FeelNumber => (typeof n === 'number' ? -n || 0 : n.neg());
export const absolute = (n: FeelNumber): FeelNumber => (typeof n === 'number' ? Math.abs(n) : n.abs());
export const isZero = (n: FeelNumber): boolean => (typeof n === 'number' ? n === 0 : n.isZero());
export const isInteger = (n: FeelNumber): boolean => (typeof n === 'number' ? Number.isInteger(n) : n.isInteger());
/** The whole part as a double, for indexes and counts. */
export const truncate = (n: FeelNumber): number => Math.trunc(Number(n));
/** A result of the processor's own functions (exp, log); null when it is no number. */
export const fromDouble = (n: number): FeelNumber | null => (Number.isFinite(n) ? n || 0 : null);

const numberText = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,5})?$/;

/** The number that a text names, null when it names none. */
export function parseNumber(text: string): FeelNumber | null {
  if (!numberText.test(text)) return null;
  const n = Number(text);
  return text.length <= 15 && Number.isFinite(n) && !/[eE]/.test(text) ? n || 0 : normalise(new Decimal128(text));
}

/** The plain text of a number, without exponent for whatever a person would write out. */
export function textOfNumber(n: FeelNumber): string {
  if (typeof n === 'number' && Math.abs(n) < 1e21 && (Math.abs(n) >= 1e-6 || n === 0)) return String(n);
  return decimal(n).toString();
}
