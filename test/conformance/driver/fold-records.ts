// Folds the real engine's records into the facts that its searches would show.
import { z } from 'zod';
import type { OracleRecord } from '../oracle/start-oracle.ts';
import { kindOf, type Facts } from './facts.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Row<S extends keyof Facts> = Writable<Facts[S][number]>;

/** State that grows with the records; `facts()` reads it. */
export type Fold = { add(records: readonly OracleRecord[]): void; facts(): Facts };

const key = z.number().transform(String);
const element = z.object({ bpmnProcessId: z.string(), version: z.number(), elementId: z.string(), bpmnElementType: z.string(), processInstanceKey: key, parentElementInstanceKey: z.number(), tags: z.array(z.string()) });
const variable = z.object({ name: z.string(), value: z.string(), scopeKey: key });
const job = z.object({ type: z.string(), retries: z.number(), elementInstanceKey: key, errorCode: z.string(), customHeaders: z.record(z.string(), z.string()), jobKind: z.string(), jobListenerEventType: z.string() });
const timer = z.object({ elementInstanceKey: z.number(), targetElementId: z.string(), dueDate: z.number(), repetitions: z.number() });
const subscription = z.object({ elementInstanceKey: key, elementId: z.string(), messageName: z.string(), correlationKey: z.string() });
const userTask = z.object({ elementInstanceKey: key, assignee: z.string(), candidateGroupsList: z.array(z.string()), candidateUsersList: z.array(z.string()), dueDate: z.string(), followUpDate: z.string(), priority: z.number(), formKey: z.number() });
const incident = z.object({ elementInstanceKey: key, elementId: z.string(), errorType: z.string(), jobKey: z.number() });
const evaluation = z.object({
  elementInstanceKey: z.number(), decisionId: z.string(), failedDecisionId: z.string(), decisionOutput: z.string(),
  evaluatedDecisions: z.array(z.object({ decisionId: z.string(), decisionOutput: z.string() })),
});

/** Starts with nothing. */
export function createFold(): Fold {
  const instances = new Map<string, Row<'instances'>>();
  const elements = new Map<string, Row<'elements'>>();
  const variables = new Map<string, Row<'variables'>>();
  const jobs = new Map<string, Row<'jobs'>>();
  const timers = new Map<string, Row<'timers'>>();
  const subscriptions = new Map<string, Row<'subscriptions'>>();
  const userTasks = new Map<string, Row<'userTasks'>>();
  const incidents = new Map<string, Row<'incidents'>>();
  const flows: Row<'flows'>[] = [];
  const decisions: Row<'decisions'>[] = [];

  const folders: Record<string, (record: OracleRecord) => void> = {
    PROCESS_INSTANCE(record) {
      const value = element.parse(record.value);
      if (record.intent === 'SEQUENCE_FLOW_TAKEN') return void flows.push({ instance: value.processInstanceKey, flow: value.elementId });
      const before = elements.get(String(record.key)) ?? instances.get(String(record.key));
      const state = record.intent === 'ELEMENT_MIGRATED' ? before?.state : elementState[record.intent];
      if (state === undefined) return;
      if (value.bpmnElementType === 'PROCESS') {
        const parentElement = value.parentElementInstanceKey > 0 ? String(value.parentElementInstanceKey) : undefined;
        instances.set(String(record.key), { key: String(record.key), process: value.bpmnProcessId, version: value.version, state, parentElement, tags: value.tags });
      } else {
        elements.set(String(record.key), { key: String(record.key), instance: value.processInstanceKey, element: value.elementId, type: value.bpmnElementType, state });
      }
    },
    VARIABLE(record) {
      const { name, value, scopeKey } = variable.parse(record.value);
      if (record.intent === 'CREATED' || record.intent === 'UPDATED') variables.set(`${scopeKey} ${name}`, { scope: scopeKey, name, value });
    },
    JOB(record) {
      if (!jobStates.has(record.intent)) return;
      const value = job.parse(record.value);
      jobs.set(String(record.key), { key: String(record.key), elementInstance: value.elementInstanceKey, type: value.type, retries: value.retries, state: record.intent, errorCode: value.errorCode, headers: value.customHeaders, kind: kindOf(value.jobKind, value.jobListenerEventType) });
    },
    TIMER(record) {
      if (!['CREATED', 'MIGRATED'].includes(record.intent)) return void timers.delete(String(record.key));
      const value = timer.parse(record.value);
      timers.set(String(record.key), { elementInstance: value.elementInstanceKey > 0 ? String(value.elementInstanceKey) : undefined, element: value.targetElementId, due: value.dueDate, repetitions: value.repetitions });
    },
    PROCESS_MESSAGE_SUBSCRIPTION(record) {
      if (!['CREATED', 'CORRELATED', 'DELETED', 'MIGRATED'].includes(record.intent)) return;
      const value = subscription.parse(record.value);
      subscriptions.set(String(record.key), { elementInstance: value.elementInstanceKey, element: value.elementId, message: value.messageName, correlationKey: value.correlationKey, state: record.intent === 'MIGRATED' ? 'CREATED' : record.intent });
    },
    USER_TASK(record) {
      const state = taskState[record.intent];
      const before = userTasks.get(String(record.key));
      // What a step asks for counts when it is done: its listeners may still deny or correct it.
      if (before !== undefined && !doneTaskSteps.has(record.intent)) return void (state !== undefined && (before.state = state));
      const value = userTask.parse(record.value);
      userTasks.set(String(record.key), {
        key: String(record.key), elementInstance: value.elementInstanceKey, assignee: record.intent === 'CREATING' ? '' : value.assignee, groups: value.candidateGroupsList, users: value.candidateUsersList,
        due: value.dueDate, followUp: value.followUpDate, priority: value.priority, hasForm: value.formKey > 0, state: state ?? before?.state ?? 'CREATING',
      });
    },
    INCIDENT(record) {
      const state = { CREATED: 'ACTIVE', MIGRATED: 'ACTIVE', RESOLVED: 'RESOLVED' }[record.intent];
      if (state === undefined) return;
      const value = incident.parse(record.value);
      incidents.set(String(record.key), { key: String(record.key), elementInstance: value.elementInstanceKey, element: value.elementId, type: value.errorType, state, ofJob: value.jobKey > 0 });
    },
    DECISION_EVALUATION(record) {
      const value = evaluation.parse(record.value);
      const elementInstance = value.elementInstanceKey > 0 ? String(value.elementInstanceKey) : undefined;
      for (const { decisionId, decisionOutput } of value.evaluatedDecisions) {
        const state = record.intent === 'FAILED' && decisionId === value.failedDecisionId ? 'FAILED' : 'EVALUATED';
        decisions.push({ elementInstance, decision: decisionId, state, result: decisionOutput });
      }
    },
  };

  return {
    add: (records) => records.filter(({ recordType }) => recordType === 'EVENT').forEach((record) => folders[record.valueType]?.(record)),
    facts: () => ({
      instances: [...instances.values()], elements: [...elements.values()], flows, variables: [...variables.values()], jobs: [...jobs.values()], timers: [...timers.values()],
      subscriptions: [...subscriptions.values()], userTasks: [...userTasks.values()], incidents: [...incidents.values()], decisions,
    }),
  };
}

const elementState: Readonly<Record<string, string>> = {
  ELEMENT_ACTIVATING: 'ACTIVE', ELEMENT_ACTIVATED: 'ACTIVE', ELEMENT_COMPLETING: 'ACTIVE', ELEMENT_TERMINATING: 'ACTIVE',
  ELEMENT_COMPLETED: 'COMPLETED', ELEMENT_TERMINATED: 'TERMINATED',
};
/** The events that change what a job search shows. */
const jobStates = new Set(['CREATED', 'COMPLETED', 'FAILED', 'RETRIES_UPDATED', 'TIMED_OUT', 'CANCELED', 'ERROR_THROWN', 'MIGRATED']);
const taskState: Readonly<Record<string, string>> = {
  CREATING: 'CREATING', CREATED: 'CREATED', ASSIGNING: 'ASSIGNING', CLAIMING: 'ASSIGNING', ASSIGNED: 'CREATED', ASSIGNMENT_DENIED: 'CREATED', UPDATING: 'UPDATING', UPDATED: 'CREATED', UPDATE_DENIED: 'CREATED',
  COMPLETING: 'COMPLETING', COMPLETION_DENIED: 'CREATED', COMPLETED: 'COMPLETED', CANCELING: 'CANCELING', CANCELED: 'CANCELED',
};
const doneTaskSteps = new Set(['CREATED', 'ASSIGNED', 'UPDATED', 'COMPLETED', 'CANCELED', 'MIGRATED']);
