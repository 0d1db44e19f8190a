// Writes BPMN diagrams in a few lines: elements by functions, sequence flows as text ("start > score > end").
import type { Resource } from './scenario.ts';

/** An element of a diagram; `body` is its inner XML without flows, `definitions` what it needs at the root. */
export type Node = {
  readonly tag: string;
  readonly id: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly extensions?: string;
  readonly body?: string;
  /** Inner XML that must stand behind the flows. */
  readonly tail?: string;
  readonly definitions?: readonly string[];
  readonly inside?: { readonly nodes: readonly Node[]; readonly flows: readonly Flow[] };
};
/** A chain of elements, or one flow with a condition or as the default of its source. */
export type Flow = string | { readonly from: string; readonly to: string; readonly condition?: string; readonly isDefault?: boolean };

/** Mappings and headers that any element may have: target → source expression. */
export type Mapping = Readonly<Record<string, string>>;
export type Extras = { readonly inputs?: Mapping; readonly outputs?: Mapping; readonly headers?: Mapping; readonly listeners?: readonly Listener[] };
/** An execution listener; its job has the given type. */
export type Listener = { readonly event: 'start' | 'end'; readonly type: string; readonly retries?: string };
export const atStart = (type: string, retries?: string): Listener => ({ event: 'start', type, ...(retries === undefined ? {} : { retries }) });
export const atEnd = (type: string, retries?: string): Listener => ({ event: 'end', type, ...(retries === undefined ? {} : { retries }) });

export const when = (from: string, to: string, condition: string): Flow => ({ from, to, condition });
export const otherwise = (from: string, to: string): Flow => ({ from, to, isDefault: true });

/** A whole file with one executable process. */
export function process(id: string, nodes: readonly Node[], flows: readonly Flow[], options: { extensions?: string; file?: string; definitions?: readonly string[] } = {}): Resource {
  const definitions = [...new Set([...collect(nodes), ...(options.definitions ?? [])])].join('\n');
  return {
    name: options.file ?? `${id}.bpmn`,
    text: `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions-${id}" targetNamespace="http://bpmn.io/schema/bpmn">
${definitions}
<bpmn:process id="${id}" isExecutable="true">${options.extensions === undefined ? '' : `<bpmn:extensionElements>${options.extensions}</bpmn:extensionElements>`}
${content(nodes, flows)}
</bpmn:process>
</bpmn:definitions>`,
  };
}

/** An embedded sub-process. */
export function subProcess(id: string, nodes: readonly Node[], flows: readonly Flow[], extras: Extras = {}): Node {
  return { tag: 'subProcess', id, extensions: mappings(extras), inside: { nodes, flows } };
}

/** The XML of input and output mappings, headers and execution listeners. */
export function mappings({ inputs = {}, outputs = {}, headers = {}, listeners = [] }: Extras): string {
  const lines = (tag: string, mapping: Mapping) => Object.entries(mapping).map(([target, source]) => `<zeebe:${tag} source="${escape(source)}" target="${escape(target)}"/>`).join('');
  const io = lines('input', inputs) + lines('output', outputs);
  const heads = Object.entries(headers).map(([key, value]) => `<zeebe:header key="${escape(key)}" value="${escape(value)}"/>`).join('');
  return (io === '' ? '' : `<zeebe:ioMapping>${io}</zeebe:ioMapping>`) + (heads === '' ? '' : `<zeebe:taskHeaders>${heads}</zeebe:taskHeaders>`) + executionListeners(listeners);
}

/** Also of a process: `process(…, { extensions: executionListeners([…]) })`. */
export function executionListeners(listeners: readonly Listener[]): string {
  const lines = listeners.map(({ event, type, retries }) => `<zeebe:executionListener eventType="${event}" type="${escape(type)}"${retries === undefined ? '' : ` retries="${escape(retries)}"`}/>`);
  return lines.length === 0 ? '' : `<zeebe:executionListeners>${lines.join('')}</zeebe:executionListeners>`;
}

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

type Edge = { readonly id: string; readonly from: string; readonly to: string; readonly condition?: string; readonly isDefault?: boolean };

function edgesOf(flows: readonly Flow[]): Edge[] {
  const edges: Edge[] = [];
  const add = (edge: Omit<Edge, 'id'>) => {
    const base = `${edge.from}-to-${edge.to}`;
    const same = edges.filter(({ from, to }) => from === edge.from && to === edge.to).length;
    edges.push({ id: same === 0 ? base : `${base}-${same + 1}`, ...edge });
  };
  for (const flow of flows) {
    if (typeof flow !== 'string') add(flow);
    else flow.split('>').map((id) => id.trim()).reduce((from, to) => (add({ from, to }), to));
  }
  return edges;
}

function content(nodes: readonly Node[], flows: readonly Flow[]): string {
  const edges = edgesOf(flows);
  const flowXml = edges.map(({ id, from, to, condition }) => {
    const inner = condition === undefined ? '' : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escape(condition)}</bpmn:conditionExpression>`;
    return `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${inner}</bpmn:sequenceFlow>`;
  });
  // The schema wants what only connects or describes behind what runs.
  const isArtifact = ({ tag }: Node) => tag === 'association';
  return [...nodes.filter((node) => !isArtifact(node)).map((node) => nodeXml(node, edges)), ...flowXml, ...nodes.filter(isArtifact).map((node) => nodeXml(node, edges))].join('\n');
}

function nodeXml(node: Node, edges: readonly Edge[]): string {
  const chosen = edges.find(({ from, isDefault }) => from === node.id && isDefault === true);
  const attributes = { id: node.id, ...node.attributes, ...(chosen === undefined ? {} : { default: chosen.id }) };
  const text = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`).join('');
  const incoming = edges.filter(({ to }) => to === node.id).map(({ id }) => `<bpmn:incoming>${id}</bpmn:incoming>`).join('');
  const outgoing = edges.filter(({ from }) => from === node.id).map(({ id }) => `<bpmn:outgoing>${id}</bpmn:outgoing>`).join('');
  const extensions = node.extensions === undefined || node.extensions === '' ? '' : `<bpmn:extensionElements>${node.extensions}</bpmn:extensionElements>`;
  const inside = node.inside === undefined ? '' : `\n${content(node.inside.nodes, node.inside.flows)}\n`;
  return `<bpmn:${node.tag}${text}>${extensions}${incoming}${outgoing}${node.body ?? ''}${inside}${node.tail ?? ''}</bpmn:${node.tag}>`;
}

function collect(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => [...(node.definitions ?? []), ...collect(node.inside?.nodes ?? [])]);
}
