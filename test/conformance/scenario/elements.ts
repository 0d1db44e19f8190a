// The elements that the corpus draws: tasks, gateways, events.
import { escape, mappings, type Extras, type Node } from './diagram.ts';

export type Trigger = { readonly body: string; readonly definitions?: readonly string[]; readonly extensions?: string };

const slug = (text: string) => text.replaceAll(/[^A-Za-z0-9_-]+/g, '-');
const formal = (tag: string, text: string) => `<bpmn:${tag} xsi:type="bpmn:tFormalExpression">${escape(text)}</bpmn:${tag}>`;

// What starts, interrupts or ends something ---------------------------------------------------------------------------

export const timer = (kind: 'timeDate' | 'timeDuration' | 'timeCycle', expression: string): Trigger =>
  ({ body: `<bpmn:timerEventDefinition>${formal(kind, expression)}</bpmn:timerEventDefinition>` });
export const duration = (expression: string): Trigger => timer('timeDuration', expression);
export const cycle = (expression: string): Trigger => timer('timeCycle', expression);
export const date = (expression: string): Trigger => timer('timeDate', expression);

/** Without a correlation key only a start event may use it. */
export function message(name: string, correlationKey?: string): Trigger {
  return { body: `<bpmn:messageEventDefinition messageRef="message-${slug(name)}"/>`, definitions: [messageDefinition(name, correlationKey)] };
}

export function error(code?: string): Trigger {
  if (code === undefined) return { body: '<bpmn:errorEventDefinition/>' };
  return { body: `<bpmn:errorEventDefinition errorRef="error-${slug(code)}"/>`, definitions: [`<bpmn:error id="error-${slug(code)}" errorCode="${escape(code)}"/>`] };
}

export const signal = (name: string): Trigger =>
  ({ body: `<bpmn:signalEventDefinition signalRef="signal-${slug(name)}"/>`, definitions: [`<bpmn:signal id="signal-${slug(name)}" name="${escape(name)}"/>`] });

export function escalation(code?: string): Trigger {
  if (code === undefined) return { body: '<bpmn:escalationEventDefinition/>' };
  return { body: `<bpmn:escalationEventDefinition escalationRef="escalation-${slug(code)}"/>`, definitions: [`<bpmn:escalation id="escalation-${slug(code)}" name="${escape(code)}" escalationCode="${escape(code)}"/>`] };
}

/** Thrown: of one activity, else of all. At a boundary: without an activity. */
export const compensation = (activity?: string): Trigger => ({ body: `<bpmn:compensateEventDefinition${activity === undefined ? '' : ` activityRef="${activity}"`}/>` });
export const link = (name: string): Trigger => ({ body: `<bpmn:linkEventDefinition name="${escape(name)}"/>` });
export const terminate: Trigger = { body: '<bpmn:terminateEventDefinition/>' };
/** A message that a throw or end event hands to a job worker. */
export const thrownMessage = (name: string, type: string): Trigger => ({ ...message(name), extensions: `<zeebe:taskDefinition type="${escape(type)}"/>` });

/** Any other definition: `bare('terminateEventDefinition')`. */
export const bare = (tag: string, attributes = '', definitions: readonly string[] = []): Trigger => ({ body: `<bpmn:${tag} ${attributes}/>`, definitions });

function messageDefinition(name: string, correlationKey?: string): string {
  const key = correlationKey === undefined ? '' : `<bpmn:extensionElements><zeebe:subscription correlationKey="${escape(correlationKey)}"/></bpmn:extensionElements>`;
  return `<bpmn:message id="message-${slug(name)}" name="${escape(name)}">${key}</bpmn:message>`;
}

// Events --------------------------------------------------------------------------------------------------------------

function event(tag: string, id: string, trigger?: Trigger, extras: Extras = {}, attributes: Record<string, string> = {}): Node {
  // As modelers do; the real engine wants an id at links.
  const body = trigger?.body.replace(/^<bpmn:\w+EventDefinition/, (opening) => `${opening} id="${id}-definition"`) ?? '';
  return { tag, id, attributes, extensions: (trigger?.extensions ?? '') + mappings(extras), body, definitions: trigger?.definitions ?? [] };
}

export const start = (id = 'start', trigger?: Trigger, extras: Extras & { readonly nonInterrupting?: boolean } = {}): Node =>
  event('startEvent', id, trigger, extras, extras.nonInterrupting === true ? { isInterrupting: 'false' } : {});
export const end = (id = 'end', trigger?: Trigger, extras?: Extras): Node => event('endEvent', id, trigger, extras);
export const catchEvent = (id: string, trigger?: Trigger, extras?: Extras): Node => event('intermediateCatchEvent', id, trigger, extras);
export const throwEvent = (id: string, trigger?: Trigger, extras?: Extras): Node => event('intermediateThrowEvent', id, trigger, extras);
export const boundary = (id: string, on: string, trigger: Trigger, extras: Extras & { readonly nonInterrupting?: boolean } = {}): Node =>
  event('boundaryEvent', id, trigger, extras, { attachedToRef: on, ...(extras.nonInterrupting === true ? { cancelActivity: 'false' } : {}) });

// Tasks ---------------------------------------------------------------------------------------------------------------

export const service = (id: string, extras: Extras & { readonly type?: string; readonly retries?: string } = {}): Node => jobTask('serviceTask', id, extras);
export const send = (id: string, extras: Extras & { readonly type?: string } = {}): Node => jobTask('sendTask', id, extras);

function jobTask(tag: string, id: string, { type = id, retries, ...extras }: Extras & { readonly type?: string; readonly retries?: string }): Node {
  const definition = `<zeebe:taskDefinition type="${escape(type)}"${retries === undefined ? '' : ` retries="${escape(retries)}"`}/>`;
  return { tag, id, extensions: definition + mappings(extras) };
}

export const script = (id: string, expression: string, result: string, extras: Extras = {}): Node =>
  ({ tag: 'scriptTask', id, extensions: `<zeebe:script expression="${escape(expression)}" resultVariable="${escape(result)}"/>${mappings(extras)}` });
export const businessRule = (id: string, decision: string, result: string, extras: Extras & { readonly binding?: Binding } = {}): Node =>
  ({ tag: 'businessRuleTask', id, extensions: `<zeebe:calledDecision decisionId="${escape(decision)}" resultVariable="${escape(result)}"${bound(extras.binding)}/>${mappings(extras)}` });
export const receive = (id: string, name: string, correlationKey: string, extras: Extras = {}): Node =>
  ({ tag: 'receiveTask', id, attributes: { messageRef: `message-${slug(name)}` }, extensions: mappings(extras), definitions: [messageDefinition(name, correlationKey)] });
export const manual = (id: string, extras: Extras = {}): Node => ({ tag: 'manualTask', id, extensions: mappings(extras) });
export const task = (id: string, extras: Extras = {}): Node => ({ tag: 'task', id, extensions: mappings(extras) });
export const call = (id: string, calls: string, extras: Extras & { readonly allFromParent?: boolean; readonly allToParent?: boolean; readonly binding?: Binding } = {}): Node =>
  ({ tag: 'callActivity', id, extensions: `<zeebe:calledElement processId="${escape(calls)}"${flag('propagateAllParentVariables', extras.allFromParent)}${flag('propagateAllChildVariables', extras.allToParent)}${bound(extras.binding)}/>${mappings(extras)}` });

/** Which version is taken: `{ versionTag: 'stable' }` or of the same deployment. */
export type Binding = 'latest' | 'deployment' | { readonly versionTag: string };
const bound = (binding: Binding | undefined) => binding === undefined ? '' : typeof binding === 'string' ? ` bindingType="${binding}"` : ` bindingType="versionTag" versionTag="${escape(binding.versionTag)}"`;

export type UserTaskOptions = Extras & {
  readonly formBinding?: Binding;
  readonly taskListeners?: readonly TaskListener[];
  readonly assignee?: string;
  readonly groups?: string;
  readonly users?: string;
  readonly due?: string;
  readonly followUp?: string;
  readonly priority?: string;
  readonly form?: string;
  readonly formKey?: string;
  readonly externalReference?: string;
  /** Any other extension. */
  readonly more?: string;
};

export type TaskListener = { readonly event: 'creating' | 'assigning' | 'updating' | 'completing' | 'canceling'; readonly type: string; readonly retries?: string };

/** A Camunda user task, not one done by a job. */
export const userTask = (id: string, options: UserTaskOptions = {}): Node => drawUserTask(id, '<zeebe:userTask/>', options);
/** One that a job worker does. */
export const userTaskByWorker = (id: string, options: UserTaskOptions = {}): Node => drawUserTask(id, '', options);

function drawUserTask(id: string, implementation: string, options: UserTaskOptions): Node {
  const attributes = (values: Record<string, string | undefined>) => Object.entries(values).map(([name, value]) => value === undefined ? '' : ` ${name}="${escape(value)}"`).join('');
  const element = (tag: string, text: string) => text === '' ? '' : `<zeebe:${tag}${text}/>`;
  const extensions = [
    implementation,
    element('assignmentDefinition', attributes({ assignee: options.assignee, candidateGroups: options.groups, candidateUsers: options.users })),
    element('taskSchedule', attributes({ dueDate: options.due, followUpDate: options.followUp })),
    element('priorityDefinition', attributes({ priority: options.priority })),
    element('formDefinition', attributes({ formId: options.form, formKey: options.formKey, externalReference: options.externalReference }) + bound(options.formBinding)),
    options.more ?? '',
    taskListeners(options.taskListeners ?? []),
    mappings(options),
  ];
  return { tag: 'userTask', id, extensions: extensions.join('') };
}

function taskListeners(listeners: readonly TaskListener[]): string {
  const lines = listeners.map(({ event, type, retries }) => `<zeebe:taskListener eventType="${event}" type="${escape(type)}"${retries === undefined ? '' : ` retries="${escape(retries)}"`}/>`);
  return lines.length === 0 ? '' : `<zeebe:taskListeners>${lines.join('')}</zeebe:taskListeners>`;
}

const flag = (name: string, value: boolean | undefined) => value === undefined ? '' : ` ${name}="${value}"`;

// Gateways ------------------------------------------------------------------------------------------------------------

const gateway = (tag: string) => (id: string, extras: Extras = {}): Node => ({ tag, id, extensions: mappings(extras) });
export const exclusive = gateway('exclusiveGateway');
export const parallel = gateway('parallelGateway');
export const inclusive = gateway('inclusiveGateway');
export const eventBased = gateway('eventBasedGateway');
/** An element that no function above draws. */
export const raw = (tag: string, id: string, options: Partial<Node> = {}): Node => ({ tag, id, ...options });
