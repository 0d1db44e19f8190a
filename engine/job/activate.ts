// Hands jobs to a worker, with the variables that their elements see.
import type { JsonValue } from '../expression/index.ts';
import { accept, reject } from '../processing/step.ts';
import type { Decide } from '../processing/step.ts';
import type { View } from '../view.ts';
import { pendingVariables, showTask } from '../user-task/pending.ts';
import type { ActivatedJob, ActivateJobs } from './records.ts';
import type { JobRow } from './state.ts';

export const activateJobs: Decide<ActivateJobs> = (command, view, step) => {
  if (command.timeout < 1) return reject('INVALID_ARGUMENT', `Expected to activate job batch with timeout to be greater than zero, but it was '${command.timeout}'`);
  if (command.maxJobs < 1) return reject('INVALID_ARGUMENT', `Expected to activate job batch with max jobs to activate to be greater than zero, but it was '${command.maxJobs}'`);
  const jobs = view.jobs.activatable(command.jobType, command.maxJobs);
  const deadline = view.now + command.timeout;
  if (jobs.length > 0) step.events.push({ type: 'jobs.activated', keys: jobs.map((job) => job.key), worker: command.worker, deadline });
  return accept(jobs.map((job) => handOut(view, job, command, deadline)));
};

function handOut(view: View, job: JobRow, command: ActivateJobs, deadline: number): ActivatedJob {
  const instance = view.processInstances.get(job.processInstanceKey);
  const tags = instance?.tags ?? null;
  const task = job.kind === 'TASK_LISTENER' ? view.userTasks.openOf(job.elementInstanceKey) : undefined;
  const variables = variablesFor(view, job, command.fetchVariables ?? []);
  return {
    key: job.key,
    type: job.type,
    processInstanceKey: job.processInstanceKey,
    processDefinitionKey: job.processDefinitionKey,
    bpmnProcessId: job.bpmnProcessId,
    processDefinitionVersion: view.deployments.process(job.processDefinitionKey)?.version ?? -1,
    elementId: job.elementId,
    elementInstanceKey: job.elementInstanceKey,
    customHeaders: job.customHeaders === null ? {} : (JSON.parse(job.customHeaders) as Record<string, string>),
    worker: command.worker,
    retries: job.retries,
    deadline,
    variables: task === undefined ? variables : { ...variables, ...pendingVariables(task, command.fetchVariables ?? []) },
    tags: tags === null ? [] : (JSON.parse(tags) as string[]),
    kind: job.kind,
    listenerEvent: job.listenerEvent,
    userTask: task === undefined ? null : showTask(task),
  };
}

function variablesFor(view: View, job: JobRow, names: readonly string[]): Record<string, JsonValue> {
  const scopes = view.elements.scopesOf(job.elementInstanceKey);
  if (names.length === 0) return view.variables.allVisible(scopes);
  const values: Record<string, JsonValue> = {};
  for (const name of names) {
    const value = view.variables.visible(scopes, name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}
