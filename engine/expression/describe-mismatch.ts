// The sentence of an incident whose expression gave a value of another type than expected.
import type { CompiledExpression, JsonValue, Warning } from './contract.ts';

/** Zeebe's sentence: `Expected result of the expression 'x > 1' to be 'BOOLEAN', but was 'NULL'.` and the warnings. */
export function describeMismatch(
  compiled: CompiledExpression,
  expected: string,
  found: { readonly value: JsonValue; readonly warnings: readonly Warning[] },
): string {
  const source = compiled.source.trimStart().replace(/^=\s*/, '').trim();
  return `Expected result of the expression '${source}' to be '${expected}', but was '${typeName(found.value)}'.${describeWarnings(found.warnings)}`;
}

/** The warnings as Zeebe appends them to a message; empty when there are none. */
export function describeWarnings(warnings: readonly Warning[]): string {
  if (warnings.length === 0) return '';
  const lines = warnings.map((warning) => `[${warning.type}] ${warning.message}`);
  return ` The evaluation reported the following warnings:\n${lines.join('\n')}`;
}

function typeName(value: JsonValue): string {
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return 'ARRAY';
  switch (typeof value) {
    case 'boolean': return 'BOOLEAN';
    case 'number': return 'NUMBER';
    case 'string': return 'STRING';
    default: return 'OBJECT';
  }
}
