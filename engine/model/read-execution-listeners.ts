// Reads execution listeners, and refuses those that the engine would have to ignore.
import { elementDrawnBy } from '../element/index.ts';
import type { ExecutionListeners } from './executable.ts';
import { extensionOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import { readHeaders } from './read-job.ts';
import { readListener } from './read-listener.ts';

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
  const refused = elementDrawnBy(node)?.refusesListeners?.(node);
  if (refused !== undefined && listeners[refused.event].length > 0) problems.add(node, `Execution listeners of type '${refused.event}' are not supported by ${refused.by}`);
}

function checkDuplicates(node: Node, listeners: readonly Node[], problems: Problems): void {
  const counts = new Map<string, number>();
  for (const listener of listeners) {
    const name = `eventType[${textOf(listener, 'eventType') ?? ''}] and type[${textOf(listener, 'type') ?? ''}]`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, count] of counts) if (count > 1) problems.add(node, `Found '${count}' duplicates based on ${name}, these combinations should be unique.`);
}
