// Reads what a catch event waits for.
import type { Trigger } from './executable.ts';
import { definitionOf, extensionOf, nodeOf, placeOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import { readTimer } from './read-timer.ts';

type Kind = Trigger['kind'];

/** `isProcessStart`: a message starts an instance, so it needs no correlation key. */
export function readTrigger(node: Node, problems: Problems, allowed: readonly Kind[], isProcessStart = false): Trigger | null {
  const definition = definitionOf(node);
  if (definition === undefined) return null;
  const kind = kindByType[definition.$type];
  if (kind === undefined || !allowed.includes(kind)) {
    if (kind === undefined && definition.id !== undefined) problems.add(definition, 'Event definition of this type is not supported');
    problems.add(node, `a ${node.$type.replace('bpmn:', '')} with ${definitionName(definition)} is not supported: its event definition must be one of ${allowed.join(', ')}`);
    return null;
  }
  switch (kind) {
    case 'message': return readMessage(node, nodeOf(definition, 'messageRef'), problems, isProcessStart);
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

export function readSignalName(node: Node, definition: Node, problems: Problems): string {
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

/** `bpmn:SignalEventDefinition` as `a signal definition`. */
const definitionName = (definition: Node): string => `a ${definition.$type.replace('bpmn:', '').replace('EventDefinition', '').toLowerCase()} definition`;
