// Intermediate catch event: waits for its timer, message or signal; a link, or what an event-based gateway awaited, is here already.
import type { ElementBase, ElementOf } from '../model/executable.ts';
import { nodesOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { readTrigger } from '../model/read-trigger.ts';
import { done, nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { Element } from './contract.ts';
import { waitFor } from './waiting.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    INTERMEDIATE_CATCH_EVENT: { readonly trigger: Trigger; /** An event-based gateway waits in its place. */ readonly behindGateway: boolean };
  }
}

export const intermediateCatchEvent: Element<'INTERMEDIATE_CATCH_EVENT'> = {
  reads: 'bpmn:IntermediateCatchEvent',
  extensions: ['zeebe:IoMapping'],
  read: readCatchEvent,
  passesAtOnce: ({ trigger }) => trigger.kind === 'link',
  mayWait: () => true,
  onActivate: (visit) => {
    const { trigger, behindGateway } = visit.element;
    return behindGateway || trigger.kind === 'link' ? done : (waitFor(visit, visit.element, trigger) ?? waiting);
  },
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};

function readCatchEvent(node: Node, base: ElementBase, problems: Problems): ElementOf<'INTERMEDIATE_CATCH_EVENT'> | undefined {
  const trigger = readTrigger(node, problems, ['timer', 'message', 'signal', 'link']);
  if (trigger === null) {
    const [definition] = nodesOf(node, 'eventDefinitions');
    if (definition?.$type === 'bpmn:TimerEventDefinition') problems.add(node, 'Intermediate timer catch event must have either a time duration or a time date.');
    if (definition === undefined) problems.add(node, 'Event definition must be one of: message, timer, signal, or link');
    return undefined;
  }
  if (trigger.kind === 'timer' && trigger.timer.kind === 'cycle') problems.add(node, 'an intermediate catch event must not have a timer cycle');
  // A link's way in is the jump of its throw event, so its inputs have no moment at which they would be read.
  return { ...base, inputs: trigger.kind === 'link' ? [] : base.inputs, type: 'INTERMEDIATE_CATCH_EVENT', trigger, behindGateway: false };
}
