// Reads execution listeners and task listeners, and refuses those that the engine would have to ignore.
import type { ExecutionListeners, ListenerModel, TaskListenerEvent, TaskListeners } from './executable.ts';
import { extensionOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import { readHeaders } from './read-job.ts';

/** Undefined when the element has none. */
export function readExecutionListeners(node: Node, problems: Problems): ExecutionListeners | undefined {
  const listeners = nodesOf(extensionOf(node, 'zeebe:ExecutionListeners'), 'listeners');
  if (listeners.length === 0) return undefined;
  const ofEvent = (event: string) => listeners.filter((listener) => textOf(listener, 'eventType') === event).map((listener) => readListener(node, listener, problems));
  for (const listener of listeners) {
    const event = textOf(listener, 'eventType') ?? '';
    if (event !== 'start' && event !== 'end') problems.add(node, `the event type '${event}' of an execution listener must be start or end`);
  }
  const read: ExecutionListeners = { start: ofEvent('start'), end: ofEvent('end'), headers: readHeaders(node) };
  checkPlace(node, read, problems);
  checkDuplicates(node, listeners, problems);
  return read;
}

function checkPlace(node: Node, listeners: ExecutionListeners, problems: Problems): void {
  const start = listeners.start.length > 0;
  const end = listeners.end.length > 0;
  const isErrorEnd = node.$type === 'bpmn:EndEvent' && nodesOf(node, 'eventDefinitions').some((definition) => definition.$type === 'bpmn:ErrorEventDefinition');
  if (start && node.$type === 'bpmn:StartEvent') problems.add(node, "Execution listeners of type 'start' are not supported by start events");
  if (start && node.$type === 'bpmn:BoundaryEvent') problems.add(node, "Execution listeners of type 'start' are not supported by boundary events");
  if (end && node.$type.endsWith('Gateway')) problems.add(node, "Execution listeners of type 'end' are not supported by gateway element");
  if (end && isErrorEnd) problems.add(node, "Execution listeners of type 'end' are not supported by [error] end events");
}

function checkDuplicates(node: Node, listeners: readonly Node[], problems: Problems): void {
  const counts = new Map<string, number>();
  for (const listener of listeners) {
    const name = `eventType[${textOf(listener, 'eventType') ?? ''}] and type[${textOf(listener, 'type') ?? ''}]`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, count] of counts) if (count > 1) problems.add(node, `Found '${count}' duplicates based on ${name}, these combinations should be unique.`);
}

/** The names of older modelers mean the same. */
const taskEvents: Readonly<Record<string, TaskListenerEvent>> = {
  creating: 'CREATING', create: 'CREATING', assigning: 'ASSIGNING', assignment: 'ASSIGNING', updating: 'UPDATING', update: 'UPDATING',
  completing: 'COMPLETING', complete: 'COMPLETING', canceling: 'CANCELING', cancel: 'CANCELING',
};

/** Undefined when the user task has none. */
export function readTaskListeners(node: Node, problems: Problems): TaskListeners | undefined {
  const listeners = nodesOf(extensionOf(node, 'zeebe:TaskListeners'), 'listeners');
  if (listeners.length === 0) return undefined;
  const read: Record<TaskListenerEvent, ListenerModel[]> = { CREATING: [], ASSIGNING: [], UPDATING: [], COMPLETING: [], CANCELING: [] };
  for (const listener of listeners) {
    const name = textOf(listener, 'eventType') ?? '';
    const event = taskEvents[name];
    if (event === undefined) problems.add(node, `the event type '${name}' of a task listener must be creating, assigning, updating, completing or canceling`);
    else read[event].push(readListener(node, listener, problems));
  }
  return read;
}

function readListener(node: Node, listener: Node, problems: Problems): ListenerModel {
  const jobType = textOf(listener, 'type') ?? '';
  if (jobType === '') problems.add(node, "Attribute 'type' must be present and not empty");
  return { jobType: problems.check(node, jobType), retries: problems.check(node, textOf(listener, 'retries') ?? '3') };
}
