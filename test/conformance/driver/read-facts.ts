// Reads all state of our engine: from the `/v2` searches, and from its rows what those do not show (timers).
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { ProcessInstanceKey, type EngineClient } from '../../../workers/client.ts';
import { kindOf, type Facts } from './facts.ts';

const atOnce = { consistency: { waitUpToMs: 0 } };
const everything = { page: { limit: 10_000 } };
const timerRow = z.object({ element_instance_key: z.number().nullable(), element_id: z.string(), due_at: z.number(), repetitions: z.number() });

/** Camunda's API has no search for timers. */
export async function readFacts(client: EngineClient, db: DatabaseSync): Promise<Facts> {
  const [instances, elements, variables, jobs, subscriptions, userTasks, incidents, decisions] = await Promise.all([
    client.searchProcessInstances(everything, atOnce),
    client.searchElementInstances(everything, atOnce),
    client.searchVariables({ ...everything, truncateValues: false }, atOnce),
    client.searchJobs(everything, atOnce),
    client.searchMessageSubscriptions(everything, atOnce),
    client.searchUserTasks(everything, atOnce),
    client.searchIncidents(everything, atOnce),
    client.searchDecisionInstances(everything, atOnce),
  ]);
  const flows = await Promise.all((instances.items ?? []).map(({ processInstanceKey }) =>
    client.getProcessInstanceSequenceFlows({ processInstanceKey: ProcessInstanceKey.assumeExists(processInstanceKey) }, atOnce)));
  return {
    instances: (instances.items ?? []).map((row) => ({ key: row.processInstanceKey, process: row.processDefinitionId, version: row.processDefinitionVersion, state: row.state, parentElement: row.parentElementInstanceKey, tags: row.tags ?? [] })),
    elements: (elements.items ?? []).filter(({ type }) => type !== 'PROCESS').map((row) => ({ key: row.elementInstanceKey, instance: row.processInstanceKey, element: row.elementId, type: row.type, state: row.state })),
    flows: flows.flatMap(({ items }) => (items ?? []).map((row) => ({ instance: row.processInstanceKey ?? '', flow: row.elementId ?? '' }))),
    variables: (variables.items ?? []).map((row) => ({ scope: row.scopeKey ?? '', name: row.name ?? '', value: row.value ?? '' })),
    jobs: (jobs.items ?? []).map((row) => ({ key: row.jobKey, elementInstance: row.elementInstanceKey, type: row.type, retries: row.retries, state: row.state, errorCode: row.errorCode ?? '', headers: row.customHeaders, kind: kindOf(row.kind, row.listenerEventType) })),
    timers: db.prepare('SELECT element_instance_key, element_id, due_at, repetitions FROM timers').all().map((row) => {
      const timer = timerRow.parse(row);
      return { elementInstance: timer.element_instance_key === null ? undefined : String(timer.element_instance_key), element: timer.element_id, due: timer.due_at, repetitions: timer.repetitions };
    }),
    subscriptions: (subscriptions.items ?? []).map((row) => ({ elementInstance: row.elementInstanceKey ?? '', element: row.elementId ?? '', message: row.messageName ?? '', correlationKey: row.correlationKey ?? '', state: row.messageSubscriptionState ?? '' })),
    userTasks: (userTasks.items ?? []).map((row) => ({
      key: row.userTaskKey, elementInstance: row.elementInstanceKey ?? '', state: row.state ?? '', assignee: row.assignee ?? '', groups: row.candidateGroups ?? [], users: row.candidateUsers ?? [],
      due: row.dueDate ?? '', followUp: row.followUpDate ?? '', priority: row.priority ?? 0, hasForm: row.formKey !== undefined && row.formKey !== null,
    })),
    incidents: (incidents.items ?? []).map((row) => ({ key: row.incidentKey ?? '', elementInstance: row.elementInstanceKey ?? '', element: row.elementId ?? '', type: row.errorType ?? '', state: row.state ?? '', ofJob: row.jobKey !== undefined && row.jobKey !== null })),
    decisions: (decisions.items ?? []).map((row) => ({ elementInstance: row.elementInstanceKey ?? undefined, decision: row.decisionDefinitionId ?? '', state: row.state ?? '', result: row.result ?? '' })),
  };
}
