// Reads ad-hoc sub-processes: what can be activated in them, what is from the start, and when they are done.
import type { ActivityModel, AdHocModel, ElementBase } from './executable.ts';
import { extensionOf, isTrue, nodeOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import { readJob } from './read-job.ts';

/** The element id of the scopes in which activated elements run. */
export const innerInstanceId = (adHocId: string): string => `${adHocId}#innerInstance`;

export function readAdHoc(node: Node, base: ElementBase, problems: Problems): ActivityModel {
  return { ...base, type: 'AD_HOC_SUB_PROCESS', adHoc: readModel(node, problems), eventSubProcesses: eventSubProcessesIn(node, problems).map((child) => child.id ?? '') };
}

/** The scope that the engine makes around each activated element. */
export function innerInstanceOf({ id, name, adHoc }: ActivityModel & { readonly type: 'AD_HOC_SUB_PROCESS' }): ActivityModel {
  return {
    id: innerInstanceId(id), name, scopeId: id, incoming: [], outgoing: [], inputs: [], outputs: [], boundaryEvents: [], compensationHandler: null, isForCompensation: false,
    type: 'AD_HOC_SUB_PROCESS_INNER_INSTANCE', adHoc,
  };
}

function readModel(node: Node, problems: Problems): AdHocModel {
  const inside = nodesOf(node, 'flowElements');
  const targets = new Set(inside.map((child) => nodeOf(child, 'targetRef')));
  const free = inside.filter((child) => child.$type !== 'bpmn:SequenceFlow' && child.$type !== 'bpmn:BoundaryEvent' && !targets.has(child) && !isTrue(child, 'triggeredByEvent'));
  // As Zeebe does: an activity to which a flow leads counts here, though it cannot be activated by name.
  if (free.length === 0 && !inside.some((child) => /(Task|SubProcess|CallActivity)$/.test(child.$type))) problems.add(node, 'Must have at least one activity.');
  if (inside.some((child) => child.$type === 'bpmn:StartEvent')) problems.add(node, 'Must not contain a start event.');
  if (inside.some((child) => child.$type === 'bpmn:EndEvent')) problems.add(node, 'Must not contain an end event.');
  const extension = extensionOf(node, 'zeebe:AdHoc');
  const expression = (property: string) => {
    const source = textOf(extension, property) ?? '';
    if (source !== '' && !source.trimStart().startsWith('=')) problems.add(node, `Expected expression but found static value '${source}'. An expression must start with '=' (e.g. '=${source}').`);
    return source === '' ? null : problems.check(node, source);
  };
  const collection = textOf(extension, 'outputCollection') ?? '';
  const element = expression('outputElement');
  if ((collection === '') !== (element === null)) problems.add(node, 'outputCollection and outputElement must be given together.');
  const condition = textOf(nodeOf(node, 'completionCondition'), 'body')?.trim() ?? '';
  const job = extensionOf(node, 'zeebe:TaskDefinition') === undefined ? undefined : readJob(node, problems);
  const isGiven = { activeElementsCollection: textOf(extension, 'activeElementsCollection') !== undefined, completionCondition: condition !== '' };
  for (const [name, given] of Object.entries(isGiven)) if (job !== undefined && given) problems.add(node, `Must not define ${name} in combination with zeebe:taskDefinition.`);
  return {
    activities: free.map((child) => ({ elementId: child.id ?? '', ...(child.name === undefined ? {} : { elementName: child.name }) })),
    activeElements: expression('activeElementsCollection'),
    completionCondition: condition === '' ? null : problems.check(node, condition),
    cancelsRemaining: node['cancelRemainingInstances'] !== false,
    output: collection === '' || element === null ? null : { collection, element },
    ...(job === undefined ? {} : { job }),
  };
}

/** They stand beside what is activated; none of them may end it. */
function eventSubProcessesIn(node: Node, problems: Problems): readonly Node[] {
  const found = nodesOf(node, 'flowElements').filter((child) => isTrue(child, 'triggeredByEvent'));
  for (const child of found) {
    const interrupts = nodesOf(child, 'flowElements').some((event) => event.$type === 'bpmn:StartEvent' && event['isInterrupting'] !== false);
    if (interrupts) problems.add(child, 'An interrupting event subprocess is not allowed inside an ad-hoc subprocess');
  }
  return found;
}
