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
type Trigger =
  | { readonly timer: Timer } | { readonly message: Message } | { readonly error: string | null } | { readonly signal: string } | { readonly escalation: string | null }
  | { readonly link: string } | { readonly compensation: string | null } | { readonly terminate: true };
type Loop = { readonly over: string; readonly as?: string; readonly collect?: readonly [collection: string, element: string]; readonly until?: string; readonly sequential?: boolean };
type Root = { readonly messages: Map<string, string>; readonly others: Map<string, string> };
type UserTask = {
  readonly assignee?: string; readonly groups?: string; readonly users?: string; readonly due?: string; readonly followUp?: string;
  readonly priority?: string; readonly formId?: string; readonly formKey?: string; readonly externalReference?: string; readonly headers?: Attributes;
};

/** A scope's builder; each method adds an element after the one added last. */
export class ScopeBuilder {
  readonly lines: string[] = [];
  #last: string | undefined;
  #flows = 0;
  /** Associations stand behind all elements. */
  readonly artifacts: string[] = [];
  readonly #root: Root;
  readonly #prefix: string;

  constructor(root: Root, prefix = '') {
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

  end(id = 'end', extras: Extras & { error?: string; throws?: Trigger; job?: string } = {}): this {
    const throws = extras.error === undefined ? extras.throws : { error: extras.error };
    const job = extras.job === undefined ? '' : this.#job(id, { type: extras.job });
    this.add('endEvent', id, extended(job + mapping(extras)) + (throws === undefined ? '' : this.#definition(throws)));
    return this.from();
  }

  /** An intermediate throw event; without a definition a milestone, with a job a message throw event. */
  throws(id: string, what?: Trigger, extras: Extras & { job?: string } = {}): this {
    const job = extras.job === undefined ? '' : this.#job(id, { type: extras.job });
    const definition = extras.job === undefined ? (what === undefined ? '' : this.#definition(what)) : '<bpmn:messageEventDefinition/>';
    return this.add('intermediateThrowEvent', id, extended(job + mapping(extras)) + definition);
  }

  inclusive(id: string, defaultFlowTo?: string): this {
    return this.add('inclusiveGateway', id, '', { default: defaultFlowTo === undefined ? undefined : `${id}-default` });
  }

  eventBased(id: string): this {
    return this.add('eventBasedGateway', id);
  }

  /** An event sub-process of this scope; it is connected to nothing. */
  onEvent(id: string, trigger: Trigger, build: (scope: ScopeBuilder) => ScopeBuilder, extras: Extras & { readonly nonInterrupting?: boolean; readonly startOutputs?: Attributes } = {}): this {
    const inner = new ScopeBuilder(this.#root, `${id}-`);
    const start = extended(mapping({ outputs: extras.startOutputs ?? {} })) + this.#definition(trigger);
    build(inner.add('startEvent', `${id}-start`, start, { isInterrupting: extras.nonInterrupting === true ? 'false' : undefined }));
    const last = this.#last;
    this.from().add('subProcess', id, extended(mapping(extras)) + inner.lines.join('\n') + inner.artifacts.join(''), { triggeredByEvent: 'true' });
    return this.from(last);
  }

  /** A service task `undo-<activity>` that undoes the activity. */
  compensated(activity: string): this {
    const last = this.#last;
    this.from().add('boundaryEvent', `undo-${activity}-event`, '<bpmn:compensateEventDefinition/>', { attachedToRef: activity });
    this.from().add('serviceTask', `undo-${activity}`, extended(this.#job(`undo-${activity}`, {})), { isForCompensation: 'true' });
    this.artifacts.push(`<bpmn:association id="association-${activity}" associationDirection="One" sourceRef="undo-${activity}-event" targetRef="undo-${activity}"/>`);
    return this.from(last);
  }

  /** Makes the element added last multi-instance. */
  each({ over, as, collect, until, sequential = false }: Loop): this {
    const loop = zeebe('loopCharacteristics', { inputCollection: over, inputElement: as, outputCollection: collect?.[0], outputElement: collect?.[1] });
    const condition = until === undefined ? '' : `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${escape(until)}</bpmn:completionCondition>`;
    const xml = `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}">${extended(loop)}${condition}</bpmn:multiInstanceLoopCharacteristics>`;
    const at = this.lines.findLastIndex((line) => line.includes(` id="${this.#last ?? ''}"`) && !line.startsWith('<bpmn:sequenceFlow'));
    this.lines[at] = (this.lines[at] ?? '').replace(/<\/bpmn:\w+>$/, (end) => xml + end);
    return this;
  }

  service(id: string, job: Job = {}, extras: Extras = {}): this {
    return this.add('serviceTask', id, extended(this.#job(id, job) + mapping(extras)), { name: extras.name });
  }

  /** Any task that a job worker does. */
  jobTask(tag: string, id: string, job: Job = {}): this {
    return this.add(tag, id, extended(this.#job(id, job)));
  }

  user(id: string, task: UserTask = {}, extras: Extras = {}): this {
    return this.#userTask(id, zeebe('userTask', {}), task, extras);
  }

  /** A user task that a job worker does. */
  userByWorker(id: string, task: UserTask = {}, extras: Extras = {}): this {
    return this.#userTask(id, '', task, extras);
  }

  #userTask(id: string, implementation: string, task: UserTask, extras: Extras): this {
    const some = (name: string, given: Attributes) => (Object.values(given).every((value) => value === undefined) ? '' : zeebe(name, given));
    const content = implementation
      + some('assignmentDefinition', { assignee: task.assignee, candidateGroups: task.groups, candidateUsers: task.users })
      + some('taskSchedule', { dueDate: task.due, followUpDate: task.followUp })
      + some('priorityDefinition', { priority: task.priority })
      + some('formDefinition', { formId: task.formId, formKey: task.formKey, externalReference: task.externalReference })
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
    return this.add('subProcess', id, extended(mapping(extras)) + inner.lines.join('\n') + inner.artifacts.join(''));
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
    if ('error' in trigger) return this.#coded('error', trigger.error);
    if ('escalation' in trigger) return this.#coded('escalation', trigger.escalation);
    if ('link' in trigger) return `<bpmn:linkEventDefinition name="${escape(trigger.link)}"/>`;
    if ('terminate' in trigger) return '<bpmn:terminateEventDefinition/>';
    if ('compensation' in trigger) return `<bpmn:compensateEventDefinition${attributes({ activityRef: trigger.compensation ?? undefined })}/>`;
    if ('signal' in trigger) {
      const id = `signal-${nameOf(trigger.signal)}`;
      this.#root.others.set(id, `<bpmn:signal id="${id}" name="${escape(trigger.signal)}"/>`);
      return `<bpmn:signalEventDefinition signalRef="${id}"/>`;
    }
    const [[kind, expression] = []] = Object.entries(trigger.timer);
    const tag = `time${(kind ?? '').charAt(0).toUpperCase()}${(kind ?? '').slice(1)}`;
    return `<bpmn:timerEventDefinition><bpmn:${tag} xsi:type="bpmn:tFormalExpression">${escape(expression ?? '')}</bpmn:${tag}></bpmn:timerEventDefinition>`;
  }

  #coded(kind: 'error' | 'escalation', code: string | null): string {
    if (code === null) return `<bpmn:${kind}EventDefinition/>`;
    const id = `${kind}-${nameOf(code)}`;
    this.#root.others.set(id, `<bpmn:${kind} id="${id}" ${kind}Code="${escape(code)}"/>`);
    return `<bpmn:${kind}EventDefinition ${kind}Ref="${id}"/>`;
  }
}

const nameOf = (code: string) => code.replaceAll(/[^A-Za-z0-9]/g, '_');

/** The XML of a diagram with one process. */
export function buildProcess(id: string, build: (scope: ScopeBuilder) => ScopeBuilder, given: { readonly versionTag?: string } = {}): string {
  const root = { messages: new Map<string, string>(), others: new Map<string, string>() };
  const { lines, artifacts } = build(new ScopeBuilder(root));
  const tag = given.versionTag === undefined ? '' : extended(zeebe('versionTag', { value: given.versionTag }));
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions-${id}" targetNamespace="http://bpmn.io/schema/bpmn">
<bpmn:process id="${id}" name="${id}" isExecutable="true">
${tag}${[...lines, ...artifacts].join('\n')}
</bpmn:process>
${[...root.messages.values(), ...root.others.values()].join('\n')}
</bpmn:definitions>`;
}
