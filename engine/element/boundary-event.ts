// Boundary event: activated once it was triggered; the activity it is attached to did the waiting.
import type { ElementBase, ElementOf } from '../model/executable.ts';
import { definitionOf, isTrue, nodeOf, nodesOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { readTrigger } from '../model/read-trigger.ts';
import { handlerOf } from '../model/scope.ts';
import type { Scope } from '../model/scope.ts';
import { done, nothingToTakeBack, takeAllFlows } from './behaviour.ts';
import type { Element } from './contract.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    BOUNDARY_EVENT: { readonly trigger: Trigger; readonly attachedTo: string; readonly interrupting: boolean };
  }
}

export const boundaryEvent: Element<'BOUNDARY_EVENT'> = {
  reads: 'bpmn:BoundaryEvent',
  extensions: ['zeebe:IoMapping'],
  read: readBoundaryEvent,
  checkScope: (node, scope, problems) => {
    if (definitionOf(node)?.$type === 'bpmn:CompensateEventDefinition') checkCompensation(node, scope, problems);
  },
  refusesListeners: () => ({ event: 'start', by: 'boundary events' }),
  onActivate: () => done,
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};

function readBoundaryEvent(node: Node, base: ElementBase, problems: Problems): ElementOf<'BOUNDARY_EVENT'> | undefined {
  const attached = nodeOf(node, 'attachedToRef');
  if (attached?.id === undefined) problems.add(node, 'a boundary event must be attached to an activity');
  if (base.incoming.length > 0) problems.add(node, 'a boundary event must not have incoming flows');
  const trigger = readTrigger(node, problems, ['timer', 'message', 'signal', 'error', 'escalation', 'compensation']);
  if (trigger === null || attached?.id === undefined) {
    if (nodesOf(node, 'eventDefinitions').length === 0) problems.add(node, 'Boundary events must be one of: timer, message, error, signal, escalation, compensation');
    return undefined;
  }
  const interrupting = node['cancelActivity'] !== false;
  if (trigger.kind === 'error' && !interrupting) problems.add(node, 'an error boundary event must be interrupting');
  if (interrupting && trigger.kind === 'timer' && trigger.timer.kind === 'cycle') problems.add(node, 'an interrupting boundary event must not have a timer cycle');
  if (trigger.kind === 'escalation' && !/SubProcess$|CallActivity$/i.test(attached.$type)) {
    problems.add(node, 'An escalation boundary event should only be attached to a subprocess, or a call activity.');
  }
  // A cluster takes input mappings here and does not apply them.
  return { ...base, inputs: [], type: 'BOUNDARY_EVENT', trigger, attachedTo: attached.id, interrupting };
}

function checkCompensation(boundary: Node, scope: Scope, problems: Problems): void {
  const handler = handlerOf(boundary, scope);
  const leaves = (node: Node) => scope.flowsFrom.has(node);
  if (handler === undefined || !isTrue(handler, 'isForCompensation') || leaves(boundary)) {
    problems.add(boundary, 'Compensation boundary events must have a compensation association and no outgoing sequence flows');
  } else if (leaves(handler)) problems.add(handler, 'A compensation handler should have no outgoing sequence flows');
}
