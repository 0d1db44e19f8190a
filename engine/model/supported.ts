// What a diagram may hold: everything else is refused by name, never ignored.
import { elementDrawnBy } from '../element/index.ts';
import { OWN_HEADER } from '../job/own-headers.ts';
import { nodeOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

/** Parts of a process that only draw or describe; they have no effect on a cluster either. */
const drawings = new Set(['bpmn:TextAnnotation', 'bpmn:Association', 'bpmn:Group', 'bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference']);
export const isDrawing = (node: Node): boolean => drawings.has(node.$type);

/** Every element but a sequence flow may have them, apart from those that it refuses by itself. */
const anywhere: readonly string[] = ['zeebe:ExecutionListeners'];

/** On what is no element but may be drawn. */
const others: Readonly<Record<string, readonly string[]>> = { 'bpmn:Process': ['zeebe:VersionTag', 'zeebe:UserTaskForm'], 'bpmn:SequenceFlow': [] };

/** Zeebe's extension elements that mean something on this node; undefined when the engine does not know it. */
const allowedExtensions = (node: Node): readonly string[] | undefined => others[node.$type] ?? elementDrawnBy(node)?.extensions;

export const isSupported = (node: Node): boolean => allowedExtensions(node) !== undefined;

/** Refuses extensions and loops that the engine would have to ignore. */
export function checkSupported(node: Node, extensions: readonly Node[], problems: Problems): void {
  // JavaScript would take it for the parent of an object that holds names, here and in each worker.
  if (node.id === '__proto__') problems.add(node, "'__proto__' cannot be an id; choose another");
  const allowed = allowedExtensions(node) ?? [];
  for (const extension of extensions) {
    const isZeebe = extension.$type.startsWith('zeebe:');
    if (isZeebe && extension.$type !== 'zeebe:Properties' && !allowed.includes(extension.$type) && !anywhere.includes(extension.$type)) {
      problems.add(node, `'${extension.$type}' is not supported on a ${shortName(node)}`);
    }
  }
  for (const header of extensions.flatMap((extension) => (extension.$type === 'zeebe:TaskHeaders' ? nodesOf(extension, 'values') : []))) {
    const key = textOf(header, 'key') ?? '';
    if (key.startsWith(OWN_HEADER)) problems.add(node, `Attribute 'key' contains '${key}', but header keys starting with '${OWN_HEADER}' are reserved for internal use.`);
  }
  const loop = nodeOf(node, 'loopCharacteristics');
  if (loop !== undefined && loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') problems.add(node, `'${loop.$type}' is not supported`);
  if (nodesOf(node, 'eventDefinitions').length > 1) problems.add(node, 'Must have exactly one event definition');
}

/** `bpmn:ServiceTask` as `ServiceTask`. */
export const shortName = (node: Node): string => node.$type.replace(/^bpmn:/, '');
