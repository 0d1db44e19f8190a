// What a diagram may hold: everything else is refused by name, never ignored.
import { nodeOf, nodesOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

/** Parts of a process that only draw or describe; they have no effect on a cluster either. */
const drawings = new Set(['bpmn:TextAnnotation', 'bpmn:Association', 'bpmn:Group', 'bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference']);
export const isDrawing = (node: Node): boolean => drawings.has(node.$type);

/** Every element but a sequence flow may have them; read-listeners.ts knows the exceptions. */
const anywhere: readonly string[] = ['zeebe:ExecutionListeners'];

/** Zeebe's extension elements, and on which elements they mean something here. */
const allowedExtensions: Readonly<Record<string, readonly string[]>> = {
  'bpmn:Process': ['zeebe:VersionTag', 'zeebe:UserTaskForm'],
  'bpmn:StartEvent': ['zeebe:IoMapping', 'zeebe:FormDefinition'],
  'bpmn:EndEvent': ['zeebe:IoMapping', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  'bpmn:IntermediateThrowEvent': ['zeebe:IoMapping', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  'bpmn:IntermediateCatchEvent': ['zeebe:IoMapping'],
  'bpmn:BoundaryEvent': ['zeebe:IoMapping'],
  'bpmn:ServiceTask': ['zeebe:IoMapping', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  'bpmn:SendTask': ['zeebe:IoMapping', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  'bpmn:ReceiveTask': ['zeebe:IoMapping'],
  'bpmn:UserTask': ['zeebe:IoMapping', 'zeebe:UserTask', 'zeebe:AssignmentDefinition', 'zeebe:TaskSchedule', 'zeebe:PriorityDefinition', 'zeebe:FormDefinition', 'zeebe:TaskHeaders', 'zeebe:TaskListeners'],
  'bpmn:BusinessRuleTask': ['zeebe:IoMapping', 'zeebe:CalledDecision', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  'bpmn:ScriptTask': ['zeebe:IoMapping', 'zeebe:Script', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  'bpmn:ManualTask': ['zeebe:IoMapping'],
  'bpmn:Task': ['zeebe:IoMapping'],
  // Mappings are allowed at gateways, but a cluster does not apply them.
  'bpmn:ExclusiveGateway': ['zeebe:IoMapping'],
  'bpmn:InclusiveGateway': ['zeebe:IoMapping'],
  'bpmn:ParallelGateway': ['zeebe:IoMapping'],
  'bpmn:EventBasedGateway': ['zeebe:IoMapping'],
  'bpmn:SubProcess': ['zeebe:IoMapping'],
  'bpmn:AdHocSubProcess': ['zeebe:IoMapping', 'zeebe:AdHoc', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'],
  'bpmn:CallActivity': ['zeebe:IoMapping', 'zeebe:CalledElement'],
  'bpmn:SequenceFlow': [],
};

export const isSupported = (node: Node): boolean => node.$type in allowedExtensions;

/** Refuses extensions and loops that the engine would have to ignore. */
export function checkSupported(node: Node, extensions: readonly Node[], problems: Problems): void {
  // JavaScript would take it for the parent of an object that holds names, here and in each worker.
  if (node.id === '__proto__') problems.add(node, "'__proto__' cannot be an id; choose another");
  const allowed = allowedExtensions[node.$type] ?? [];
  for (const extension of extensions) {
    const isZeebe = extension.$type.startsWith('zeebe:');
    if (isZeebe && extension.$type !== 'zeebe:Properties' && !allowed.includes(extension.$type) && !anywhere.includes(extension.$type)) {
      problems.add(node, `'${extension.$type}' is not supported on a ${shortName(node)}`);
    }
  }
  const loop = nodeOf(node, 'loopCharacteristics');
  if (loop !== undefined && loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') problems.add(node, `'${loop.$type}' is not supported`);
  if (nodesOf(node, 'eventDefinitions').length > 1) problems.add(node, 'Must have exactly one event definition');
}

/** `bpmn:ServiceTask` as `ServiceTask`. */
export const shortName = (node: Node): string => node.$type.replace(/^bpmn:/, '');
