// Variables: what may be asked about them and what can happen to them.
import type { JsonValue } from '../expression/index.ts';
import type { Key } from '../keys.ts';

/** Variables by name, plain JSON. */
export type Variables = Readonly<Record<string, JsonValue>>;

/** Sets variables from outside: `local` writes them in that scope only, else they go up to where the name is known. */
export type SetVariables = {
  readonly type: 'variable.set';
  /** An element instance or a process instance. */
  readonly elementInstanceKey: Key;
  readonly variables: Variables;
  readonly local: boolean;
};

export type VariableCommand = SetVariables;

export type VariableEvent =
  /** `value` is JSON text, as the row keeps it. */
  | { readonly type: 'variable.created'; readonly key: Key; readonly scopeKey: Key; readonly processInstanceKey: Key; readonly name: string; readonly value: string }
  | { readonly type: 'variable.updated'; readonly key: Key; readonly value: string }
  /** One item, from 1, of a variable that is a list. */
  | { readonly type: 'variable.item-updated'; readonly key: Key; readonly position: number; readonly value: string }
  /** Its items change no more: the value is kept as a whole again. */
  | { readonly type: 'variable.collected'; readonly key: Key };
