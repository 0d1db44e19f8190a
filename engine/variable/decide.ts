// Decides variables that are set from outside.
import { isOver } from '../element/lifecycle.ts';
import { accept, reject } from '../processing/step.ts';
import type { Deciders } from '../processing/step.ts';
import type { VariableCommand } from './records.ts';
import { propagate, writeLocally } from './write-variables.ts';

export const variableDeciders: Deciders<VariableCommand> = {
  'variable.set': (command, view, step) => {
    const key = command.elementInstanceKey;
    const found = view.elements.get(key) ?? view.processInstances.get(key);
    if (found === undefined || isOver(found.phase)) {
      return reject('NOT_FOUND', `Expected to update variables for element with key '${key}', but no such element was found`);
    }
    const scopes = view.elements.scopesOf(key);
    const processInstanceKey = scopes.at(-1) ?? key;
    if (command.local) writeLocally(view, step, { scopeKey: key, processInstanceKey }, command.variables);
    else propagate(view, step, scopes, command.variables);
    return accept();
  },
};
