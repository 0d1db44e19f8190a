// What both drivers read from their engine, and how it becomes lines that can be compared: paths and numbers instead of keys.
import type { Snapshot } from '../scenario/scenario.ts';

/** Keys are text; a row's place among its like is given by its key. */
export type Facts = {
  readonly instances: readonly { readonly key: string; readonly process: string; readonly version: number; readonly state: string; readonly parentElement: string | undefined; readonly tags: readonly string[] }[];
  readonly elements: readonly { readonly key: string; readonly instance: string; readonly element: string; readonly type: string; readonly state: string }[];
  readonly flows: readonly { readonly instance: string; readonly flow: string }[];
  readonly variables: readonly { readonly scope: string; readonly name: string; readonly value: string }[];
  readonly jobs: readonly { readonly key: string; readonly elementInstance: string; readonly type: string; readonly retries: number; readonly state: string; readonly errorCode: string; readonly headers: object; /** `TASK_LISTENER COMPLETING`; empty: of the element itself. */ readonly kind: string }[];
  readonly timers: readonly { readonly elementInstance: string | undefined; readonly element: string; readonly due: number; readonly repetitions: number }[];
  readonly subscriptions: readonly { readonly elementInstance: string; readonly element: string; readonly message: string; readonly correlationKey: string; readonly state: string }[];
  readonly userTasks: readonly {
    readonly key: string;
    readonly elementInstance: string;
    readonly state: string;
    readonly assignee: string;
    readonly groups: readonly string[];
    readonly users: readonly string[];
    readonly due: string;
    readonly followUp: string;
    readonly priority: number;
    readonly hasForm: boolean;
  }[];
  readonly incidents: readonly { readonly key: string; readonly elementInstance: string; readonly element: string; readonly type: string; readonly state: string; readonly ofJob: boolean }[];
  readonly decisions: readonly { readonly elementInstance: string | undefined; readonly decision: string; readonly state: string; readonly result: string }[];
};

/** Sorted lines; `order` tells for each process instance in which order its elements came to be. */
export function snapshotOf(facts: Facts): Snapshot {
  const path = pathsOf(facts);
  const sorted = (lines: readonly string[]) => [...lines].sort();
  const elements = byKey(facts.elements);
  return {
    instances: sorted(facts.instances.map(({ key, version, state, parentElement, tags }) => `${path(key)} v${version} ${state}${parentElement === undefined ? '' : ` called by ${path(parentElement)}`}${tags.length === 0 ? '' : ` tags ${stable([...tags].sort())}`}`)),
    elements: sorted(elements.map(({ key, type, state }) => `${path(key)} ${type} ${state}`)),
    order: facts.instances.map(({ key }) => `${path(key)}: ${elements.filter(({ instance }) => instance === key).map((row) => path(row.key).slice(path(key).length + 1)).join(' ')}`).sort(),
    flows: sorted([...new Set(facts.flows.map(({ instance, flow }) => `${path(instance)}/${flow}`))]),
    variables: sorted(facts.variables.map(({ scope, name, value }) => `${path(scope)}.${name} = ${name === UNORDERED ? stable(unordered(JSON.parse(value))) : canonicalJson(value)}`)),
    jobs: sorted(facts.jobs.map(({ elementInstance, type, retries, state, errorCode, headers, kind }) => `${path(elementInstance)} ${type}${kind === '' ? '' : ` ${kind}`} ${state} retries ${retries}${errorCode === '' ? '' : ` error ${errorCode}`} ${stable(withoutKeys(headers))}`)),
    timers: sorted(facts.timers.map(({ elementInstance, element, due, repetitions }) => `${elementInstance === undefined ? 'start' : path(elementInstance)} ${element} due ${instant(due)} × ${repetitions}`)),
    subscriptions: sorted(facts.subscriptions.map(({ elementInstance, element, message, correlationKey, state }) => `${path(elementInstance)} ${element} ${message} key ${correlationKey} ${state}`)),
    userTasks: sorted(facts.userTasks.map((task) => `${path(task.elementInstance)} ${task.state} assignee ${task.assignee || '-'} groups ${stable(task.groups)} users ${stable(task.users)} due ${instant(task.due)} follow-up ${instant(task.followUp)} priority ${task.priority}${task.hasForm ? ' with form' : ''}`)),
    incidents: sorted(facts.incidents.map(({ elementInstance, element, type, state, ofJob }) => `${path(elementInstance)} ${element} ${type} ${state}${ofJob ? ' of its job' : ''}`)),
    decisions: sorted(facts.decisions.map(({ elementInstance, decision, state, result }) => `${elementInstance === undefined ? '-' : path(elementInstance)} ${decision} ${state} ${state === 'FAILED' ? '' : canonicalJson(result)}`)),
  };
}

/** Rows in the order of their keys, which is the order in which the engine made them. */
export function byKey<Row extends { readonly key: string }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => (BigInt(a.key) < BigInt(b.key) ? -1 : 1));
}

/** `order#1` for the first instance of process `order`, `order#1/pay#2` for the second instance of `pay` in it. */
function pathsOf(facts: Facts): (key: string) => string {
  const paths = new Map<string, string>();
  const counts = new Map<string, number>();
  const next = (name: string) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${name}#${count}`;
  };
  for (const { key, process } of byKey(facts.instances)) paths.set(key, next(process));
  for (const { key, instance, element } of byKey(facts.elements)) paths.set(key, next(`${paths.get(instance) ?? '?'}/${element}`));
  return (key) => paths.get(key) ?? '?';
}

/** The headers of a task listener's job name its task by key, those of a user task's job its linked form; dates count as instants. */
const withoutKeys = (headers: object): object =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.endsWith(':userTaskKey')).map(([name, value]: [string, unknown]) => [name, shownHeader(name, String(value))]));

function shownHeader(name: string, value: string): string {
  if (name === 'io.camunda.zeebe:formKey' && /^\d+$/.test(value)) return 'a key';
  return name === 'io.camunda.zeebe:dueDate' || name === 'io.camunda.zeebe:followUpDate' ? instant(value) : value;
}

/** What kind of job it is, but for the usual one. */
export const kindOf = (kind: string, listenerEvent: string): string => (kind === 'BPMN_ELEMENT' ? '' : listenerEvent === 'UNSPECIFIED' ? kind : `${kind} ${listenerEvent}`);

/** The active instances of an element, the oldest first; `task#2` leaves the second alone. */
export function activeOf({ elements }: Facts, place: string): readonly { readonly key: string }[] {
  const [element, nth] = place.split('#');
  const active = byKey(elements.filter((row) => row.element === element && row.state === 'ACTIVE'));
  return nth === undefined ? active : active.slice(Number(nth) - 1, Number(nth));
}

/** The real engine lists what can be activated in the order of a hash table. */
const UNORDERED = 'adHocSubProcessElements';
const unordered = (value: unknown): unknown => (Array.isArray(value) ? [...value].sort((a, b) => (stable(a) < stable(b) ? -1 : 1)) : value);

/** A job as it was handed out. */
export function jobLine(job: { readonly elementId: string; readonly retries: number; readonly deadline: number; readonly customHeaders: object; readonly variables: Readonly<Record<string, unknown>> }): string {
  const variables = Object.hasOwn(job.variables, UNORDERED) ? { ...job.variables, [UNORDERED]: unordered(job.variables[UNORDERED]) } : job.variables;
  return `${job.elementId} retries ${job.retries} until ${instant(job.deadline)} ${stable(withoutKeys(job.customHeaders))} ${stable(variables)}`;
}

/** `completed {…}` with sorted keys; of a failure only that it is one. */
export function resultLine(line: string): string {
  const [kind = ''] = line.split(' ');
  return kind === 'completed' ? `completed ${canonicalJson(line.slice(kind.length + 1))}` : kind;
}

function canonicalJson(text: string): string {
  return stable(JSON.parse(text));
}

/** JSON with sorted keys; 1.0 and 1 are the same number. */
export function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => `${JSON.stringify(key)}:${stable(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'undefined';
}

/** Whole seconds: the real engine fires what is due at once a moment later (`oracle-driver.ts`). A zone's name in brackets adds nothing to its offset. */
export const instant = (at: string | number) => {
  const date = new Date(typeof at === 'string' ? at.replace(/\[.*\]$/, '') : at);
  return at === '' ? '-' : Number.isNaN(date.getTime()) ? String(at) : `${date.toISOString().slice(0, 19)}Z`;
};
