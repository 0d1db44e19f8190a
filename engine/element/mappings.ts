// Input and output mappings: variables into the element's own scope, and out of it.
import type { JsonValue } from '../expression/index.ts';
import type { Mapping } from '../model/executable.ts';
import type { Variables } from '../variable/records.ts';
import { fail } from './visit.ts';
import type { Failure, Visit } from './visit.ts';

/**
 * Evaluates the mappings in order; a later one sees the results of earlier ones. A target with dots leads into a
 * context: of this mapping for inputs, of the variable as it stands for outputs (`mergeInto` reads it).
 */
export function evaluateMappings(visit: Visit, mappings: readonly Mapping[], mergeInto?: (name: string) => JsonValue | undefined): Variables | Failure {
  const results: Record<string, JsonValue> = {};
  const read = (name: string) => (Object.hasOwn(results, name) ? results[name] : visit.read(name));
  const { expressions, now } = visit.view;
  for (const { source, target } of mappings) {
    const found = expressions.evaluate(expressions.compile(source), read, now);
    if (!found.ok) return fail('IO_MAPPING_ERROR', found.message);
    const [name = target, ...path] = target.split('.');
    const before = Object.hasOwn(results, name) ? results[name] : mergeInto?.(name);
    results[name] = path.length === 0 ? found.value : putAt(before, path, found.value);
  }
  return results;
}

function putAt(context: JsonValue | undefined, path: readonly string[], value: JsonValue): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const entries = typeof context === 'object' && context !== null && !Array.isArray(context) ? context : {};
  return { ...entries, [name]: putAt(entries[name], rest, value) };
}
