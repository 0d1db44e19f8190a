// Execution listeners of a process: jobs before its first element and after its last one.
import { describeMismatch } from '../expression/index.ts';
import type { JsonValue } from '../expression/index.ts';
import { listenersOf } from '../element/execution-listeners.ts';
import type { ExecutionListenerEvent } from '../element/execution-listeners.ts';
import type { Failure } from '../element/visit.ts';
import { fail, isFailure } from '../element/visit.ts';
import type { ProcessDefinition } from '../deployment/state.ts';
import type { Key } from '../keys.ts';
import type { ExpressionSource } from '../model/executable.ts';
import type { Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import type { Variables } from '../variable/records.ts';

type Listening = { readonly definition: ProcessDefinition; readonly processInstanceKey: Key; /** Not stored yet. */ readonly variables?: Variables };

/** Offers the job of the listener with that number, or states the incident that holds it up; false: there is none. */
export function offerProcessListener(view: View, step: Step, event: ExecutionListenerEvent, index: number, { definition, processInstanceKey, variables = {} }: Listening): boolean {
  const listener = listenersOf(definition.model.listeners, event)[index];
  if (listener === undefined) return false;
  const where = { processInstanceKey, processDefinitionKey: definition.key, bpmnProcessId: definition.bpmnProcessId, elementId: definition.bpmnProcessId, elementInstanceKey: processInstanceKey };
  const read = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : view.variables.visible([processInstanceKey], name));
  const jobType = evaluateAs(view, listener.jobType, 'STRING', read, (value) => (typeof value === 'string' ? value : undefined));
  const retries = isFailure(jobType) ? jobType : evaluateAs(view, listener.retries, 'NUMBER', read, (value) => (Number.isFinite(Number(value)) && value !== null ? Math.trunc(Number(value)) : undefined));
  if (isFailure(jobType) || isFailure(retries)) {
    const failure = isFailure(jobType) ? jobType : retries;
    if (isFailure(failure)) step.events.push({ type: 'incident.created', key: view.newKey(), errorType: failure.failure, errorMessage: failure.message, ...where, jobKey: null });
    return true;
  }
  step.events.push({ type: 'job.created', key: view.newKey(), jobType, retries, ...where, customHeaders: definition.model.listeners?.headers ?? null, listener: { kind: 'EXECUTION_LISTENER', event, index } });
  return true;
}

function evaluateAs<T>(view: View, source: ExpressionSource, type: string, read: (name: string) => JsonValue | undefined, accept: (value: JsonValue) => T | undefined): T | Failure {
  const compiled = view.expressions.compile(source);
  const found = view.expressions.evaluate(compiled, read, view.now);
  if (!found.ok) return fail('EXTRACT_VALUE_ERROR', found.message);
  return accept(found.value) ?? fail('EXTRACT_VALUE_ERROR', describeMismatch(compiled, type, found));
}
