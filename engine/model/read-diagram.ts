// Makes executable models from a BPMN file, or lists everything that stands in the way.
import type { ElementModel, ProcessModel } from './executable.ts';
import { extensionOf, extensionsOf, isTrue, nodeOf, nodesOf, readXml, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import { collectProblems } from './problems.ts';
import type { Problems } from './problems.ts';
import { checkScope, findLoop } from './check-scope.ts';
import { innerInstanceOf } from './read-ad-hoc.ts';
import { eventSubProcessesOf, readElement } from './read-element.ts';
import { readExecutionListeners } from './read-listeners.ts';
import { connect, createScope } from './scope.ts';
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
  for (const node of scope.nodes) {
    const element = readElement(node, connect(node, scope, problems), problems);
    if (element !== undefined) elements[element.id] = element;
    if (node.$type === 'bpmn:SubProcess') readScope(node, node.id ?? '', elements, problems);
    if (node.$type === 'bpmn:AdHocSubProcess') readAdHocScope(node, elements, problems);
  }
  checkScope(parent, scope, problems);
  markBehindGateways(scope, elements);
}

/** Between an ad-hoc sub-process and what runs in it stands the scope of the activated element. */
function readAdHocScope(node: Node, elements: Record<string, ElementModel>, problems: Problems): void {
  const element = elements[node.id ?? ''];
  const adHoc = element?.type === 'MULTI_INSTANCE_BODY' ? element.inner : element;
  if (adHoc?.type !== 'AD_HOC_SUB_PROCESS') return;
  const inner = innerInstanceOf(adHoc);
  elements[inner.id] = inner;
  readScope(node, inner.id, elements, problems);
  for (const id of adHoc.eventSubProcesses) {
    const eventSubProcess = elements[id];
    if (eventSubProcess !== undefined) elements[id] = { ...eventSubProcess, scopeId: adHoc.id };
  }
}

/** What an event-based gateway leads to is waited for by the gateway; its input mappings are left out, as on a cluster. */
function markBehindGateways(scope: Scope, elements: Record<string, ElementModel>): void {
  for (const flow of scope.flows) {
    const target = elements[nodeOf(flow, 'targetRef')?.id ?? ''];
    if (nodeOf(flow, 'sourceRef')?.$type === 'bpmn:EventBasedGateway' && target?.type === 'INTERMEDIATE_CATCH_EVENT') elements[target.id] = { ...target, behindGateway: true, inputs: [] };
  }
}
