// Reads one flow element with its Zeebe extensions into its model.
import { parseInstant } from '../timer/schedule.ts';
import type { ActivityModel, Binding, ElementBase, ElementModel, ExpressionSource, UserTaskModel } from './executable.ts';
import { extensionOf, isTrue, nodeOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import { readHeaders, readJob } from './read-job.ts';
import { readAdHoc } from './read-ad-hoc.ts';
import { readTaskListeners } from './read-listeners.ts';
import { asMultiInstance } from './read-multi-instance.ts';
import { readBoundaryEvent, readCatchEvent, readEndEvent, readMessage, readStartEvent, readThrowEvent } from './read-events.ts';

/** Mappings are allowed here, but a cluster does not apply them. */
const unmapped = { inputs: [], outputs: [] } as const;

type ReadElement = (node: Node, base: ElementBase, problems: Problems) => ActivityModel | undefined;

/** Undefined when a problem left nothing to build. */
export function readElement(node: Node, base: ElementBase, problems: Problems): ElementModel | undefined {
  const element = readers[node.$type]?.(node, base, problems);
  const loop = nodeOf(node, 'loopCharacteristics');
  return element === undefined || loop?.$type !== 'bpmn:MultiInstanceLoopCharacteristics' ? element : asMultiInstance(node, loop, element, problems);
}

const readers: Readonly<Record<string, ReadElement>> = {
  'bpmn:StartEvent': readStartEvent,
  'bpmn:EndEvent': readEndEvent,
  'bpmn:IntermediateThrowEvent': readThrowEvent,
  'bpmn:IntermediateCatchEvent': readCatchEvent,
  'bpmn:BoundaryEvent': readBoundaryEvent,
  'bpmn:ServiceTask': (node, base, problems) => ({ ...base, type: 'SERVICE_TASK', job: readJob(node, problems) }),
  'bpmn:SendTask': (node, base, problems) => ({ ...base, type: 'SEND_TASK', job: readJob(node, problems) }),
  'bpmn:ReceiveTask': (node, base, problems) => {
    const trigger = readMessage(node, nodeOf(node, 'messageRef'), problems);
    return trigger === null ? undefined : { ...base, type: 'RECEIVE_TASK', trigger };
  },
  'bpmn:UserTask': (node, base, problems) => ({ ...base, type: 'USER_TASK', userTask: readUserTask(node, problems) }),
  'bpmn:BusinessRuleTask': readBusinessRuleTask,
  'bpmn:ScriptTask': readScriptTask,
  'bpmn:ManualTask': (_node, base) => ({ ...base, ...unmapped, type: 'MANUAL_TASK' }),
  'bpmn:Task': (_node, base) => ({ ...base, ...unmapped, type: 'TASK' }),
  'bpmn:ExclusiveGateway': (node, base, problems) => ({ ...base, ...unmapped, type: 'EXCLUSIVE_GATEWAY', defaultFlow: readDefaultFlow(node, base, problems) }),
  'bpmn:InclusiveGateway': (node, base, problems) => ({ ...base, ...unmapped, type: 'INCLUSIVE_GATEWAY', defaultFlow: readDefaultFlow(node, base, problems) }),
  'bpmn:EventBasedGateway': (_node, base) => ({ ...base, ...unmapped, type: 'EVENT_BASED_GATEWAY' }),
  'bpmn:ParallelGateway': (_node, base) => ({ ...base, ...unmapped, type: 'PARALLEL_GATEWAY' }),
  'bpmn:SubProcess': readSubProcess,
  'bpmn:AdHocSubProcess': readAdHoc,
  'bpmn:CallActivity': readCallActivity,
};

function readUserTask(node: Node, problems: Problems): UserTaskModel {
  if (extensionOf(node, 'zeebe:UserTask') === undefined) {
    problems.add(node, "a user task that is done by job workers is not supported: mark it as a Camunda user task ('zeebe:userTask')");
  }
  const optional = (type: string, property: string): ExpressionSource | null => {
    const source = textOf(extensionOf(node, type), property);
    return source === undefined || source === '' ? null : problems.check(node, source);
  };
  const form = extensionOf(node, 'zeebe:FormDefinition');
  if (textOf(form, 'formKey') !== undefined) problems.add(node, "a form by 'formKey' is not supported: link a deployed form by 'formId'");
  const formId = optional('zeebe:FormDefinition', 'formId');
  const listeners = readTaskListeners(node, problems);
  return {
    assignee: optional('zeebe:AssignmentDefinition', 'assignee'),
    candidateGroups: optional('zeebe:AssignmentDefinition', 'candidateGroups'),
    candidateUsers: optional('zeebe:AssignmentDefinition', 'candidateUsers'),
    dueDate: checkDate(node, optional('zeebe:TaskSchedule', 'dueDate'), problems),
    followUpDate: checkDate(node, optional('zeebe:TaskSchedule', 'followUpDate'), problems),
    priority: checkPriority(node, optional('zeebe:PriorityDefinition', 'priority'), problems),
    form: formId === null ? null : { formId, binding: readBinding(node, form, problems) },
    externalReference: optional('zeebe:FormDefinition', 'externalReference'),
    headers: readHeaders(node),
    ...(listeners === undefined ? {} : { listeners }),
  };
}

const isStatic = (source: ExpressionSource | null): source is ExpressionSource => source !== null && !source.trimStart().startsWith('=');

function checkDate(node: Node, date: ExpressionSource | null, problems: Problems): ExpressionSource | null {
  if (isStatic(date) && parseInstant(date, 'UTC') === undefined) {
    problems.add(node, `Expected static value to be a valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found '${date}'.`);
  }
  return date;
}

function checkPriority(node: Node, priority: ExpressionSource | null, problems: Problems): ExpressionSource | null {
  if (isStatic(priority) && !(/^\d+$/.test(priority.trim()) && Number(priority) <= 100)) problems.add(node, `Priority must be a number between 0 and 100, but was '${priority}'.`);
  return priority;
}

function readBusinessRuleTask(node: Node, base: ElementBase, problems: Problems): ActivityModel {
  const called = extensionOf(node, 'zeebe:CalledDecision');
  if (called === undefined) return { ...base, type: 'BUSINESS_RULE_TASK', work: { job: readJob(node, problems) } };
  const decisionId = problems.check(node, required(node, called, 'decisionId', problems));
  const resultVariable = required(node, called, 'resultVariable', problems);
  return { ...base, type: 'BUSINESS_RULE_TASK', work: { decision: { decisionId, resultVariable, binding: readBinding(node, called, problems) } } };
}

function readScriptTask(node: Node, base: ElementBase, problems: Problems): ActivityModel {
  const script = extensionOf(node, 'zeebe:Script');
  if (script === undefined) return { ...base, type: 'SCRIPT_TASK', work: { job: readJob(node, problems) } };
  const expression = problems.check(node, required(node, script, 'expression', problems));
  return { ...base, type: 'SCRIPT_TASK', work: { script: { expression, resultVariable: required(node, script, 'resultVariable', problems) } } };
}

/** The default flow of a gateway whose other flows have conditions. */
function readDefaultFlow(node: Node, base: ElementBase, problems: Problems): string | null {
  const defaultFlow = nodeOf(node, 'default')?.id ?? null;
  for (const flow of nodesOf(nodeOf(node, '$parent'), 'flowElements').filter((other) => nodeOf(other, 'sourceRef') === node)) {
    const mustDecide = base.outgoing.length > 1 && flow.id !== defaultFlow;
    if (mustDecide && nodeOf(flow, 'conditionExpression') === undefined) problems.add(flow, 'Must have a condition or be default flow');
  }
  return defaultFlow;
}

function readSubProcess(node: Node, base: ElementBase, problems: Problems): ActivityModel {
  const children = nodesOf(node, 'flowElements');
  const starts = children.filter((child) => child.$type === 'bpmn:StartEvent');
  if (starts.length !== 1) problems.add(node, 'Must have exactly one start event');
  const type = isTrue(node, 'triggeredByEvent') ? 'EVENT_SUB_PROCESS' : 'SUB_PROCESS';
  if (type === 'EVENT_SUB_PROCESS' && base.incoming.length + base.outgoing.length > 0) problems.add(node, 'An event sub-process must not have incoming or outgoing sequence flows');
  return { ...base, type, start: starts[0]?.id ?? '', eventSubProcesses: eventSubProcessesOf(children) };
}

/** Ids of the event sub-processes among the elements of a scope. */
export const eventSubProcessesOf = (children: readonly Node[]): readonly string[] => children.filter((child) => isTrue(child, 'triggeredByEvent')).map((child) => child.id ?? '');

function readCallActivity(node: Node, base: ElementBase, problems: Problems): ActivityModel {
  const called = extensionOf(node, 'zeebe:CalledElement');
  if (called === undefined) problems.add(node, "must have exactly one 'zeebe:calledElement' extension element");
  if (textOf(called, 'businessId') !== undefined) problems.add(node, "'businessId' of a called element is not supported");
  return {
    ...base,
    type: 'CALL_ACTIVITY',
    called: {
      processId: problems.check(node, required(node, called, 'processId', problems)),
      binding: readBinding(node, called, problems),
      propagateAllChildVariables: called?.['propagateAllChildVariables'] !== false,
      propagateAllParentVariables: called?.['propagateAllParentVariables'] !== false,
    },
  };
}

function readBinding(node: Node, reference: Node | undefined, problems: Problems): Binding {
  const kind = textOf(reference, 'bindingType') ?? 'latest';
  if (kind === 'latest' || kind === 'deployment') return { kind };
  const tag = textOf(reference, 'versionTag') ?? '';
  if (kind !== 'versionTag' || tag === '') problems.add(node, `the binding '${kind}' must be latest, deployment, or versionTag with a tag`);
  return { kind: 'versionTag', tag };
}

function required(node: Node, extension: Node | undefined, property: string, problems: Problems): string {
  const value = textOf(extension, property) ?? '';
  if (value === '') problems.add(node, `must have a ${property}`);
  return value;
}
