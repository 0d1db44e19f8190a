// End event: the token ends here, after what the event throws; how a terminate end event ends its scope is in step.ts.
import type { ElementBase, ElementOf } from '../model/executable.ts';
import { definitionOf, nodeOf, placeOf, textOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { takeAllFlows } from './behaviour.ts';
import type { Element } from './contract.ts';
import { takeBackJob } from './job-work.ts';
import { mappingsFor, readThrow } from './read-throw.ts';
import type { EndThrow } from './read-throw.ts';
import { throwEvent } from './throw.ts';

declare module '../model/executable.ts' {
  interface ElementModels {
    END_EVENT: { readonly throws: EndThrow };
  }
}

export const endEvent: Element<'END_EVENT'> = {
  reads: 'bpmn:EndEvent',
  extensions: ['zeebe:IoMapping', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  read: readEndEvent,
  refusesListeners: (node) => (definitionOf(node)?.$type === 'bpmn:ErrorEventDefinition' ? { event: 'end', by: '[error] end events' } : undefined),
  onActivate: (visit) => throwEvent(visit, visit.element.throws),
  onComplete: takeAllFlows,
  onTerminate: takeBackJob,
};

function readEndEvent(node: Node, base: ElementBase, problems: Problems): ElementOf<'END_EVENT'> {
  if (base.outgoing.length > 0) problems.add(node, 'End events must not have outgoing sequence flows to other elements.');
  const throws = readEndThrow(node, problems);
  return { ...base, ...mappingsFor(base, throws), type: 'END_EVENT', throws };
}

function readEndThrow(node: Node, problems: Problems): EndThrow {
  const definition = definitionOf(node);
  if (definition?.$type === 'bpmn:TerminateEventDefinition') return { kind: 'terminate' };
  if (definition?.$type === 'bpmn:ErrorEventDefinition') {
    const code = textOf(nodeOf(definition, 'errorRef'), 'errorCode');
    if (code === undefined || code === '') problems.add(placeOf(node, definition), 'Must reference an error with an error code');
    return { kind: 'error', code: problems.check(node, code ?? '') };
  }
  return readThrow(node, problems, 'End events must be one of: none, error, message, terminate, signal, escalation or compensation');
}
