// Variables that a batch of commands has read already: an expression, a mapping and a job that is handed out ask for the same ones.
import type { DatabaseSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { EngineEvent } from '../records.ts';
import { many, one } from '../store/statements.ts';

type Stored = { readonly key: Key; readonly value: string };
type Named = { readonly name: string; readonly value: string };

export type RememberedVariables = {
  /** The variable of exactly this scope. */
  readonly local: (scopeKey: Key, name: string) => Stored | undefined;
  /** All variables of exactly this scope, ordered by name. */
  readonly allOf: (scopeKey: Key) => readonly Named[];
  /** After each event that was applied. */
  readonly noted: (event: EngineEvent) => void;
  /** Before each batch, and whenever something was taken back: what is remembered is of this batch alone. */
  readonly forget: () => void;
};

/** A scope with more names is asked for each name instead. */
const MOST_NAMES = 50;
/** Longer values are read again rather than kept. */
const LONGEST_KEPT = 10_000;

export function rememberVariables(db: DatabaseSync): RememberedVariables {
  // Names and keys come from the index alone: values may be large, and most of them nobody wants.
  const namesOf = many<{ name: string; key: Key }>(db, `SELECT name, key FROM variables WHERE scope_key = ? LIMIT ${MOST_NAMES + 1}`);
  const valueOf = one<{ value: string }>(db, 'SELECT value FROM variable_values WHERE key = ?');
  const ask = one<Stored>(db, 'SELECT key, value FROM variable_values WHERE scope_key = ? AND name = ?');
  const readAll = many<Stored & Named>(db, 'SELECT key, name, value FROM variable_values WHERE scope_key = ? ORDER BY name');
  const scopes = new Map<Key, Map<string, Key> | 'many names'>();
  const values = new Map<Key, string>();

  const load = (scopeKey: Key) => {
    const rows = namesOf(scopeKey);
    const names = rows.length > MOST_NAMES ? 'many names' : new Map(rows.map(({ name, key }) => [name, key]));
    scopes.set(scopeKey, names);
    return names;
  };
  const forget = () => {
    scopes.clear();
    values.clear();
  };
  const keep = (key: Key, value: string) => {
    if (value.length <= LONGEST_KEPT) values.set(key, value);
    else values.delete(key);
  };
  /** Undefined where one of the values is not at hand. */
  const allAtHand = (scopeKey: Key): Named[] | undefined => {
    const names = scopes.get(scopeKey);
    if (!(names instanceof Map)) return undefined;
    const all: Named[] = [];
    for (const [name, key] of names) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      all.push({ name, value });
    }
    return all.length < 2 ? all : all.sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  return {
    allOf: (scopeKey) => {
      const atHand = allAtHand(scopeKey);
      if (atHand !== undefined) return atHand;
      const all = readAll(scopeKey);
      if (all.length > MOST_NAMES) return all;
      scopes.set(scopeKey, new Map(all.map(({ name, key }) => [name, key])));
      for (const { key, value } of all) keep(key, value);
      return all;
    },
    local: (scopeKey, name) => {
      const names = scopes.get(scopeKey) ?? load(scopeKey);
      if (names === 'many names') return ask(scopeKey, name);
      const key = names.get(name);
      if (key === undefined) return undefined;
      const known = values.get(key);
      if (known !== undefined) return { key, value: known };
      const stored = valueOf(key);
      if (stored === undefined) return undefined;
      keep(key, stored.value);
      return { key, value: stored.value };
    },
    noted: (event) => {
      switch (event.type) {
        // What begins has no variables yet.
        case 'process-instance.created':
        case 'element.activating':
          scopes.set(event.key, new Map());
          return;
        case 'variable.created': {
          const names = scopes.get(event.scopeKey);
          if (names instanceof Map) names.set(event.name, event.key);
          keep(event.key, event.value);
          return;
        }
        case 'variable.updated':
          keep(event.key, event.value);
          return;
        default:
          // What is not told here in full is read anew.
          if (writesOtherwise(event.type)) forget();
      }
    },
    forget,
  };
}

/** Of the appliers, those of variables and of history write variables; a test holds that no other does. */
const writesOtherwise = (type: EngineEvent['type']): boolean => type.startsWith('variable.') || type.endsWith('.purged');
