// Reads what a throw or end event throws.
import type { ElementBase, ExpressionSource, JobModel } from '../model/executable.ts';
import { definitionOf, extensionOf, nodeOf, nodesOf, placeOf, textOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import { readJob } from '../model/read-job.ts';
import { readTimer } from '../model/read-timer.ts';
import { readSignalName } from '../model/read-trigger.ts';

/** What a throw or end event does. */
export type Throw =
  | { readonly kind: 'none' }
  | { readonly kind: 'message'; readonly job: JobModel }
  | { readonly kind: 'signal'; readonly name: ExpressionSource }
  | { readonly kind: 'escalation'; readonly code: ExpressionSource }
  | { readonly kind: 'compensation'; /** One activity of its scope; null: all. */ readonly activityId: string | null };
/** A link leads to its catch event by a flow without id. */
export type IntermediateThrow = Throw | { readonly kind: 'link' };
export type EndThrow = Throw | { readonly kind: 'error'; readonly code: ExpressionSource } | { readonly kind: 'terminate' };

export function readThrow(node: Node, problems: Problems, otherwise: string): Throw {
  const definition = definitionOf(node);
  switch (definition?.$type) {
    case undefined: return { kind: 'none' };
    case 'bpmn:MessageEventDefinition': {
      if (extensionOf(node, 'zeebe:TaskDefinition') === undefined) problems.add(node, "Must have either one 'zeebe:publishMessage' or one 'zeebe:taskDefinition' extension element");
      return { kind: 'message', job: readJob(node, problems, true) };
    }
    case 'bpmn:SignalEventDefinition': return { kind: 'signal', name: readSignalName(node, definition, problems) };
    case 'bpmn:EscalationEventDefinition': return { kind: 'escalation', code: readThrownEscalation(node, definition, problems) };
    case 'bpmn:CompensateEventDefinition': {
      if (definition['waitForCompletion'] === false) problems.add(node, 'A compensation intermediate throwing event waitForCompletion attribute must be true or not present');
      return { kind: 'compensation', activityId: readCompensated(node, definition, problems) };
    }
    default:
      if (definition?.$type !== 'bpmn:TimerEventDefinition' || readTimer(node, definition, problems) !== null) problems.add(node, otherwise);
      return { kind: 'none' };
  }
}

/** As on a cluster inputs count only where a job or a signal takes variables along, outputs everywhere but here. */
export function mappingsFor(base: ElementBase, throws: EndThrow | IntermediateThrow): Pick<ElementBase, 'inputs' | 'outputs'> {
  const inputs = throws.kind === 'message' || throws.kind === 'signal' ? base.inputs : [];
  const outputs = throws.kind === 'terminate' || throws.kind === 'compensation' ? [] : base.outputs;
  return { inputs, outputs };
}

function readThrownEscalation(node: Node, definition: Node, problems: Problems): string {
  const escalation = nodeOf(definition, 'escalationRef');
  const code = textOf(escalation, 'escalationCode') ?? '';
  if (escalation === undefined) problems.add(placeOf(node, definition), 'Must reference an escalation');
  else if (code === '') problems.add(escalation, 'EscalationCode must be present and not empty');
  return problems.check(node, code);
}

function readCompensated(node: Node, definition: Node, problems: Problems): string | null {
  const activity = nodeOf(definition, 'activityRef');
  if (activity === undefined) return null;
  const siblings = nodesOf(nodeOf(activity, '$parent'), 'flowElements');
  const hasHandler = siblings.some((other) => nodeOf(other, 'attachedToRef') === activity && definitionOf(other)?.$type === 'bpmn:CompensateEventDefinition');
  if (!hasHandler && activity.$type !== 'bpmn:SubProcess') {
    problems.add(node, `The referenced compensation activity '${activity.id ?? ''}' must have either a compensation boundary event or be a subprocess`);
  }
  return activity.id ?? null;
}
