// Reads of variables: by scope, and up the scopes.
import type { DatabaseSync } from 'node:sqlite';
import type { JsonValue } from '../expression/index.ts';
import type { Key } from '../keys.ts';
import { many, one } from '../store/statements.ts';

export type VariableRow = { readonly key: Key; readonly value: string };

export type VariableReads = {
  /** The variable of exactly this scope. */
  local(scopeKey: Key, name: string): VariableRow | undefined;
  /** The value that is seen from the first of these scopes outwards. */
  visible(scopes: readonly Key[], name: string): JsonValue | undefined;
  /** All variables of exactly this scope. */
  allLocal(scopeKey: Key): Record<string, JsonValue>;
  /** All variables seen from the first of these scopes outwards; inner ones hide outer ones. */
  allVisible(scopes: readonly Key[]): Record<string, JsonValue>;
};

/** The border at which stored JSON becomes a value again. */
export const parseValue = (json: string): JsonValue => JSON.parse(json) as JsonValue;

export function readVariables(db: DatabaseSync): VariableReads {
  const local = one<VariableRow>(db, 'SELECT key, value FROM variables WHERE scope_key = ? AND name = ?');
  const ofScope = many<{ name: string; value: string }>(db, 'SELECT name, value FROM variables WHERE scope_key = ?');
  const collect = (scopes: readonly Key[]) => {
    const values: Record<string, JsonValue> = {};
    for (const scope of scopes) for (const row of ofScope(scope)) if (!Object.hasOwn(values, row.name)) values[row.name] = parseValue(row.value);
    return values;
  };
  return {
    local,
    visible: (scopes, name) => {
      for (const scope of scopes) {
        const row = local(scope, name);
        if (row !== undefined) return parseValue(row.value);
      }
      return undefined;
    },
    allLocal: (scopeKey) => collect([scopeKey]),
    allVisible: collect,
  };
}
