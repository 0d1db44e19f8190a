// Plays scenarios on our engine through Camunda's own client in process, and reads the trace from the `/v2` searches.
import { createClock } from '../../../engine/clock.ts';
import { openCore, type Core } from '../../../engine/core.ts';
import { createFetch } from '../../../engine/rest/fetch.ts';
import { createRestHandler } from '../../../engine/rest/handle.ts';
import { createEngineClient, ElementInstanceKey, JobKey, ProcessDefinitionId, ProcessDefinitionKey, ProcessInstanceKey, UserTaskKey, type EngineClient } from '../../../workers/client.ts';
import { OrchestrationLifters } from '@camunda8/sdk';
import { z } from 'zod';
import { startOfTime, type EngineDriver, type Outcome, type Step } from '../scenario/scenario.ts';
import { creationExtras, jobResult, migration, modification } from './engine-values.ts';
import { activeOf, byKey, jobLine, snapshotOf, stable, type Facts } from './facts.ts';
import { readFacts } from './read-facts.ts';

/** A new engine in memory for each scenario. `alter` lets a guard test plant a difference. */
export function createEngineDriver(alter: (step: Step) => Step = (step) => step): EngineDriver {
  return {
    name: 'Stellwerk',
    async begin(startAt = startOfTime) {
      const clock = createClock();
      clock.pin(startAt);
      const core = openCore({ file: ':memory:', clock });
      // Commands to a task are not to wait for its listeners: those are the next steps.
      const handle = createRestHandler({ ...core, awaitTask: async () => ({ kind: 'done' }) }, { isClosing: () => false, onDefect: (error) => { throw error; } });
      const client = createEngineClient({ fetch: createFetch(handle) });
      const run = createRun(client, core, startAt, (ms) => clock.pin(ms));
      return {
        async perform(step) {
          const outcome = await run.perform(alter(step));
          if (!(await comesToRest(core))) throw new RunsWithoutEnd(step.do);
          return { step, outcome, after: snapshotOf(await readFacts(client, core.db)) };
        },
        facts: () => readFacts(client, core.db),
        end: () => core.close(),
      };
    },
    close: async () => {},
  };
}

/** After so many steps of one turn nobody waits for its end; what is drawn here and does end takes some hundreds. */
const MOST_STEPS = 20_000;

/** Ours still went on after that step when it had taken very many. */
export class RunsWithoutEnd extends Error {
  constructor(step: string) {
    super(`After '${step}' ours goes on without end: more than ${MOST_STEPS} steps of one turn.`);
  }
}

async function comesToRest(core: Core): Promise<boolean> {
  let rests = false;
  void core.settled().then(() => { rests = true; });
  while (!rests) {
    if (core.metrics().longestTurnSteps > MOST_STEPS) return false;
    await new Promise(setImmediate);
  }
  return true;
}

type Run = { perform(step: Step): Promise<Outcome> };
type Job = { readonly key: string; readonly type: string; readonly line: string };

function createRun(client: EngineClient, core: Core, startAt: number, pin: (ms: number) => void): Run {
  const handedOut: Job[] = [];
  const resources = new Map<string, string>();
  let now = startAt;
  const facts = (): Promise<Facts> => readFacts(client, core.db);

  const activate = async (step: { type: string; max?: number; timeout?: number; fetch?: readonly string[] }): Promise<string[]> => {
    const { jobs } = await client.activateJobs({
      type: step.type, worker: 'conformance', timeout: step.timeout ?? 300_000, maxJobsToActivate: step.max ?? 1, requestTimeout: -1,
      ...(step.fetch === undefined ? {} : { fetchVariable: [...step.fetch] }),
    });
    return jobs.map((job) => {
      const line = jobLine({ ...job, deadline: Number(job.deadline) });
      handedOut.push({ key: job.jobKey, type: step.type, line });
      return line;
    });
  };
  /** A job that was handed out before, else one that is handed out now. */
  const withJob = async (type: string, use: (jobKey: ReturnType<typeof JobKey.assumeExists>) => Promise<unknown>, nth = 1): Promise<Outcome> => {
    if (!handedOut.some((job) => job.type === type)) await activate({ type });
    const job = handedOut.filter((job) => job.type === type)[nth - 1];
    if (job === undefined) return { kind: 'nothing-there', what: `job ${type}` };
    handedOut.splice(handedOut.indexOf(job), 1);
    return outcomeOf(() => use(JobKey.assumeExists(job.key)), () => [job.line]);
  };
  const withFirst = (rows: readonly { readonly key: string }[], what: string, use: (key: string) => Promise<unknown>): Promise<Outcome> => {
    const first = byKey(rows)[0];
    return first === undefined ? Promise.resolve({ kind: 'nothing-there', what }) : outcomeOf(() => use(first.key));
  };
  const withTask = async (element: string, use: (userTaskKey: ReturnType<typeof UserTaskKey.assumeExists>) => Promise<unknown>) => {
    const { userTasks, elements } = await facts();
    const open = userTasks.filter((task) => task.state === 'CREATED' && elements.some(({ key, element: id }) => key === task.elementInstance && id === element));
    return withFirst(open, `user task ${element}`, (key) => use(UserTaskKey.assumeExists(key)));
  };

  const perform = async (step: Step): Promise<Outcome> => {
    switch (step.do) {
      case 'deploy':
        return outcomeOf(() => client.createDeployment({ resources: step.resources.map(({ name, text }) => new File([text], name)) }), (answer) => deployed(answer, resources));
      case 'delete':
        return outcomeOf(() => client.deleteResource({ resourceKey: ProcessDefinitionKey.assumeExists(resources.get(step.resource) ?? '1') }));
      case 'create':
        return outcomeOf(() => client.createProcessInstance({
          processDefinitionId: ProcessDefinitionId.assumeExists(step.process), variables: { ...step.variables },
          ...(step.version === undefined ? {} : { processDefinitionVersion: step.version }),
          ...creationExtras(step),
        }));
      case 'modify': {
        const root = rootOf(await facts(), step.instance);
        const instructions = modification(step, await facts());
        return withFirst(root, 'instance', (key) => client.modifyProcessInstance({ processInstanceKey: ProcessInstanceKey.assumeExists(key), ...instructions }));
      }
      case 'migrate': {
        const { items } = await client.searchProcessDefinitions({ filter: { processDefinitionId: ProcessDefinitionId.assumeExists(step.process), version: step.version ?? 1 } }, { consistency: { waitUpToMs: 0 } });
        const target = items?.[0]?.processDefinitionKey ?? ProcessDefinitionKey.assumeExists('1');
        return withFirst(rootOf(await facts(), 1), 'instance', (key) => client.migrateProcessInstance({ processInstanceKey: ProcessInstanceKey.assumeExists(key), targetProcessDefinitionKey: target, ...migration(step) }));
      }
      case 'activate-in-ad-hoc': {
        const body = { elements: step.elements.map(({ element, variables }) => ({ elementId: OrchestrationLifters.ElementId.assumeExists(element), variables: { ...variables } })), cancelRemainingInstances: step.cancelRemaining ?? false };
        return withFirst(activeOf(await facts(), step.element), `ad-hoc sub-process ${step.element}`, (key) => client.activateAdHocSubProcessActivities({ adHocSubProcessInstanceKey: ElementInstanceKey.assumeExists(key), ...body }));
      }
      case 'broadcast': return outcomeOf(() => client.broadcastSignal({ signalName: step.signal, variables: { ...step.variables } }));
      case 'activate': return outcomeOf(() => activate(step), (lines) => z.array(z.string()).parse(lines));
      case 'complete-job': return withJob(step.type, (jobKey) => client.completeJob({ jobKey, variables: { ...step.variables }, ...jobResult(step.result) }), step.nth);
      case 'fail-job': return withJob(step.type, (jobKey) => client.failJob({ jobKey, retries: step.retries, retryBackOff: step.backOff ?? 0, errorMessage: 'failed', variables: { ...step.variables } }));
      case 'throw-error': return withJob(step.type, (jobKey) => client.throwJobError({ jobKey, errorCode: step.code, errorMessage: 'thrown', variables: { ...step.variables } }));
      case 'update-retries': {
        const open = (await facts()).jobs.filter(({ type, state }) => type === step.type && !['COMPLETED', 'CANCELED'].includes(state));
        return withFirst(open, `job ${step.type}`, (key) => client.updateJob({ jobKey: JobKey.assumeExists(key), changeset: { retries: step.retries } }));
      }
      case 'resolve-incident': {
        const open = (await facts()).incidents.filter(({ element, state }) => element === step.element && state === 'ACTIVE');
        return withFirst(open, `incident at ${step.element}`, (key) => client.resolveIncident({ incidentKey: OrchestrationLifters.IncidentKey.assumeExists(key) }));
      }
      case 'set-variables': {
        const now = await facts();
        const scopes = step.element === undefined ? now.instances : activeOf(now, step.element);
        return withFirst(scopes, `scope ${step.element ?? ''}`, (key) => client.createElementInstanceVariables({ elementInstanceKey: ElementInstanceKey.assumeExists(key), variables: { ...step.variables }, local: step.local === true }));
      }
      case 'publish':
        return outcomeOf(() => client.publishMessage({
          name: step.name, correlationKey: step.correlationKey, timeToLive: step.timeToLive ?? 0, variables: { ...step.variables },
          ...(step.messageId === undefined ? {} : { messageId: step.messageId }),
        }));
      case 'correlate': return outcomeOf(() => client.correlateMessage({ name: step.name, correlationKey: step.correlationKey, variables: { ...step.variables } }));
      case 'complete-task': return withTask(step.element, (userTaskKey) => client.completeUserTask({ userTaskKey, variables: { ...step.variables } }));
      case 'assign-task': return withTask(step.element, (userTaskKey) => client.assignUserTask({ userTaskKey, assignee: step.assignee, allowOverride: step.allowOverride ?? true }));
      case 'unassign-task': return withTask(step.element, (userTaskKey) => client.unassignUserTask({ userTaskKey }));
      case 'update-task': {
        const { candidateGroups, candidateUsers, dueDate, followUpDate, priority } = step.changes;
        const changeset = {
          ...(candidateGroups === undefined ? {} : { candidateGroups: [...candidateGroups] }), ...(candidateUsers === undefined ? {} : { candidateUsers: [...candidateUsers] }),
          ...(dueDate === undefined ? {} : { dueDate }), ...(followUpDate === undefined ? {} : { followUpDate }), ...(priority === undefined ? {} : { priority }),
        };
        return withTask(step.element, (userTaskKey) => client.updateUserTask({ userTaskKey, changeset }));
      }
      case 'move-clock':
        now += step.seconds * 1000;
        pin(now);
        return { kind: 'accepted' };
      case 'cancel': {
        return withFirst(rootOf(await facts(), step.instance), 'instance', (key) => client.cancelProcessInstance({ processInstanceKey: ProcessInstanceKey.assumeExists(key) }));
      }
      case 'evaluate-decision':
        return outcomeOf(
          () => client.evaluateDecision({ decisionDefinitionId: OrchestrationLifters.DecisionDefinitionId.assumeExists(step.decision), variables: { ...step.variables } }),
          (answer) => [stable(JSON.parse(z.object({ output: z.string() }).parse(answer).output))],
        );
    }
  };
  return { perform };
}

/** The root instance with that number, the first when left out. */
const rootOf = ({ instances }: Facts, nth = 1) => byKey(instances.filter(({ parentElement }) => parentElement === undefined)).slice(nth - 1);

const problem = z.object({ title: z.string(), status: z.number(), detail: z.string() });

async function outcomeOf(call: () => Promise<unknown>, answer?: (result: unknown) => string[]): Promise<Outcome> {
  try {
    const result = await call();
    return { kind: 'accepted', ...(answer === undefined ? {} : { answer: answer(result) }) };
  } catch (failure) {
    const said = problem.safeParse(failure);
    if (!said.success) throw failure;
    return { kind: 'rejected', code: said.data.title, reason: said.data.detail };
  }
}

const deployment = z.object({
  deployments: z.array(z.object({
    processDefinition: z.object({ processDefinitionId: z.string(), processDefinitionVersion: z.number(), processDefinitionKey: z.string() }).optional(),
    decisionDefinition: z.object({ decisionDefinitionId: z.string(), version: z.number(), decisionRequirementsKey: z.string() }).optional(),
    form: z.object({ formId: z.string(), version: z.number(), formKey: z.string() }).optional(),
  })),
});

/** What a deployment made, by name and version; their keys are kept in `resources`. */
function deployed(answer: unknown, resources: Map<string, string>): string[] {
  const made = deployment.parse(answer).deployments.flatMap(({ processDefinition, decisionDefinition, form }): [string, string][] => [
    ...(processDefinition === undefined ? [] : [[`process ${processDefinition.processDefinitionId} v${processDefinition.processDefinitionVersion}`, processDefinition.processDefinitionKey] satisfies [string, string]]),
    ...(decisionDefinition === undefined ? [] : [[`decision ${decisionDefinition.decisionDefinitionId} v${decisionDefinition.version}`, decisionDefinition.decisionRequirementsKey] satisfies [string, string]]),
    ...(form === undefined ? [] : [[`form ${form.formId} v${form.version}`, form.formKey] satisfies [string, string]]),
  ]);
  for (const [name, key] of made) resources.set(name, key);
  return made.map(([name]) => name).sort();
}
