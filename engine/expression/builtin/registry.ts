// All built-in functions by name, and which signature a call means.
import { booleanBuiltins } from './booleans.ts';
import { contextBuiltins } from './contexts.ts';
import { conversionBuiltins } from './conversions.ts';
import { jsonBuiltins } from './json-texts.ts';
import { listBuiltins } from './lists.ts';
import { numberBuiltins } from './numbers.ts';
import { rangeBuiltins } from './ranges.ts';
import { statisticsBuiltins } from './statistics.ts';
import { stringBuiltins } from './strings.ts';
import { temporalBuiltins } from './temporals.ts';
import { zeebeBuiltins } from './zeebe-functions.ts';
import type { Builtin } from './builtin.ts';

const builtins: Readonly<Record<string, readonly Builtin[]>> = {
  ...booleanBuiltins,
  ...contextBuiltins,
  ...conversionBuiltins,
  ...jsonBuiltins,
  ...listBuiltins,
  ...numberBuiltins,
  ...rangeBuiltins,
  ...statisticsBuiltins,
  ...stringBuiltins,
  ...temporalBuiltins,
  ...zeebeBuiltins,
};

/** The names of all built-in functions. */
export const builtinNames: readonly string[] = Object.keys(builtins);

export const isKnownBuiltin = (name: string): boolean => Object.hasOwn(builtins, name);

/** The signature for that many arguments, or for those parameter names (the rest is null). */
export function findBuiltin(name: string, given: number | readonly string[]): Builtin | undefined {
  const signatures = isKnownBuiltin(name) ? builtins[name] ?? [] : [];
  if (typeof given !== 'number') return signatures.find(({ parameters }) => given.every((each) => parameters.includes(each)));
  return signatures.find(({ parameters, variadic }) => (variadic ? given >= parameters.length : parameters.length === given));
}
