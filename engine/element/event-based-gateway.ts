// Event-based gateway: waits for the events behind it and takes the flow to the first that comes.
import { checkSameEvents } from '../model/check-same-events.ts';
import { definitionOf, nodeOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import type { Scope } from '../model/scope.ts';
import { nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { Element } from './contract.ts';
import { intermediateCatchEvent } from './intermediate-catch-event.ts';
import { unmapped } from './unmapped.ts';
import { waitForEvents } from './waiting.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    EVENT_BASED_GATEWAY: Readonly<Record<never, never>>;
  }
}

export const eventBasedGateway: Element<'EVENT_BASED_GATEWAY'> = {
  reads: 'bpmn:EventBasedGateway',
  extensions: ['zeebe:IoMapping'],
  read: (_node, base) => ({ ...base, ...unmapped, type: 'EVENT_BASED_GATEWAY' }),
  checkScope: checkTargets,
  // Its targets are awaited here; their input mappings are left out, as on a cluster.
  adaptTarget: (target) => (target.type === 'INTERMEDIATE_CATCH_EVENT' ? { ...target, behindGateway: true, inputs: [] } : target),
  refusesListeners: () => ({ event: 'end', by: 'gateway element' }),
  mayWait: () => true,
  onActivate: (visit) => waitForEvents(visit, visit.element.outgoing.map((flow) => flow.target)) ?? waiting,
  // Not called: element/trigger-catch-event.ts completes it, as it knows which event came.
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};

function checkTargets(gateway: Node, scope: Scope, problems: Problems): void {
  const targets = (scope.flowsFrom.get(gateway) ?? []).map((flow) => nodeOf(flow, 'targetRef'));
  if (targets.length < 2) problems.add(gateway, 'Event-based gateway must have at least 2 outgoing sequence flows.');
  const isAwaited = (target: Node | undefined) =>
    target?.$type === intermediateCatchEvent.reads && /^bpmn:(Message|Timer|Signal)EventDefinition$/.test(definitionOf(target)?.$type ?? '');
  if (!targets.every(isAwaited)) problems.add(gateway, 'Event-based gateway must not have an outgoing sequence flow to other elements than message/timer/signal intermediate catch events.');
  for (const target of targets.filter(isAwaited)) {
    if (target !== undefined && (scope.flowsTo.get(target)?.length ?? 0) > 1) problems.add(target, 'Target elements of an event-based gateway must not have additional incoming sequence flows other than that from the event-based gateway.');
  }
  checkSameEvents(gateway, targets.flatMap((target) => (target === undefined ? [] : [target])), problems);
}
