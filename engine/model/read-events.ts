// Reads events: what a catch event waits for, what a throw or end event does.
import type { ActivityModel, ElementBase, EndThrow, IntermediateThrow, Throw, Trigger } from './executable.ts';
import { extensionOf, nodeOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import { readJob } from './read-job.ts';
import { readTimer } from './read-timer.ts';

type Kind = Trigger['kind'];

export function readStartEvent(node: Node, base: ElementBase, problems: Problems): ActivityModel {
  if (base.inputs.length > 0) problems.add(node, 'a start event must not have input mappings');
  if (base.incoming.length > 0) problems.add(node, 'a start event must not have incoming flows');
  const parent = nodeOf(node, '$parent');
  if (parent?.['triggeredByEvent'] === true) return readEventSubProcessStart(node, parent, base, problems);
  if (parent?.$type === 'bpmn:SubProcess' && nodesOf(node, 'eventDefinitions').length > 0) {
    problems.add(parent, 'Start events in subprocesses must be of type none');
    readTrigger(node, problems, ['timer', 'message', 'signal', 'error', 'escalation']);
    return { ...base, type: 'START_EVENT', trigger: null, interrupting: true };
  }
  return { ...base, type: 'START_EVENT', trigger: readTrigger(node, problems, ['timer', 'message', 'signal']), interrupting: true };
}

function readEventSubProcessStart(node: Node, parent: Node, base: ElementBase, problems: Problems): ActivityModel {
  const interrupting = node['isInterrupting'] !== false;
  const trigger = readTrigger(node, problems, ['timer', 'message', 'signal', 'error', 'escalation']);
  if (trigger === null) problems.add(parent, 'Start events in event subprocesses must be one of: message, timer, error, signal or escalation');
  if (trigger?.kind === 'error' && !interrupting) problems.add(parent, 'Non-Interrupting event of this type is not allowed');
  if (interrupting && trigger?.kind === 'timer' && trigger.timer.kind === 'cycle') problems.add(parent, 'Interrupting timer event with time cycle is not allowed.');
  return { ...base, type: 'START_EVENT', trigger, interrupting };
}

export function readCatchEvent(node: Node, base: ElementBase, problems: Problems): ActivityModel | undefined {
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

export function readBoundaryEvent(node: Node, base: ElementBase, problems: Problems): ActivityModel | undefined {
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

export function readEndEvent(node: Node, base: ElementBase, problems: Problems): ActivityModel {
  if (base.outgoing.length > 0) problems.add(node, 'End events must not have outgoing sequence flows to other elements.');
  const throws = readEndThrow(node, problems);
  return { ...withMappings(base, throws), type: 'END_EVENT', throws };
}

function readEndThrow(node: Node, problems: Problems): EndThrow {
  const [definition] = nodesOf(node, 'eventDefinitions');
  if (definition?.$type === 'bpmn:TerminateEventDefinition') return { kind: 'terminate' };
  if (definition?.$type === 'bpmn:ErrorEventDefinition') {
    const code = textOf(nodeOf(definition, 'errorRef'), 'errorCode');
    if (code === undefined || code === '') problems.add(placeOf(node, definition), 'Must reference an error with an error code');
    return { kind: 'error', code: problems.check(node, code ?? '') };
  }
  return readThrow(node, problems, 'End events must be one of: none, error, message, terminate, signal, escalation or compensation');
}

export function readThrowEvent(node: Node, base: ElementBase, problems: Problems): ActivityModel {
  const [definition] = nodesOf(node, 'eventDefinitions');
  const throws: IntermediateThrow = definition?.$type === 'bpmn:LinkEventDefinition'
    ? { kind: 'link' }
    : readThrow(node, problems, 'Intermediate throw event must be one of: none, message, escalation, signal, link or compensation');
  return { ...withMappings(base, throws), type: 'INTERMEDIATE_THROW_EVENT', throws };
}

function readThrow(node: Node, problems: Problems, otherwise: string): Throw {
  const [definition] = nodesOf(node, 'eventDefinitions');
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
function withMappings(base: ElementBase, throws: EndThrow | IntermediateThrow): ElementBase {
  const inputs = throws.kind === 'message' || throws.kind === 'signal' ? base.inputs : [];
  const outputs = throws.kind === 'terminate' || throws.kind === 'compensation' ? [] : base.outputs;
  return { ...base, inputs, outputs };
}

/** The message of a catch event or receive task. */
export function readMessage(node: Node, message: Node | undefined, problems: Problems, isStart = false): Trigger | null {
  const name = message?.name;
  if (message === undefined || name === undefined || name === '') {
    problems.add(message ?? node, 'must refer to a message with a name');
    return null;
  }
  const correlationKey = textOf(extensionOf(message, 'zeebe:Subscription'), 'correlationKey');
  if (!isStart && (correlationKey === undefined || correlationKey === '')) {
    problems.add(message, `the message '${name}' must have a zeebe:subscription with a correlation key`);
    return null;
  }
  const key = isStart ? null : (correlationKey ?? '');
  return { kind: 'message', message: { name: problems.check(node, name), correlationKey: key === null ? null : problems.check(node, key) } };
}

function readTrigger(node: Node, problems: Problems, allowed: readonly Kind[]): Trigger | null {
  const [definition] = nodesOf(node, 'eventDefinitions');
  if (definition === undefined) return null;
  const kind = kindByType[definition.$type];
  if (kind === undefined || !allowed.includes(kind)) {
    if (kind === undefined && definition.id !== undefined) problems.add(definition, 'Event definition of this type is not supported');
    problems.add(node, `a ${node.$type.replace('bpmn:', '')} with ${definitionName(definition)} is not supported: its event definition must be one of ${allowed.join(', ')}`);
    return null;
  }
  switch (kind) {
    case 'message': return readMessage(node, nodeOf(definition, 'messageRef'), problems, node.$type === 'bpmn:StartEvent' && nodeOf(node, '$parent')?.$type === 'bpmn:Process');
    case 'timer': return readTimer(node, definition, problems);
    case 'signal': return { kind, name: readSignalName(node, definition, problems) };
    case 'error':
    case 'escalation': return readCode(node, definition, kind, problems);
    case 'link': return { kind, name: definition.name ?? '' };
    case 'compensation': return { kind };
    default: return kind satisfies never;
  }
}

const kindByType: Readonly<Record<string, Kind>> = {
  'bpmn:MessageEventDefinition': 'message',
  'bpmn:TimerEventDefinition': 'timer',
  'bpmn:SignalEventDefinition': 'signal',
  'bpmn:ErrorEventDefinition': 'error',
  'bpmn:EscalationEventDefinition': 'escalation',
  'bpmn:LinkEventDefinition': 'link',
  'bpmn:CompensateEventDefinition': 'compensation',
};

/** What is wrong in a definition is told of it by its id, when it has one. */
const placeOf = (node: Node, definition: Node): Node => (definition.id === undefined ? node : definition);

function readSignalName(node: Node, definition: Node, problems: Problems): string {
  const signal = nodeOf(definition, 'signalRef');
  if (signal === undefined) problems.add(placeOf(node, definition), 'Must reference a signal');
  else if (signal.name === undefined || signal.name === '') problems.add(signal, 'Name must be present and not empty');
  return problems.check(node, signal?.name ?? '');
}

/** What catches: an error or escalation without a reference catches all. */
function readCode(node: Node, definition: Node, kind: 'error' | 'escalation', problems: Problems): Trigger {
  const code = textOf(nodeOf(definition, `${kind}Ref`), `${kind}Code`) ?? '';
  if (code.trimStart().startsWith('=')) problems.add(node, `the ${kind} code of a catch event must be a static text`);
  return { kind, code: code === '' ? null : code };
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
  const hasHandler = siblings.some((other) => nodeOf(other, 'attachedToRef') === activity && nodesOf(other, 'eventDefinitions')[0]?.$type === 'bpmn:CompensateEventDefinition');
  if (!hasHandler && activity.$type !== 'bpmn:SubProcess') {
    problems.add(node, `The referenced compensation activity '${activity.id ?? ''}' must have either a compensation boundary event or be a subprocess`);
  }
  return activity.id ?? null;
}

/** `bpmn:SignalEventDefinition` as `a signal definition`. */
const definitionName = (definition: Node): string => `a ${definition.$type.replace('bpmn:', '').replace('EventDefinition', '').toLowerCase()} definition`;
