// How an inner instance of multi-instance begins: its item, its number, the variable of its result.
import type { JsonValue } from '../expression/index.ts';
import type { ElementOf } from '../model/executable.ts';
import type { Variables } from '../variable/records.ts';
import type { ElementCommand } from './records.ts';
import type { Visit, VisitOf } from './visit.ts';

/** Begins the inner instance with that number. */
export function activationOf({ element, definition, instance, view }: Pick<VisitOf<'MULTI_INSTANCE_BODY'>, 'element' | 'definition' | 'instance' | 'view'>, loopCounter: number, item: JsonValue): ElementCommand {
  return {
    type: 'element.activate', elementId: element.id, scopeKey: instance.key, processInstanceKey: instance.processInstanceKey, processDefinitionKey: definition.key, loopCounter, key: view.newKey(),
    variables: loopVariables(element.loop, item, loopCounter),
  };
}

/** The same once more, for an inner instance whose activation is tried again: what was changed meanwhile is set back, as in Zeebe (measured on 8.8.21). */
export function loopVariablesOf({ definition, instance, view }: Pick<Visit, 'definition' | 'instance' | 'view'>, elementId: string): Variables {
  const body = definition.model.elements[elementId];
  const loopCounter = instance.loopCounter ?? 0;
  if (body?.type !== 'MULTI_INSTANCE_BODY' || loopCounter === 0) return {};
  return loopVariables(body.loop, view.elements.itemsOf(instance.scopeKey)[loopCounter - 1] ?? null, loopCounter);
}

/** The variable that the output element names exists from the start, so that a job's result stays inside. */
function loopVariables(loop: ElementOf<'MULTI_INSTANCE_BODY'>['loop'], item: JsonValue, loopCounter: number): Variables {
  const variable = loop.output === null ? undefined : /^=\s*([\p{L}_][\p{L}\p{N}_]*)(\s*\.\s*[\p{L}_][\p{L}\p{N}_]*)*\s*$/u.exec(loop.output.element)?.[1];
  return {
    ...(loop.inputElement === null ? {} : { [loop.inputElement]: item }),
    ...(variable === undefined || variable === loop.inputElement ? {} : { [variable]: null }),
    loopCounter,
  };
}
