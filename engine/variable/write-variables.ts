// Turns values to be set into variable events: locally, or up to where the name is known.
import type { JsonValue } from '../expression/index.ts';
import type { Key } from '../keys.ts';
import type { Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import type { Variables } from './records.ts';

/** Sets the values in exactly this scope. A `fresh` scope has no variables yet, so none is looked up. */
export function writeLocally(view: View, step: Step, target: { scopeKey: Key; processInstanceKey: Key; fresh?: boolean }, values: Variables): void {
  for (const [name, value] of Object.entries(values)) {
    const known = target.fresh ? undefined : view.variables.local(target.scopeKey, name);
    writeOne(view, step, { ...target, name, value, known });
  }
}

/**
 * Sets each value where its name is known, seen from the first of these scopes outwards; an unknown name becomes a
 * variable of the last scope, the process instance. A scope that holds just this value already does not keep it: it
 * goes on outwards, as in Zeebe (measured on 8.8.21).
 */
export function propagate(view: View, step: Step, scopes: readonly Key[], values: Variables): void {
  const root = scopes.at(-1);
  if (root === undefined) throw new Error('Variables are propagated from a scope outwards; none was given.');
  for (const [name, value] of Object.entries(values)) {
    let scopeKey = root;
    let known;
    for (const scope of scopes) {
      known = view.variables.local(scope, name);
      if (known !== undefined && known.value !== JSON.stringify(value)) {
        scopeKey = scope;
        break;
      }
    }
    writeOne(view, step, { scopeKey, processInstanceKey: root, name, value, known });
  }
}

type OneVariable = { scopeKey: Key; processInstanceKey: Key; name: string; value: JsonValue; known: { key: Key; value: string } | undefined };

function writeOne(view: View, step: Step, variable: OneVariable): void {
  const value = JSON.stringify(variable.value);
  const { known, scopeKey, processInstanceKey, name } = variable;
  if (known === undefined) step.events.push({ type: 'variable.created', key: view.newKey(), scopeKey, processInstanceKey, name, value });
  else if (known.value !== value) step.events.push({ type: 'variable.updated', key: known.key, value });
}
