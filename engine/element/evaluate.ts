// Evaluates the expressions of an element, each to the type that its place asks for.
import { describeMismatch } from '../expression/index.ts';
import type { CompiledExpression, Evaluation, JsonValue } from '../expression/index.ts';
import type { ExpressionSource } from '../model/executable.ts';
import { parseInstant } from '../timer/schedule.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, Visit } from './visit.ts';

type Read = (name: string) => JsonValue | undefined;
type Found = { readonly compiled: CompiledExpression; readonly found: Extract<Evaluation, { ok: true }> };

/** Any value; EXTRACT_VALUE_ERROR when there is none at all. */
export function evaluateAny(visit: Visit, source: ExpressionSource, read: Read = visit.read): Found | Failure {
  const { expressions, now } = visit.view;
  const compiled = expressions.compile(source);
  const found = expressions.evaluate(compiled, read, now);
  return found.ok ? { compiled, found } : fail('EXTRACT_VALUE_ERROR', found.message);
}

export function evaluateText(visit: Visit, source: ExpressionSource, read?: Read): string | Failure {
  return expect(visit, source, 'STRING', (value) => (typeof value === 'string' ? value : undefined), read);
}

/** The text of a date; one of FEEL without a zone is meant in the engine's, a text without one is left as it is. */
export function evaluateDateText(visit: Visit, source: ExpressionSource): string | Failure {
  const evaluated = evaluateAny(visit, source);
  if (isFailure(evaluated)) return evaluated;
  const { value, isLocalDateTime } = evaluated.found;
  if (typeof value !== 'string') return fail('EXTRACT_VALUE_ERROR', describeMismatch(evaluated.compiled, 'STRING', evaluated.found));
  return isLocalDateTime === true ? `${value}@${visit.view.timeZone}` : value;
}

export function evaluateBoolean(visit: Visit, source: ExpressionSource, read?: Read): boolean | Failure {
  return expect(visit, source, 'BOOLEAN', (value) => (typeof value === 'boolean' ? value : undefined), read);
}

export function evaluateList(visit: Visit, source: ExpressionSource): readonly JsonValue[] | Failure {
  return expect(visit, source, 'ARRAY', (value) => (Array.isArray(value) ? value : undefined));
}

/** A static text such as `3` counts as a number too. */
export function evaluateInteger(visit: Visit, source: ExpressionSource, read?: Read): number | Failure {
  return expect(visit, source, 'NUMBER', (value) => {
    const number = typeof value === 'string' && !source.trimStart().startsWith('=') ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : undefined;
  }, read);
}

/** A list of texts; a static text is read as a comma-separated list. */
export function evaluateTexts(visit: Visit, source: ExpressionSource): readonly string[] | Failure {
  return expect(visit, source, 'ARRAY', (value) => {
    if (typeof value === 'string' && !source.trimStart().startsWith('=')) return value.split(',').map((part) => part.trim()).filter((part) => part !== '');
    const isText = (item: JsonValue): item is string => typeof item === 'string';
    return Array.isArray(value) && value.every(isText) ? value : undefined;
  });
}

/** A date-time: epoch milliseconds, and the text that it was read from, with an offset or zone of its own. */
export type WrittenDate = { readonly at: number; readonly text: string };

/** From a date-time text; null and the empty text: no date. */
export function evaluateDate(visit: Visit, source: ExpressionSource): WrittenDate | null | Failure {
  const evaluated = evaluateAny(visit, source);
  if (isFailure(evaluated)) return evaluated;
  const { value } = evaluated.found;
  if (value === null || value === '') return null;
  const at = typeof value === 'string' ? parseInstant(value) : undefined;
  return typeof value === 'string' && at !== undefined ? { at, text: value } : fail('EXTRACT_VALUE_ERROR', describeMismatch(evaluated.compiled, 'DATE_TIME', evaluated.found));
}

/** A correlation key: a text or a number. */
export function evaluateCorrelationKey(visit: Visit, source: ExpressionSource, read: Read): string | Failure {
  const evaluated = evaluateAny(visit, source, read);
  if (isFailure(evaluated)) return evaluated;
  const { value } = evaluated.found;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const shown = source.trimStart().replace(/^=\s*/, '').trim();
  return fail('EXTRACT_VALUE_ERROR', `Failed to extract the correlation key for '${shown}': The value must be either a string or a number, but was '${value === null ? 'NULL' : JSON.stringify(value)}'.`);
}

function expect<T>(visit: Visit, source: ExpressionSource, type: string, accept: (value: JsonValue) => T | undefined, read?: Read): T | Failure {
  const evaluated = evaluateAny(visit, source, read);
  if (isFailure(evaluated)) return evaluated;
  return accept(evaluated.found.value) ?? fail('EXTRACT_VALUE_ERROR', describeMismatch(evaluated.compiled, type, evaluated.found));
}
