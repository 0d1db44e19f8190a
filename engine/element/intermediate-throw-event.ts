// Intermediate throw event: throws and goes on; without a definition it is a milestone that is passed.
import type { ElementBase, ElementOf } from '../model/executable.ts';
import { definitionOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { takeAllFlows } from './behaviour.ts';
import type { Element } from './contract.ts';
import { takeBackJob } from './job-work.ts';
import { mappingsFor, readThrow } from './read-throw.ts';
import type { IntermediateThrow } from './read-throw.ts';
import { throwEvent } from './throw.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    INTERMEDIATE_THROW_EVENT: { readonly throws: IntermediateThrow };
  }
}

export const intermediateThrowEvent: Element<'INTERMEDIATE_THROW_EVENT'> = {
  reads: 'bpmn:IntermediateThrowEvent',
  extensions: ['zeebe:IoMapping', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  read: readThrowEvent,
  passesAtOnce: () => true,
  onActivate: (visit) => throwEvent(visit, visit.element.throws),
  onComplete: takeAllFlows,
  onTerminate: takeBackJob,
};

function readThrowEvent(node: Node, base: ElementBase, problems: Problems): ElementOf<'INTERMEDIATE_THROW_EVENT'> {
  const definition = definitionOf(node);
  const throws: IntermediateThrow = definition?.$type === 'bpmn:LinkEventDefinition'
    ? { kind: 'link' }
    : readThrow(node, problems, 'Intermediate throw event must be one of: none, message, escalation, signal, link or compensation');
  return { ...base, ...mappingsFor(base, throws), type: 'INTERMEDIATE_THROW_EVENT', throws };
}
