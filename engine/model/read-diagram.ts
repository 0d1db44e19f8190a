// Makes executable models from a BPMN file, or lists everything that stands in the way.
import { elementDrawnBy } from '../element/index.ts';
import { inMultiInstance } from '../element/multi-instance-body.ts';
import { eventSubProcessesOf } from '../element/read-inside.ts';
import type { ActivityModel, ElementModel, ProcessModel } from './executable.ts';
import { extensionOf, extensionsOf, isTrue, nodeOf, nodesOf, readXml, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import { collectProblems } from './problems.ts';
import type { Problems } from './problems.ts';
import { checkScope } from './check-scope.ts';
import { connect } from './connect.ts';
import { findLoop } from './find-loop.ts';
import { readExecutionListeners } from './read-execution-listeners.ts';
import { createScope } from './scope.ts';
import type { Scope } from './scope.ts';
import { checkSupported, isDrawing, isSupported, shortName } from './supported.ts';

/** All executable processes of the file. */
export async function readDiagram(xml: string): Promise<{ readonly processes: readonly ProcessModel[] } | { readonly error: string }> {
  const read = await readXml(xml);
  if ('error' in read) return read;
  const problems = collectProblems(xml);
  const executable = nodesOf(read.definitions, 'rootElements').filter((node) => node.$type === 'bpmn:Process' && isTrue(node, 'isExecutable'));
  if (executable.length === 0) return { error: `- Element: definitions - ERROR: Must contain at least one executable process` };
  const processes = executable.map((node) => readProcess(node, problems));
  return problems.list().length === 0 ? { processes } : { error: problems.list().join('\n') };
}

function readProcess(node: Node, problems: Problems): ProcessModel {
  checkSupported(node, extensionsOf(node), problems);
  const listeners = readExecutionListeners(node, problems);
  const elements: Record<string, ElementModel> = {};
  readScope(node, null, elements, problems);
  const loop = findLoop(elements);
  if (loop !== undefined) problems.addToProcess(node, `Processes are not allowed to contain a straight-through processing loop: ${loop.join(' > ')}`);
  const starts = Object.values(elements).filter((element) => element.type === 'START_EVENT' && element.scopeId === null);
  const noneStarts = starts.filter((start) => start.type === 'START_EVENT' && start.trigger === null);
  if (starts.length === 0) problems.add(node, 'must have at least one start event');
  if (noneStarts.length > 1) problems.add(node, 'multiple none start events are not allowed');
  const noneStart = noneStarts[0]?.id ?? null;
  const startNode = nodesOf(node, 'flowElements').find((child) => child.id !== undefined && child.id === noneStart);
  return {
    bpmnProcessId: node.id ?? '',
    name: node.name ?? null,
    versionTag: textOf(extensionOf(node, 'zeebe:VersionTag'), 'value') ?? null,
    startFormId: startNode === undefined ? null : (textOf(extensionOf(startNode, 'zeebe:FormDefinition'), 'formId') ?? null),
    elements,
    noneStart,
    eventStarts: starts.filter((start) => start.id !== noneStart).map((start) => start.id),
    eventSubProcesses: eventSubProcessesOf(nodesOf(node, 'flowElements')),
    compensates: Object.values(elements).some((element) => element.compensationHandler !== null),
    ...(listeners === undefined ? {} : { listeners }),
  };
}

/** Reads the flow elements of a process or sub-process, inner ones too, into one flat map. */
function readScope(parent: Node, scopeId: string | null, elements: Record<string, ElementModel>, problems: Problems): void {
  const children = nodesOf(parent, 'flowElements').filter((node) => !isDrawing(node));
  for (const child of children) {
    if (!isSupported(child)) problems.add(child, `a ${shortName(child)} is not supported`);
    else checkSupported(child, extensionsOf(child), problems);
  }
  const associations = nodesOf(parent, 'artifacts').filter((node) => node.$type === 'bpmn:Association');
  const scope = createScope({ scopeId, associations, nodes: children.filter((node) => isSupported(node) && node.$type !== 'bpmn:SequenceFlow'), flows: children.filter((node) => node.$type === 'bpmn:SequenceFlow') });
  for (const node of scope.nodes) readElement(node, scope, elements, problems);
  checkScope(parent, scope, problems);
  adaptTargets(scope, elements);
}

/** Reads one element with its Zeebe extensions, and what is drawn inside it. */
function readElement(node: Node, scope: Scope, elements: Record<string, ElementModel>, problems: Problems): void {
  const drawn = elementDrawnBy(node);
  const activity = drawn?.read(node, connect(node, scope, problems), problems);
  if (drawn === undefined || activity === undefined) return;
  const element = inMultiInstance(node, activity, problems);
  if (element !== undefined) elements[element.id] = element;
  const inside = drawn.innerScope?.(activity);
  if (inside !== undefined) readInnerScope(node, activity, inside, elements, problems);
}

/** Where the engine makes a scope for what runs inside, event sub-processes stand beside it, not in it. */
function readInnerScope(node: Node, activity: ActivityModel, inside: ActivityModel, elements: Record<string, ElementModel>, problems: Problems): void {
  if (inside.id === activity.id) return readScope(node, activity.id, elements, problems);
  elements[inside.id] = inside;
  readScope(node, inside.id, elements, problems);
  for (const id of eventSubProcessesOf(nodesOf(node, 'flowElements'))) {
    const eventSubProcess = elements[id];
    if (eventSubProcess !== undefined) elements[id] = { ...eventSubProcess, scopeId: activity.id };
  }
}

/** What waits for its targets itself, such as an event-based gateway, changes them. */
function adaptTargets(scope: Scope, elements: Record<string, ElementModel>): void {
  for (const flow of scope.flows) {
    const source = nodeOf(flow, 'sourceRef');
    const target = elements[nodeOf(flow, 'targetRef')?.id ?? ''];
    const adapted = source === undefined || target === undefined ? undefined : elementDrawnBy(source)?.adaptTarget?.(target);
    if (adapted !== undefined) elements[adapted.id] = adapted;
  }
}
