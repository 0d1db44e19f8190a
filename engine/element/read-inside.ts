// Reads what is drawn inside of sub-processes: where they begin, and what can interrupt or run beside it.
import { isTrue, nodesOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { isStartEvent } from './start-event.ts';

export const isEventSubProcess = (node: Node): boolean => isTrue(node, 'triggeredByEvent');

/** Ids of the event sub-processes among the elements of a scope. */
export const eventSubProcessesOf = (children: readonly Node[]): readonly string[] => children.filter(isEventSubProcess).map((child) => child.id ?? '');

export function readInside(node: Node, problems: Problems): { readonly start: string; readonly eventSubProcesses: readonly string[] } {
  const children = nodesOf(node, 'flowElements');
  const starts = children.filter(isStartEvent);
  if (starts.length !== 1) problems.add(node, 'Must have exactly one start event');
  return { start: starts[0]?.id ?? '', eventSubProcesses: eventSubProcessesOf(children) };
}
