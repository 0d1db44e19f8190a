// Joining gateways: which waiting tokens become one, and when.
import type { ProcessDefinition } from '../deployment/state.ts';
import type { Key } from '../keys.ts';
import type { ElementModel } from '../model/executable.ts';
import type { Step } from '../processing/step.ts';
import type { View } from '../view.ts';

/** Tokens wait at it for one another. */
export const joins = (element: ElementModel): boolean => (element.type === 'PARALLEL_GATEWAY' || element.type === 'INCLUSIVE_GATEWAY') && element.incoming.length > 1;

/**
 * The flows whose tokens become one; undefined while it waits. A parallel gateway waits for each of its flows; an
 * inclusive one, asked whenever a token comes, for those that something active in the scope, or a token between two elements, may still reach.
 */
export function joinedFlows(view: View, definition: ProcessDefinition, element: ElementModel, scopeKey: Key, queued: Step['queued']): readonly string[] | undefined {
  const waiting = view.elements.waitingFlows(scopeKey, element.id);
  if (waiting.length === element.incoming.length) return element.incoming;
  if (element.type !== 'INCLUSIVE_GATEWAY' || waiting.length === 0) return undefined;
  const onTheirWay = [...queued(), ...view.turns.waitingIn(scopeKey)].flatMap((command) => (command.type === 'element.activate' && command.scopeKey === scopeKey ? [command.elementId] : []));
  const active = [...view.elements.activeIn(scopeKey).map((instance) => instance.elementId), ...onTheirWay];
  const missing = element.incoming.filter((flow) => !waiting.includes(flow));
  return reachesAny(definition, active, element.id, missing) ? undefined : waiting;
}

/** Whether a way leads from one of these elements to one of the flows, without passing the gateway. */
function reachesAny({ model }: ProcessDefinition, from: readonly string[], gatewayId: string, flows: readonly string[]): boolean {
  const seen = new Set([gatewayId]);
  const next = from.filter((id) => id !== gatewayId);
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    const element = seen.has(id) ? undefined : model.elements[id];
    seen.add(id);
    if (element === undefined) continue;
    if (element.outgoing.some((flow) => flow.id !== null && flows.includes(flow.id))) return true;
    next.push(...element.outgoing.map((flow) => flow.target), ...element.boundaryEvents);
  }
  return false;
}
