// Builds small diagrams in a few lines; flows follow the order in which elements are added, `connect` adds others.

type Attributes = Readonly<Record<string, string | undefined>>;
type Extras = { readonly inputs?: Attributes; readonly outputs?: Attributes; readonly name?: string };

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const attributes = (given: Attributes) => Object.entries(given).filter(([, value]) => value !== undefined).map(([name, value]) => ` ${name}="${escape(value ?? '')}"`).join('');
const zeebe = (name: string, given: Attributes, body = '') => `<zeebe:${name}${attributes(given)}>${body}</zeebe:${name}>`;

function mapping({ inputs = {}, outputs = {} }: Extras): string {
  const lines = (kind: string, given: Attributes) => Object.entries(given).map(([target, source]) => zeebe(kind, { source, target })).join('');
  const body = lines('input', inputs) + lines('output', outputs);
  return body === '' ? '' : zeebe('ioMapping', {}, body);
}

const extended = (content: string) => (content === '' ? '' : `<bpmn:extensionElements>${content}</bpmn:extensionElements>`);
const headersOf = (headers: Attributes) => (Object.keys(headers).length === 0 ? '' : zeebe('taskHeaders', {}, Object.entries(headers).map(([key, value]) => zeebe('header', { key, value })).join('')));

type Job = { readonly type?: string; readonly retries?: string; readonly headers?: Attributes };
type Timer = { readonly duration?: string; readonly date?: string; readonly cycle?: string };
type Message = { readonly name: string; readonly key?: string };
type Trigger = { readonly timer: Timer } | { readonly message: Message } | { readonly error: string | null };
type UserTask = {
  readonly assignee?: string; readonly groups?: string; readonly users?: string; readonly due?: string; readonly followUp?: string;
  readonly priority?: string; readonly formId?: string; readonly headers?: Attributes;
};

/** A scope's builder; each method adds an element after the one added last. */
export class ScopeBuilder {
  readonly lines: string[] = [];
  #last: string | undefined;
  #flows = 0;
  readonly #root: { readonly messages: Map<string, string>; readonly errors: Set<string> };
  readonly #prefix: string;

  constructor(root: { messages: Map<string, string>; errors: Set<string> }, prefix = '') {
    this.#root = root;
    this.#prefix = prefix;
  }

  /** Any element by its BPMN name. */
  add(tag: string, id: string, content = '', given: Attributes = {}): this {
    this.lines.push(`<bpmn:${tag} id="${id}"${attributes(given)}>${content}</bpmn:${tag}>`);
    if (this.#last !== undefined) this.connect(this.#last, id);
    this.#last = id;
    return this;
  }

  /** A flow; with a condition when it is given. */
  connect(from: string, to: string, condition?: string): this {
    const flow = `${this.#prefix}flow-${++this.#flows}`;
    const body = condition === undefined ? '' : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escape(condition)}</bpmn:conditionExpression>`;
    this.lines.push(`<bpmn:sequenceFlow id="${flow}" sourceRef="${from}" targetRef="${to}">${body}</bpmn:sequenceFlow>`);
    return this;
  }

  /** The next element follows this one; nothing: it follows none. */
  from(id?: string): this {
    this.#last = id;
    return this;
  }

  /** The next element is reached by a flow with this condition. */
  when(condition: string, build: (scope: this) => string): this {
    const from = this.#last;
    this.#last = undefined;
    const first = build(this);
    if (from !== undefined) this.connect(from, first, condition);
    return this;
  }

  start(id = 'start', trigger?: Trigger, extras: Extras & { formId?: string } = {}): this {
    const form = extras.formId === undefined ? '' : zeebe('formDefinition', { formId: extras.formId });
    return this.from().add('startEvent', id, extended(mapping(extras) + form) + (trigger === undefined ? '' : this.#definition(trigger)));
  }

  end(id = 'end', extras: Extras & { error?: string } = {}): this {
    this.add('endEvent', id, extended(mapping(extras)) + (extras.error === undefined ? '' : this.#definition({ error: extras.error })));
    return this.from();
  }

  service(id: string, job: Job = {}, extras: Extras = {}): this {
    return this.add('serviceTask', id, extended(this.#job(id, job) + mapping(extras)), { name: extras.name });
  }

  /** Any task that a job worker does. */
  jobTask(tag: string, id: string, job: Job = {}): this {
    return this.add(tag, id, extended(this.#job(id, job)));
  }

  user(id: string, task: UserTask = {}, extras: Extras = {}): this {
    const some = (name: string, given: Attributes) => (Object.values(given).every((value) => value === undefined) ? '' : zeebe(name, given));
    const content = zeebe('userTask', {})
      + some('assignmentDefinition', { assignee: task.assignee, candidateGroups: task.groups, candidateUsers: task.users })
      + some('taskSchedule', { dueDate: task.due, followUpDate: task.followUp })
      + some('priorityDefinition', { priority: task.priority })
      + some('formDefinition', { formId: task.formId })
      + headersOf(task.headers ?? {});
    return this.add('userTask', id, extended(content + mapping(extras)), { name: extras.name });
  }

  script(id: string, expression: string, resultVariable: string, extras: Extras = {}): this {
    return this.add('scriptTask', id, extended(zeebe('script', { expression, resultVariable }) + mapping(extras)));
  }

  rule(id: string, decisionId: string, resultVariable: string, extras: Extras = {}): this {
    return this.add('businessRuleTask', id, extended(zeebe('calledDecision', { decisionId, resultVariable }) + mapping(extras)));
  }

  call(id: string, processId: string, given: Attributes = {}, extras: Extras = {}): this {
    return this.add('callActivity', id, extended(zeebe('calledElement', { processId, ...given }) + mapping(extras)));
  }

  exclusive(id: string, defaultFlowTo?: string): this {
    // The default flow is the one that `otherwise` adds.
    return this.add('exclusiveGateway', id, '', { default: defaultFlowTo === undefined ? undefined : `${id}-default` });
  }

  /** The default flow of an exclusive gateway that was made with one. */
  otherwise(gateway: string, to: string): this {
    this.lines.push(`<bpmn:sequenceFlow id="${gateway}-default" sourceRef="${gateway}" targetRef="${to}"/>`);
    return this;
  }

  parallel(id: string): this {
    return this.add('parallelGateway', id);
  }

  catch(id: string, trigger: Trigger, extras: Extras = {}): this {
    return this.add('intermediateCatchEvent', id, extended(mapping(extras)) + this.#definition(trigger));
  }

  receive(id: string, message: Message, extras: Extras = {}): this {
    return this.add('receiveTask', id, extended(mapping(extras)), { messageRef: this.#message(message) });
  }

  /** The next element follows the boundary event. */
  boundary(id: string, attachedTo: string, trigger: Trigger, extras: Extras & { readonly nonInterrupting?: boolean } = {}): this {
    const given = { attachedToRef: attachedTo, cancelActivity: extras.nonInterrupting === true ? 'false' : undefined };
    return this.from().add('boundaryEvent', id, extended(mapping(extras)) + this.#definition(trigger), given);
  }

  sub(id: string, build: (scope: ScopeBuilder) => ScopeBuilder, extras: Extras = {}): this {
    const inner = build(new ScopeBuilder(this.#root, `${id}-`));
    return this.add('subProcess', id, extended(mapping(extras)) + inner.lines.join('\n'));
  }

  #job(id: string, { type = id, retries, headers = {} }: Job): string {
    return zeebe('taskDefinition', { type, retries }) + headersOf(headers);
  }

  #message({ name, key }: Message): string {
    const id = `message-${this.#root.messages.size + 1}`;
    this.#root.messages.set(id, `<bpmn:message id="${id}" name="${escape(name)}">${extended(key === undefined ? '' : zeebe('subscription', { correlationKey: key }))}</bpmn:message>`);
    return id;
  }

  #definition(trigger: Trigger): string {
    if ('message' in trigger) return `<bpmn:messageEventDefinition messageRef="${this.#message(trigger.message)}"/>`;
    if ('error' in trigger) {
      if (trigger.error === null) return '<bpmn:errorEventDefinition/>';
      this.#root.errors.add(trigger.error);
      return `<bpmn:errorEventDefinition errorRef="${errorId(trigger.error)}"/>`;
    }
    const [[kind, expression] = []] = Object.entries(trigger.timer);
    const tag = `time${(kind ?? '').charAt(0).toUpperCase()}${(kind ?? '').slice(1)}`;
    return `<bpmn:timerEventDefinition><bpmn:${tag} xsi:type="bpmn:tFormalExpression">${escape(expression ?? '')}</bpmn:${tag}></bpmn:timerEventDefinition>`;
  }
}

const errorId = (code: string) => `error-${code.replaceAll(/[^A-Za-z0-9]/g, '_')}`;

/** The XML of a diagram with one process. */
export function buildProcess(id: string, build: (scope: ScopeBuilder) => ScopeBuilder, given: { readonly versionTag?: string } = {}): string {
  const root = { messages: new Map<string, string>(), errors: new Set<string>() };
  const { lines } = build(new ScopeBuilder(root));
  const errors = [...root.errors].map((code) => `<bpmn:error id="${errorId(code)}" errorCode="${escape(code)}"/>`);
  const tag = given.versionTag === undefined ? '' : extended(zeebe('versionTag', { value: given.versionTag }));
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions-${id}" targetNamespace="http://bpmn.io/schema/bpmn">
<bpmn:process id="${id}" name="${id}" isExecutable="true">
${tag}${lines.join('\n')}
</bpmn:process>
${[...root.messages.values(), ...errors].join('\n')}
</bpmn:definitions>`;
}
