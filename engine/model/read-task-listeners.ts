// Reads the task listeners of a user task.
import type { ListenerModel, TaskListenerEvent, TaskListeners } from './executable.ts';
import { extensionOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import { readListener } from './read-listener.ts';

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
