// A core in memory with a pinned clock, and the few questions that tests ask it.
import { expect, onTestFinished } from 'vitest';
import { createClock } from '../../engine/clock.ts';
import { openCore } from '../../engine/core.ts';
import type { Core } from '../../engine/core.ts';
import type { Logger } from '../../engine/logger.ts';
import type { ActivatedJob } from '../../engine/job/records.ts';
import type { AnswerOf, Command, Rejection } from '../../engine/records.ts';
import type { Variables } from '../../engine/variable/records.ts';

export const START = Date.UTC(2026, 10, 22, 12);

export type EngineUnderTest = ReturnType<typeof startEngine>;

export function startEngine(given: { file?: string; timeZone?: string; keepHistoryMs?: number; stepsAtOnce?: number; logger?: Logger; beforeCommit?: () => void } = {}) {
  const clock = createClock();
  clock.pin(START);
  const core = openCore({ ...given, file: given.file ?? ':memory:', clock });
  onTestFinished(() => core.close());
  return { core, clock, ...questions(core, clock) };
}

function questions(core: Core, clock: ReturnType<typeof createClock>) {
  /** Submits and expects the answer. */
  async function accepted<C extends Command>(command: C): Promise<AnswerOf<C['type']>> {
    const result = await core.submit(command);
    if (!result.ok) throw new Error(`Refused: ${result.rejection.code} ${result.rejection.reason}`);
    return result.answer;
  }
  /** Submits and expects the refusal. */
  async function refused(command: Command): Promise<Rejection> {
    const result = await core.submit(command);
    if (result.ok) throw new Error(`Accepted: ${command.type}`);
    return result.rejection;
  }
  const rows = (sql: string, ...values: (string | number)[]) => core.db.prepare(sql).all(...values) as Record<string, unknown>[];
  return {
    accepted,
    refused,
    rows,
    /** Deploys diagrams and other files; a name without ending is a diagram's. */
    deploy: (...resources: (string | { name: string; content: string })[]) =>
      accepted({ type: 'deployment.create', resources: resources.map((one, index) => (typeof one === 'string' ? { name: `diagram-${index}.bpmn`, content: one } : one)) }),
    start: async (bpmnProcessId: string, variables: Variables = {}) =>
      (await accepted({ type: 'process-instance.create', definition: { bpmnProcessId }, variables })).processInstanceKey,
    activate: (jobType: string, more: { maxJobs?: number; timeout?: number; fetchVariables?: string[] } = {}) =>
      core.activateJobs({ jobType, worker: 'test', timeout: 60_000, maxJobs: 10, requestTimeout: -1, ...more }),
    /** Activates the one job of the type. */
    oneJob: async (jobType: string): Promise<ActivatedJob> => {
      const jobs = await core.activateJobs({ jobType, worker: 'test', timeout: 60_000, maxJobs: 10, requestTimeout: -1 });
      expect(jobs, `jobs of type ${jobType}`).toHaveLength(1);
      return jobs[0]!;
    },
    /** Does the one job of the type. */
    work: async (jobType: string, variables: Variables = {}) => {
      const [job] = await core.activateJobs({ jobType, worker: 'test', timeout: 60_000, maxJobs: 1, requestTimeout: -1 });
      if (job === undefined) throw new Error(`No job of type ${jobType}`);
      await accepted({ type: 'job.complete', jobKey: job.key, variables });
      return job;
    },
    /** `element:STATE`, in the order in which they were activated. */
    path: (processInstanceKey: number) =>
      rows('SELECT element_id, state FROM element_instances WHERE process_instance_key = ? ORDER BY key', processInstanceKey)
        .map((row) => (row['state'] === 'COMPLETED' ? row['element_id'] : `${String(row['element_id'])}:${String(row['state'])}`)),
    stateOf: (processInstanceKey: number) => rows('SELECT state FROM process_instances WHERE key = ?', processInstanceKey)[0]?.['state'],
    /** Variables of the instance itself, or of one scope. */
    variables: (scopeKey: number) => Object.fromEntries(rows('SELECT name, value FROM variable_values WHERE scope_key = ? ORDER BY name', scopeKey).map((row) => [row['name'], JSON.parse(String(row['value']))])),
    /** Active incidents as `TYPE element`. */
    incidents: () => rows(`SELECT key, error_type, element_id, error_message FROM incidents WHERE state = 'ACTIVE' ORDER BY key`)
      .map((row) => ({ key: Number(row['key']), type: row['error_type'], element: row['element_id'], message: String(row['error_message']) })),
    elementKey: (processInstanceKey: number, elementId: string) =>
      Number(rows('SELECT key FROM element_instances WHERE process_instance_key = ? AND element_id = ? ORDER BY key DESC', processInstanceKey, elementId)[0]?.['key']),
    openTask: () => {
      const tasks = rows(`SELECT * FROM user_tasks WHERE state = 'CREATED' ORDER BY key`);
      expect(tasks, 'open user tasks').toHaveLength(1);
      return { ...tasks[0]!, key: Number(tasks[0]!['key']) } as Record<string, unknown> & { key: number };
    },
    /** Moves the clock and lets everything that is due happen. */
    passTime: async (milliseconds: number) => {
      clock.pin(clock.now() + milliseconds);
      await core.settled();
    },
  };
}
