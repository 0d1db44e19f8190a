// What must hold between the elements of one process or sub-process; each in the words in which a cluster refuses it.
import type { ElementModel } from './executable.ts';
import { isTrue, nodeOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import { handlerOf } from './scope.ts';
import type { Scope } from './scope.ts';

/** `parent` is the process or sub-process itself. */
export function checkScope(parent: Node, scope: Scope, problems: Problems): void {
  for (const starts of startsOf(parent, scope)) checkSameEvents(parent, starts, problems);
  for (const node of scope.nodes) {
    checkSameEvents(node, scope.attachedTo.get(node) ?? [], problems);
    if (node.$type === 'bpmn:EventBasedGateway') checkEventBasedGateway(node, scope, problems);
    if (node.$type === 'bpmn:BoundaryEvent' && definitionOf(node)?.$type === 'bpmn:CompensateEventDefinition') checkCompensation(node, scope, problems);
  }
  checkLinks(parent, scope, problems);
}

const definitionOf = (node: Node): Node | undefined => nodesOf(node, 'eventDefinitions')[0];

/** Start events by which the scope can be reached: of a process its own, and those of event sub-processes. */
function startsOf(parent: Node, scope: Scope): Node[][] {
  const inner = scope.nodes.filter((node) => isTrue(node, 'triggeredByEvent')).flatMap((node) => nodesOf(node, 'flowElements'));
  const own = parent.$type === 'bpmn:Process' ? scope.nodes : [];
  return [own, inner].map((nodes) => nodes.filter((node) => node.$type === 'bpmn:StartEvent'));
}

/** Nothing may be caught twice in one place. */
function checkSameEvents(place: Node, events: readonly Node[], problems: Problems): void {
  const seen = new Set<string>();
  for (const event of events) {
    const definition = definitionOf(event);
    if (definition === undefined) continue;
    const what = whatItCatches(place, event, definition);
    if (what !== undefined && seen.has(what.sentence)) problems.add(what.at, what.sentence);
    if (what !== undefined) seen.add(what.sentence);
  }
}

function whatItCatches(place: Node, event: Node, definition: Node): { readonly at: Node; readonly sentence: string } | undefined {
  const named = (kind: string, name: string) => ({ at: place, sentence: `Multiple ${kind} event definitions with the same name '${name}' are not allowed.` });
  const coded = (kind: string, code: string) => ({
    at: place,
    sentence: code === '' ? `Multiple ${kind} catch events without ${kind} code are not supported on the same scope. An ${kind} catch event without ${kind} code catches all ${kind}s.`
      : `Multiple ${kind} catch events with the same ${kind} code '${code}' are not supported on the same scope.`,
  });
  switch (definition.$type) {
    case 'bpmn:MessageEventDefinition': {
      const message = nodeOf(definition, 'messageRef');
      if (message?.name === undefined) return undefined;
      const isProcessStart = event.$type === 'bpmn:StartEvent' && nodeOf(event, '$parent') === place;
      return isProcessStart ? { at: message, sentence: 'A message cannot be referred by more than one start event' } : named('message', message.name);
    }
    case 'bpmn:SignalEventDefinition': {
      const name = nodeOf(definition, 'signalRef')?.name;
      return name === undefined ? undefined : named('signal', name);
    }
    case 'bpmn:ErrorEventDefinition': return coded('error', textOf(nodeOf(definition, 'errorRef'), 'errorCode') ?? '');
    case 'bpmn:EscalationEventDefinition': return coded('escalation', textOf(nodeOf(definition, 'escalationRef'), 'escalationCode') ?? '');
    default: return undefined;
  }
}

function checkEventBasedGateway(gateway: Node, scope: Scope, problems: Problems): void {
  const targets = (scope.flowsFrom.get(gateway) ?? []).map((flow) => nodeOf(flow, 'targetRef'));
  if (targets.length < 2) problems.add(gateway, 'Event-based gateway must have at least 2 outgoing sequence flows.');
  const isAwaited = (target: Node | undefined) =>
    target?.$type === 'bpmn:IntermediateCatchEvent' && /^bpmn:(Message|Timer|Signal)EventDefinition$/.test(definitionOf(target)?.$type ?? '');
  if (!targets.every(isAwaited)) problems.add(gateway, 'Event-based gateway must not have an outgoing sequence flow to other elements than message/timer/signal intermediate catch events.');
  for (const target of targets.filter(isAwaited)) {
    if (target !== undefined && (scope.flowsTo.get(target)?.length ?? 0) > 1) problems.add(target, 'Target elements of an event-based gateway must not have additional incoming sequence flows other than that from the event-based gateway.');
  }
  checkSameEvents(gateway, targets.flatMap((target) => (target === undefined ? [] : [target])), problems);
}

function checkCompensation(boundary: Node, scope: Scope, problems: Problems): void {
  const handler = handlerOf(boundary, scope);
  const leaves = (node: Node) => scope.flowsFrom.has(node);
  if (handler === undefined || !isTrue(handler, 'isForCompensation') || leaves(boundary)) {
    problems.add(boundary, 'Compensation boundary events must have a compensation association and no outgoing sequence flows');
  } else if (leaves(handler)) problems.add(handler, 'A compensation handler should have no outgoing sequence flows');
}

function checkLinks(parent: Node, scope: Scope, problems: Problems): void {
  const named = (type: string) => scope.nodes.filter((node) => node.$type === type && definitionOf(node)?.$type === 'bpmn:LinkEventDefinition').map((node) => definitionOf(node)?.name ?? '');
  const catches = named('bpmn:IntermediateCatchEvent');
  const throws = named('bpmn:IntermediateThrowEvent');
  for (const name of new Set(throws)) {
    if (!catches.includes(name)) problems.add(parent, `Can't find an catch link event for the throw link event with the name '${name}'.`);
  }
  for (const name of new Set(catches.filter((one, index) => catches.indexOf(one) !== index))) {
    problems.add(parent, `Multiple intermediate catch link event definitions with the same name '${name}' are not allowed.`);
  }
  if ([...catches, ...throws].includes('')) problems.add(parent, 'Link name must be present and not empty.');
}

/** A loop in which nothing waits would never end; its elements in order, the first one again at the end. */
export function findLoop(elements: Readonly<Record<string, ElementModel>>): readonly string[] | undefined {
  const settled = new Set<string>();
  const ids = Object.keys(elements);
  for (const id of [...ids.filter((one) => !isGateway(elements[one])), ...ids.filter((one) => isGateway(elements[one]))]) {
    const found = loopFrom(id, elements, settled);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Goes every way from here in which nothing waits; without recursion, as a way can be as long as the diagram. */
function loopFrom(start: string, elements: Readonly<Record<string, ElementModel>>, settled: Set<string>): readonly string[] | undefined {
  const way: { readonly id: string; readonly targets: readonly string[]; next: number }[] = [];
  const placeById = new Map<string, number>();
  const enter = (id: string): readonly string[] | undefined => {
    const element = elements[id];
    if (element === undefined || settled.has(id) || !passesAtOnce(element)) return undefined;
    const place = placeById.get(id);
    if (place !== undefined) {
      const loop = way.slice(place).map((step) => step.id);
      return loop.some((one) => !isGateway(elements[one])) ? [...loop, id] : undefined;
    }
    placeById.set(id, way.length);
    way.push({ id, targets: element.outgoing.map((flow) => flow.target), next: 0 });
    return undefined;
  };
  let found = enter(start);
  for (let step = way.at(-1); step !== undefined && found === undefined; step = way.at(-1)) {
    const target = step.targets[step.next++];
    if (target !== undefined) found = enter(target);
    else {
      settled.add(step.id);
      placeById.delete(step.id);
      way.pop();
    }
  }
  return found;
}

const isGateway = (element: ElementModel | undefined): boolean => element?.type.endsWith('GATEWAY') === true;

/** As a cluster sees it: a throw event counts even when a job does its work. */
function passesAtOnce(element: ElementModel): boolean {
  switch (element.type) {
    case 'MULTI_INSTANCE_BODY': return passesAtOnce(element.inner);
    case 'TASK':
    case 'MANUAL_TASK':
    case 'INTERMEDIATE_THROW_EVENT':
    case 'EXCLUSIVE_GATEWAY':
    case 'INCLUSIVE_GATEWAY':
    case 'PARALLEL_GATEWAY': return true;
    case 'SCRIPT_TASK': return 'script' in element.work;
    case 'INTERMEDIATE_CATCH_EVENT': return element.trigger.kind === 'link';
    default: return false;
  }
}
