// Reads of variables: by scope, and up the scopes.
import type { DatabaseSync } from 'node:sqlite';
import type { JsonValue } from '../expression/index.ts';
import type { Key } from '../keys.ts';
import { one } from '../store/statements.ts';
import { rememberVariables, type RememberedVariables } from './remembered.ts';

export type VariableRow = { readonly key: Key; readonly value: string };

/** `value` is JSON text. */
export type ListItem = { readonly key: Key; readonly size: number; readonly value: string | undefined } | { readonly key: Key; readonly notAList: JsonValue };

export type VariableReads = Pick<RememberedVariables, 'noted' | 'forget'> & {
  /** The variable of exactly this scope. */
  local(scopeKey: Key, name: string): VariableRow | undefined;
  /** A list of exactly this scope, for changing one of its items: how long it is and what stands there; or what the variable is instead. */
  listItem(scopeKey: Key, name: string, position: number): ListItem | undefined;
  /** The variable of exactly this scope when its items are kept one by one. */
  inItems(scopeKey: Key, name: string): Key | undefined;
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
  const remembered = rememberVariables(db);
  const { local, allOf } = remembered;
  const stored = one<VariableRow>(db, 'SELECT key, value FROM variables WHERE scope_key = ? AND name = ?');
  const lastPosition = one<{ size: number }>(db, 'SELECT max(position) AS size FROM variable_items WHERE variable_key = ?');
  const item = one<{ value: string }>(db, 'SELECT value FROM variable_items WHERE variable_key = ? AND position = ?');
  const listItem = (scopeKey: Key, name: string, position: number): ListItem | undefined => {
    const row = stored(scopeKey, name);
    if (row === undefined) return undefined;
    const { key } = row;
    if (row.value === '') return { key, size: lastPosition(key)?.size ?? 0, value: item(key, position)?.value };
    const value = parseValue(row.value);
    if (!Array.isArray(value)) return { key, notAList: value };
    return { key, size: value.length, value: position <= value.length ? JSON.stringify(value[position - 1]) : undefined };
  };
  const collect = (scopes: readonly Key[]) => {
    const values: Record<string, JsonValue> = {};
    for (const scope of scopes) for (const row of allOf(scope)) if (!Object.hasOwn(values, row.name)) values[row.name] = parseValue(row.value);
    return values;
  };
  return {
    local,
    noted: remembered.noted,
    forget: remembered.forget,
    listItem,
    inItems: (scopeKey, name) => {
      const row = stored(scopeKey, name);
      return row?.value === '' ? row.key : undefined;
    },
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
