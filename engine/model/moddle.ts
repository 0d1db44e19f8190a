// The border to bpmn-moddle: reads XML into its objects, and reads their untyped properties.
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };

/** An object of the diagram; `$type` is its name with prefix, such as `bpmn:ServiceTask`. */
export type Node = { readonly $type: string; readonly id?: string; readonly name?: string; readonly [property: string]: unknown };

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && '$type' in value;

export function textOf(node: Node | undefined, property: string): string | undefined {
  const value = node?.[property];
  return typeof value === 'string' ? value : undefined;
}

export function nodeOf(node: Node | undefined, property: string): Node | undefined {
  const value = node?.[property];
  return isNode(value) ? value : undefined;
}

export function nodesOf(node: Node | undefined, property: string): readonly Node[] {
  const value = node?.[property];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export const isTrue = (node: Node, property: string): boolean => node[property] === true;

/** The extension elements of a node. */
export const extensionsOf = (node: Node): readonly Node[] => nodesOf(nodeOf(node, 'extensionElements'), 'values');

export const extensionOf = (node: Node, type: string): Node | undefined => extensionsOf(node).find((extension) => extension.$type === type);

/** An event has at most one definition (supported.ts). */
export const definitionOf = (event: Node): Node | undefined => nodesOf(event, 'eventDefinitions')[0];

type Warning = { readonly message: string; readonly property?: string; readonly value?: string; readonly element?: Node };
type Reader = { fromXML(xml: string): Promise<{ readonly rootElement: Node; readonly warnings: readonly Warning[] }> };

const reader = new BpmnModdle({ zeebe }) as unknown as Reader;

/** Before the root element, where alone it means something. */
const hasDoctype = (xml: string): boolean => /^(?:[^<]|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*<!DOCTYPE/i.test(xml);

/** The definitions, or where and why the XML cannot be read. */
export async function readXml(xml: string): Promise<{ readonly definitions: Node } | { readonly error: string }> {
  if (hasDoctype(xml)) return { error: 'is not a readable BPMN file: a DOCTYPE is not allowed, as it can hold entities that grow without end or come from outside; remove it' };
  try {
    const { rootElement, warnings } = await reader.fromXML(xml);
    const problems = warnings.filter(isProblem).map((warning) => describe(warning, xml));
    return problems.length === 0 ? { definitions: rootElement } : { error: problems.join('\n') };
  } catch (error) {
    const first = readWarnings(error)[0]?.message ?? (error instanceof Error ? error.message : String(error));
    return { error: `is not a readable BPMN file: ${withLine(first)}` };
  }
}

/** What moddle could not read matters, except drawings and attributes of other tools. */
function isProblem(warning: Warning): boolean {
  if (/^unparsable content <bpmndi:|<di:|<dc:/.test(warning.message)) return false;
  if (warning.property?.startsWith('bpmndi:') || warning.element?.$type.startsWith('bpmndi:')) return false;
  return /^unparsable content|^unresolved reference|duplicate ID/i.test(warning.message);
}

function describe(warning: Warning, xml: string): string {
  if (warning.value === undefined) return withLine(warning.message);
  const where = warning.element?.id === undefined ? '' : ` of element '${warning.element.id}' (line ${lineOf(xml, warning.element.id)})`;
  return `${warning.property ?? 'a reference'}${where} points to '${warning.value}', which is not in the file`;
}

/** Moddle counts lines from 0 and puts them into the message. */
function withLine(message: string): string {
  const line = /\n\tline: (\d+)/.exec(message)?.[1];
  const nested = /\n\tnested error: (.*)/.exec(message)?.[1];
  const head = message.split('\n')[0] ?? message;
  return `${line === undefined ? '' : `line ${Number(line) + 1}: `}${head}${nested === undefined ? '' : ` (${nested})`}`;
}

function readWarnings(error: unknown): readonly Warning[] {
  const warnings: unknown = typeof error === 'object' && error !== null && 'warnings' in error ? error.warnings : [];
  return Array.isArray(warnings) ? (warnings as Warning[]) : [];
}

/** The line in which an element with this id begins, from 1; 1 when the id is not found. */
export function lineOf(xml: string, id: string): number {
  const at = xml.search(new RegExp(`\\sid\\s*=\\s*["']${id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["']`));
  return at < 0 ? 1 : xml.slice(0, at + 1).split('\n').length;
}

/** What is wrong in a definition is told of it by its id, when it has one. */
export const placeOf = (node: Node, definition: Node): Node => (definition.id === undefined ? node : definition);
