// What must hold between the elements of one process or sub-process; each in the words in which a cluster refuses it.
import { elementDrawnBy } from '../element/index.ts';
import { checkLinks } from '../element/links.ts';
import { isEventSubProcess } from '../element/read-inside.ts';
import { isStartEvent } from '../element/start-event.ts';
import { checkSameEvents } from './check-same-events.ts';
import { nodesOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import type { Scope } from './scope.ts';

/** `parent` is the process or sub-process itself. */
export function checkScope(parent: Node, scope: Scope, problems: Problems): void {
  for (const starts of startsOf(parent, scope)) checkSameEvents(parent, starts, problems);
  for (const node of scope.nodes) {
    checkSameEvents(node, scope.attachedTo.get(node) ?? [], problems);
    elementDrawnBy(node)?.checkScope?.(node, scope, problems);
  }
  checkLinks(parent, scope, problems);
}

/** Start events by which the scope can be reached: of a process its own, and those of event sub-processes. */
function startsOf(parent: Node, scope: Scope): Node[][] {
  const inner = scope.nodes.filter(isEventSubProcess).flatMap((node) => nodesOf(node, 'flowElements'));
  const own = parent.$type === 'bpmn:Process' ? scope.nodes : [];
  return [own, inner].map((nodes) => nodes.filter(isStartEvent));
}
