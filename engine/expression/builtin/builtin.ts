// What a built-in function is, and how one is called.
import { spend, type Run } from '../compile/run.ts';
import { shown } from '../value/text.ts';
import { zoneCost } from '../temporal/zone.ts';
import { isContext, isDateTime, isList, isString, type Value } from '../value/value.ts';

/** Why a call has no result; `fatal` fails the whole expression. */
export type CallFailure = { readonly failure: string; readonly fatal?: boolean };

export type Builtin = {
  readonly parameters: readonly string[];
  /** The last parameter takes any number of arguments, as a list. */
  readonly variadic: boolean;
  /** Undefined for arguments that the function is not made for. */
  readonly invoke: (args: readonly Value[], run: Run) => Value | undefined | CallOutcome;
};

const failed: unique symbol = Symbol('failed');
export type CallOutcome = { readonly [failed]: CallFailure };

/** A call's failure with its own sentence. */
export const failure = (message: string, fatal = false): CallOutcome => ({ [failed]: { failure: message, fatal } });

export const builtin = (parameters: readonly string[], invoke: Builtin['invoke']): Builtin => ({ parameters, variadic: false, invoke });
/** A function of a list that may also be given item by item. */
export const variadic = (parameters: readonly string[], invoke: Builtin['invoke']): Builtin => ({ parameters, variadic: true, invoke });

export type CallResult = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string; readonly fatal: boolean };

/** Calls a built-in with its arguments in order and charges the size of what it is given. */
export function invokeBuiltin(called: Builtin, args: readonly Value[], run: Run): CallResult {
  for (const arg of args) spend(run, sizeOf(arg));
  const outcome = called.invoke(called.variadic ? gathered(called, args) : args, run);
  if (outcome === undefined) return { ok: false, message: argumentFailure(args), fatal: false };
  if (typeof outcome === 'object' && outcome !== null && failed in outcome) {
    const { failure: message, fatal } = outcome[failed];
    return { ok: false, message, fatal: fatal === true };
  }
  return { ok: true, value: outcome };
}

/** Texts that may name a zone are charged as if they did. */
function sizeOf(value: Value): number {
  if (isList(value)) return value.length + 4;
  if (isString(value)) return (value.length >> 5) + 4 + (/[@[]/.test(value) ? zoneCost : 0);
  return isDateTime(value) && value.zone !== null ? zoneCost : isContext(value) ? 8 : 4;
}

/** The arguments from the last parameter on as one list; a single list is that list. */
function gathered({ parameters }: Builtin, args: readonly Value[]): readonly Value[] {
  const fixed = parameters.length - 1;
  const rest = args.slice(fixed);
  const [only] = rest;
  return [...args.slice(0, fixed), fixed === 0 && rest.length === 1 && isList(only) ? only : rest];
}

export const argumentFailure = (args: readonly Value[]): string => `Illegal arguments: ${args.map(shown).join(', ')}`;
