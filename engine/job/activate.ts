// Hands jobs to a worker, with the variables that their elements see.
import type { JsonValue } from '../expression/index.ts';
import { accept, reject } from '../processing/step.ts';
import type { Decide, Step } from '../processing/step.ts';
import type { View } from '../view.ts';
import { pendingVariables, showTask } from '../user-task/pending.ts';
import type { ActivatedJob, ActivateJobs } from './records.ts';
import type { JobRow } from './state.ts';
import { whereaboutsOf } from './whereabouts-of.ts';

const MIB = 1024 * 1024;
/** Bytes of variables that one answer hands out at most, as JSON. */
const LARGEST_ANSWER = 4 * MIB;

export const activateJobs: Decide<ActivateJobs> = (command, view, step) => {
  if (command.timeout < 1) return reject('INVALID_ARGUMENT', `Expected to activate job batch with timeout to be greater than zero, but it was '${command.timeout}'`);
  if (command.maxJobs < 1) return reject('INVALID_ARGUMENT', `Expected to activate job batch with max jobs to activate to be greater than zero, but it was '${command.maxJobs}'`);
  const deadline = view.now + command.timeout;
  const jobs: ActivatedJob[] = [];
  let size = 0;
  for (const row of view.jobs.activatable(command.jobType, command.maxJobs)) {
    const job = handOut(view, row, command, deadline);
    const own = Buffer.byteLength(JSON.stringify(job.variables));
    if (own > LARGEST_ANSWER) {
      withhold(view, step, row, own);
      continue;
    }
    // What does not go into this answer is there for the next one.
    if (size + own > LARGEST_ANSWER) break;
    size += own;
    jobs.push(job);
  }
  if (jobs.length > 0) step.events.push({ type: 'jobs.activated', keys: jobs.map((job) => job.key), worker: command.worker, deadline });
  return accept(jobs);
};

/** A worker could never be given it: a person must make its variables smaller, or ask for fewer. */
function withhold(view: View, step: Step, job: JobRow, size: number): void {
  const errorMessage = `The job with key '${job.key}' can not be activated, because with ${(size / MIB).toFixed(1)} MB it is larger than the configured message size (per default is 4 MB). Try to reduce the size by reducing the number of fetched variables or modifying the variable values.`;
  step.events.push({ type: 'job.withheld', key: job.key });
  step.events.push({ type: 'incident.created', key: view.newKey(), errorType: 'MESSAGE_SIZE_EXCEEDED', errorMessage, ...whereaboutsOf(job), jobKey: job.key });
}

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
