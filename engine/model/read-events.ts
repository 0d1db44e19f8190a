// Reads events: what a catch event waits for, what an end event throws.
import type { ElementBase, ElementModel, ExpressionSource, TimerModel, Trigger } from './executable.ts';
import { extensionOf, isTrue, nodeOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

type Kind = Trigger['kind'];

export function readStartEvent(node: Node, base: ElementBase, problems: Problems): ElementModel {
  if (base.inputs.length > 0) problems.add(node, 'a start event must not have input mappings');
  if (base.incoming.length > 0) problems.add(node, 'a start event must not have incoming flows');
  const trigger = readTrigger(node, problems, base.scopeId === null ? ['timer', 'message'] : []);
  return { ...base, type: 'START_EVENT', trigger };
}

export function readCatchEvent(node: Node, base: ElementBase, problems: Problems): ElementModel | undefined {
  const trigger = readTrigger(node, problems, ['timer', 'message']);
  if (trigger === null) {
    if (nodesOf(node, 'eventDefinitions').length === 0) problems.add(node, 'an intermediate catch event must have a timer or a message');
    return undefined;
  }
  if (trigger.kind === 'timer' && trigger.timer.kind === 'cycle') problems.add(node, 'an intermediate catch event must not have a timer cycle');
  return { ...base, type: 'INTERMEDIATE_CATCH_EVENT', trigger };
}

export function readBoundaryEvent(node: Node, base: ElementBase, problems: Problems): ElementModel | undefined {
  const attachedTo = nodeOf(node, 'attachedToRef')?.id;
  if (attachedTo === undefined) problems.add(node, 'a boundary event must be attached to an activity');
  if (base.inputs.length > 0) problems.add(node, 'a boundary event must not have input mappings');
  if (base.incoming.length > 0) problems.add(node, 'a boundary event must not have incoming flows');
  const trigger = readTrigger(node, problems, ['timer', 'message', 'error']);
  if (trigger === null || attachedTo === undefined) {
    if (nodesOf(node, 'eventDefinitions').length === 0) problems.add(node, 'a boundary event must have a timer, a message or an error');
    return undefined;
  }
  const interrupting = node['cancelActivity'] !== false;
  if (trigger.kind === 'error' && !interrupting) problems.add(node, 'an error boundary event must be interrupting');
  if (interrupting && trigger.kind === 'timer' && trigger.timer.kind === 'cycle') problems.add(node, 'an interrupting boundary event must not have a timer cycle');
  return { ...base, type: 'BOUNDARY_EVENT', trigger, attachedTo, interrupting };
}

export function readEndEvent(node: Node, base: ElementBase, problems: Problems): ElementModel {
  if (base.outgoing.length > 0) problems.add(node, 'an end event must not have outgoing flows');
  const [definition] = nodesOf(node, 'eventDefinitions');
  if (definition === undefined) return { ...base, type: 'END_EVENT', errorCode: null };
  if (definition.$type !== 'bpmn:ErrorEventDefinition') {
    problems.add(node, `an end event with ${definitionName(definition)} is not supported`);
    return { ...base, type: 'END_EVENT', errorCode: null };
  }
  const errorCode = textOf(nodeOf(definition, 'errorRef'), 'errorCode');
  if (errorCode === undefined || errorCode === '') problems.add(node, 'an error end event must have an error with an error code');
  return { ...base, type: 'END_EVENT', errorCode: problems.check(node, errorCode ?? '') };
}

export function readThrowEvent(node: Node, base: ElementBase, problems: Problems): ElementModel {
  const [definition] = nodesOf(node, 'eventDefinitions');
  if (definition !== undefined) problems.add(node, `an intermediate throw event with ${definitionName(definition)} is not supported`);
  return { ...base, type: 'INTERMEDIATE_THROW_EVENT' };
}

/** The message of a catch event or receive task. */
export function readMessage(node: Node, message: Node | undefined, problems: Problems, isStart = false): Trigger | null {
  const name = message?.name;
  if (name === undefined || name === '') {
    problems.add(node, 'must refer to a message with a name');
    return null;
  }
  const correlationKey = message === undefined ? undefined : textOf(extensionOf(message, 'zeebe:Subscription'), 'correlationKey');
  if (!isStart && (correlationKey === undefined || correlationKey === '')) {
    problems.add(node, `the message '${name}' must have a zeebe:subscription with a correlation key`);
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
    problems.add(node, `${node.$type === 'bpmn:StartEvent' ? 'a start event of this scope' : `a ${node.$type.replace('bpmn:', '')}`} with ${definitionName(definition)} is not supported`);
    return null;
  }
  switch (kind) {
    case 'message': return readMessage(node, nodeOf(definition, 'messageRef'), problems, node.$type === 'bpmn:StartEvent');
    case 'timer': return readTimer(node, definition, problems);
    case 'error': return readError(node, definition, problems);
    default: return kind satisfies never;
  }
}

const kindByType: Readonly<Record<string, Kind>> = {
  'bpmn:MessageEventDefinition': 'message',
  'bpmn:TimerEventDefinition': 'timer',
  'bpmn:ErrorEventDefinition': 'error',
};

function readTimer(node: Node, definition: Node, problems: Problems): Trigger | null {
  const kinds = (['duration', 'date', 'cycle'] as const).flatMap((kind): { kind: TimerModel['kind']; expression: ExpressionSource }[] => {
    const expression = textOf(nodeOf(definition, `time${kind.charAt(0).toUpperCase()}${kind.slice(1)}`), 'body')?.trim();
    return expression === undefined || expression === '' ? [] : [{ kind, expression }];
  });
  const [timer] = kinds;
  if (timer === undefined || kinds.length > 1) {
    problems.add(node, 'a timer must have exactly one of timeDuration, timeDate and timeCycle');
    return null;
  }
  problems.check(node, timer.expression);
  return { kind: 'timer', timer };
}

function readError(node: Node, definition: Node, problems: Problems): Trigger {
  const code = textOf(nodeOf(definition, 'errorRef'), 'errorCode') ?? '';
  if (code.trimStart().startsWith('=')) problems.add(node, 'the error code of a catch event must be a static text');
  return { kind: 'error', code: code === '' ? null : code };
}

/** `bpmn:SignalEventDefinition` as `a signal definition`. */
function definitionName(definition: Node): string {
  const word = definition.$type.replace('bpmn:', '').replace('EventDefinition', '').toLowerCase();
  return isTrue(definition, 'isTerminate') ? 'a terminate definition' : `a ${word} definition`;
}
