// Reads one flow element with its Zeebe extensions into its model.
import type { Binding, ElementBase, ElementModel, ExpressionSource, JobModel, UserTaskModel } from './executable.ts';
import { extensionOf, nodeOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';
import { readBoundaryEvent, readCatchEvent, readEndEvent, readMessage, readStartEvent, readThrowEvent } from './read-events.ts';

type ReadElement = (node: Node, base: ElementBase, problems: Problems) => ElementModel | undefined;

/** Undefined when a problem left nothing to build. */
export function readElement(node: Node, base: ElementBase, problems: Problems): ElementModel | undefined {
  return readers[node.$type]?.(node, base, problems);
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
  'bpmn:ManualTask': (_node, base) => ({ ...base, type: 'MANUAL_TASK' }),
  'bpmn:Task': (_node, base) => ({ ...base, type: 'TASK' }),
  'bpmn:ExclusiveGateway': readExclusiveGateway,
  'bpmn:ParallelGateway': (_node, base) => ({ ...base, type: 'PARALLEL_GATEWAY' }),
  'bpmn:SubProcess': readSubProcess,
  'bpmn:CallActivity': readCallActivity,
};

function readJob(node: Node, problems: Problems): JobModel {
  const definition = extensionOf(node, 'zeebe:TaskDefinition');
  const jobType = textOf(definition, 'type') ?? '';
  if (jobType === '') problems.add(node, "must have exactly one 'zeebe:taskDefinition' extension element with a type");
  return { jobType: problems.check(node, jobType), retries: problems.check(node, textOf(definition, 'retries') ?? '3'), headers: readHeaders(node) };
}

function readHeaders(node: Node): string | null {
  const headers = nodesOf(extensionOf(node, 'zeebe:TaskHeaders'), 'values').map((header) => [textOf(header, 'key') ?? '', textOf(header, 'value') ?? '']);
  return headers.length === 0 ? null : JSON.stringify(Object.fromEntries(headers));
}

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
  return {
    assignee: optional('zeebe:AssignmentDefinition', 'assignee'),
    candidateGroups: optional('zeebe:AssignmentDefinition', 'candidateGroups'),
    candidateUsers: optional('zeebe:AssignmentDefinition', 'candidateUsers'),
    dueDate: optional('zeebe:TaskSchedule', 'dueDate'),
    followUpDate: optional('zeebe:TaskSchedule', 'followUpDate'),
    priority: optional('zeebe:PriorityDefinition', 'priority'),
    form: formId === null ? null : { formId, binding: readBinding(node, form, problems) },
    externalReference: optional('zeebe:FormDefinition', 'externalReference'),
    headers: readHeaders(node),
  };
}

function readBusinessRuleTask(node: Node, base: ElementBase, problems: Problems): ElementModel {
  const called = extensionOf(node, 'zeebe:CalledDecision');
  if (called === undefined) return { ...base, type: 'BUSINESS_RULE_TASK', work: { job: readJob(node, problems) } };
  const decisionId = problems.check(node, required(node, called, 'decisionId', problems));
  const resultVariable = required(node, called, 'resultVariable', problems);
  return { ...base, type: 'BUSINESS_RULE_TASK', work: { decision: { decisionId, resultVariable, binding: readBinding(node, called, problems) } } };
}

function readScriptTask(node: Node, base: ElementBase, problems: Problems): ElementModel {
  const script = extensionOf(node, 'zeebe:Script');
  if (script === undefined) return { ...base, type: 'SCRIPT_TASK', work: { job: readJob(node, problems) } };
  const expression = problems.check(node, required(node, script, 'expression', problems));
  return { ...base, type: 'SCRIPT_TASK', work: { script: { expression, resultVariable: required(node, script, 'resultVariable', problems) } } };
}

function readExclusiveGateway(node: Node, base: ElementBase, problems: Problems): ElementModel {
  const defaultFlow = nodeOf(node, 'default')?.id ?? null;
  for (const flow of base.outgoing) {
    const mustDecide = base.outgoing.length > 1 && flow.id !== defaultFlow;
    if (mustDecide && flow.condition === null) problems.add(node, `the outgoing flow '${flow.id}' must have a condition or be the default flow`);
  }
  if (base.outgoing.some((flow) => flow.id === defaultFlow && flow.condition !== null)) problems.add(node, 'the default flow must not have a condition');
  return { ...base, type: 'EXCLUSIVE_GATEWAY', defaultFlow };
}

function readSubProcess(node: Node, base: ElementBase, problems: Problems): ElementModel {
  const starts = nodesOf(node, 'flowElements').filter((child) => child.$type === 'bpmn:StartEvent');
  if (starts.length !== 1) problems.add(node, `a sub-process must have exactly one start event, it has ${starts.length}`);
  return { ...base, type: 'SUB_PROCESS', start: starts[0]?.id ?? '' };
}

function readCallActivity(node: Node, base: ElementBase, problems: Problems): ElementModel {
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
