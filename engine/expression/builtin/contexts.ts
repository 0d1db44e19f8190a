// Functions of contexts.
import { entryOf, isContext, isList, isString, newContext, type FeelContext, type FeelList, type Value } from '../value/value.ts';
import { deeper, spend, type Run } from '../compile/run.ts';
import { builtin, variadic, type Builtin } from './builtin.ts';

const entries = (parameter: string): Builtin =>
  builtin([parameter], ([context]) => (isContext(context) ? Object.entries(context).map(([key, value]) => contextOf([['key', key], ['value', value]])) : undefined));

const contextOf = (pairs: readonly (readonly [string, Value])[]): FeelContext => {
  const context = newContext();
  for (const [key, value] of pairs) context[key] = value;
  return context;
};

const withEntry = (context: FeelContext, key: string, value: Value): FeelContext => contextOf([...Object.entries(context), [key, value]]);

/** Puts a value at a path, making the contexts on the way; undefined where a key is no string or something else is in the way. */
function putAt(context: FeelContext, keys: FeelList, value: Value, run: Run): FeelContext | undefined {
  const [key, ...rest] = keys;
  if (!isString(key)) return undefined;
  if (rest.length === 0) return withEntry(context, key, value);
  const inner = entryOf(context, key) ?? contextOf([]);
  const put = isContext(inner) ? deeper(run, () => putAt(inner, rest, value, run)) : undefined;
  return put === undefined ? undefined : withEntry(context, key, put);
}

function valueAt(context: FeelContext, keys: FeelList): Value | undefined {
  if (keys.length === 0 || !keys.every(isString)) return null;
  return keys.reduce<Value>((at, key) => (isContext(at) && isString(key) ? entryOf(at, key) ?? null : null), context);
}

function merged(contexts: Value | undefined, run: Run): FeelContext | undefined {
  if (!isList(contexts) || !contexts.every(isContext)) return undefined;
  const pairs = contexts.flatMap((context) => (isContext(context) ? Object.entries(context) : []));
  spend(run, pairs.length);
  return contextOf(pairs);
}

/** A context from `{key, value}` pairs; no result when one is no pair or a key comes twice. */
function fromEntries(list: FeelList): FeelContext | undefined {
  const context = newContext();
  for (const entry of list) {
    const key = isContext(entry) ? entryOf(entry, 'key') : undefined;
    const value = isContext(entry) ? entryOf(entry, 'value') : undefined;
    if (!isString(key) || value === undefined || Object.hasOwn(context, key)) return undefined;
    context[key] = value;
  }
  return context;
}

const put = (parameters: readonly string[]): Builtin =>
  builtin(parameters, ([context, key, value = null], run) => {
    if (!isContext(context)) return undefined;
    return isString(key) ? withEntry(context, key, value) : isList(key) ? putAt(context, key, value, run) : undefined;
  });
const mergeAll = (parameter: string): Builtin => variadic([parameter], ([contexts], run) => merged(contexts, run));
const get = (parameters: readonly string[]): Builtin =>
  builtin(parameters, ([context, key]) => {
    if (!isContext(context)) return undefined;
    return isString(key) ? entryOf(context, key) ?? null : isList(key) ? valueAt(context, key) : undefined;
  });

export const contextBuiltins = {
  'get value': [get(['context', 'key']), get(['context', 'keys']), get(['m', 'key'])],
  'get entries': [entries('context'), entries('m')],
  'context put': [put(['context', 'key', 'value']), put(['context', 'keys', 'value'])],
  put: [put(['context', 'key', 'value'])],
  'context merge': [mergeAll('contexts')],
  'put all': [mergeAll('contexts')],
  context: [builtin(['entries'], ([list]) => (isList(list) ? fromEntries(list) : isContext(list) ? fromEntries([list]) : undefined))],
} as const satisfies Record<string, readonly Builtin[]>;
