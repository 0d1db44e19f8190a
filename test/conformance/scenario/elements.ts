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

/** Any other definition: `bare('terminateEventDefinition')`. */
export const bare = (tag: string, attributes = '', definitions: readonly string[] = []): Trigger => ({ body: `<bpmn:${tag} ${attributes}/>`, definitions });

function messageDefinition(name: string, correlationKey?: string): string {
  const key = correlationKey === undefined ? '' : `<bpmn:extensionElements><zeebe:subscription correlationKey="${escape(correlationKey)}"/></bpmn:extensionElements>`;
  return `<bpmn:message id="message-${slug(name)}" name="${escape(name)}">${key}</bpmn:message>`;
}

// Events --------------------------------------------------------------------------------------------------------------

function event(tag: string, id: string, trigger?: Trigger, extras: Extras = {}, attributes: Record<string, string> = {}): Node {
  return { tag, id, attributes, extensions: (trigger?.extensions ?? '') + mappings(extras), body: trigger?.body ?? '', definitions: trigger?.definitions ?? [] };
}

export const start = (id = 'start', trigger?: Trigger, extras?: Extras): Node => event('startEvent', id, trigger, extras);
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
export const businessRule = (id: string, decision: string, result: string, extras: Extras = {}): Node =>
  ({ tag: 'businessRuleTask', id, extensions: `<zeebe:calledDecision decisionId="${escape(decision)}" resultVariable="${escape(result)}"/>${mappings(extras)}` });
export const receive = (id: string, name: string, correlationKey: string, extras: Extras = {}): Node =>
  ({ tag: 'receiveTask', id, attributes: { messageRef: `message-${slug(name)}` }, extensions: mappings(extras), definitions: [messageDefinition(name, correlationKey)] });
export const manual = (id: string, extras: Extras = {}): Node => ({ tag: 'manualTask', id, extensions: mappings(extras) });
export const task = (id: string, extras: Extras = {}): Node => ({ tag: 'task', id, extensions: mappings(extras) });
export const call = (id: string, calls: string, extras: Extras & { readonly allFromParent?: boolean; readonly allToParent?: boolean } = {}): Node =>
  ({ tag: 'callActivity', id, extensions: `<zeebe:calledElement processId="${escape(calls)}"${flag('propagateAllParentVariables', extras.allFromParent)}${flag('propagateAllChildVariables', extras.allToParent)}/>${mappings(extras)}` });

export type UserTaskOptions = Extras & {
  readonly assignee?: string;
  readonly groups?: string;
  readonly users?: string;
  readonly due?: string;
  readonly followUp?: string;
  readonly priority?: string;
  readonly form?: string;
};

/** A Camunda user task, not one done by a job. */
export function userTask(id: string, options: UserTaskOptions = {}): Node {
  const attributes = (values: Record<string, string | undefined>) => Object.entries(values).map(([name, value]) => value === undefined ? '' : ` ${name}="${escape(value)}"`).join('');
  const element = (tag: string, text: string) => text === '' ? '' : `<zeebe:${tag}${text}/>`;
  const extensions = [
    '<zeebe:userTask/>',
    element('assignmentDefinition', attributes({ assignee: options.assignee, candidateGroups: options.groups, candidateUsers: options.users })),
    element('taskSchedule', attributes({ dueDate: options.due, followUpDate: options.followUp })),
    element('priorityDefinition', attributes({ priority: options.priority })),
    element('formDefinition', attributes({ formId: options.form })),
    mappings(options),
  ];
  return { tag: 'userTask', id, extensions: extensions.join('') };
}

const flag = (name: string, value: boolean | undefined) => value === undefined ? '' : ` ${name}="${value}"`;

// Gateways ------------------------------------------------------------------------------------------------------------

export const exclusive = (id: string): Node => ({ tag: 'exclusiveGateway', id });
export const parallel = (id: string): Node => ({ tag: 'parallelGateway', id });
/** An element that no function above draws. */
export const raw = (tag: string, id: string, options: Partial<Node> = {}): Node => ({ tag, id, ...options });
