// JSON texts to values and back.
import { toJson } from '../value/json.ts';
import { isString, newContext, type Value } from '../value/value.ts';
import { spendText, type Run } from '../compile/run.ts';
import { builtin, failure, type Builtin, type CallOutcome } from './builtin.ts';

function fromText(text: string): Value | CallOutcome {
  try {
    return asValue(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return failure(`Failed to parse JSON from '${text.slice(0, 60)}'`);
    throw error;
  }
}

/** JSON is a value already; contexts lose their prototype. */
function asValue(json: unknown): Value {
  if (Array.isArray(json)) return json.map(asValue);
  if (typeof json === 'object' && json !== null) return Object.assign(newContext(), Object.fromEntries(Object.entries(json).map(([key, value]) => [key, asValue(value)])));
  return typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' ? json : null;
}

function toText(value: Value, run: Run): string {
  const text = JSON.stringify(toJson(value, run));
  spendText(run, text.length);
  return text;
}

export const jsonBuiltins = {
  'from json': [builtin(['value'], ([text]) => (text === null ? null : isString(text) ? fromText(text) : undefined)), builtin(['json'], ([text]) => (isString(text) ? fromText(text) : undefined))],
  'to json': [builtin(['value'], ([value = null], run) => toText(value, run))],
} as const satisfies Record<string, readonly Builtin[]>;
