/** Reads and claims user tasks through the engine's API. Searches may lag behind: what this server knows better is laid over. */
import { z } from 'zod';
import type { EngineClient } from '../../workers/index.ts';
import { UserTaskKey } from '../../workers/index.ts';
import { engineStatus } from '../../workers/engine-status.ts';
import { escalatedPriority } from '../../workers/escalate-review.ts';
import type { InboxList } from '../contract/inbox.ts';
import { Problem } from '../problem.ts';
import type { Claims } from './claims.ts';

/** A user task as the engine tells of it. */
export type EngineTask = {
  userTaskKey: string;
  processInstanceKey: string;
  elementId: string;
  open: boolean;
  ended: 'completed' | 'cancelled' | null;
  assignee: string | null;
  candidateGroups: string[];
  createdAt: number;
  dueAt: number | null;
  completedAt: number | null;
  /** Overdue, and offered to the adjudicators too. */
  escalated: boolean;
};

/**
 * The parts of the SDK's user task that the inbox needs. Missing and null mean the same (levels 8.8 and 8.9 differ), and
 * a number may come as a bigint (with the SDK's response validation on).
 */
const FoundTask = z.object({
  userTaskKey: z.string(),
  processInstanceKey: z.string(),
  elementId: z.string(),
  state: z.string(),
  assignee: z.string().nullish(),
  candidateGroups: z.array(z.string()).nullish(),
  creationDate: z.string(),
  dueDate: z.string().nullish(),
  completionDate: z.string().nullish(),
  priority: z.coerce.number().nullish(),
});

const closedStates: Record<string, EngineTask['ended']> = { COMPLETING: 'completed', COMPLETED: 'completed', CANCELING: 'cancelled', CANCELED: 'cancelled', FAILED: 'cancelled' };

function engineTask(found: unknown, claims: Claims): EngineTask {
  const task = FoundTask.parse(found);
  const ended = closedStates[task.state] ?? null;
  const moment = (text: string | null | undefined) => (text === null || text === undefined || text === '' ? null : Date.parse(text));
  const assignee = task.assignee === undefined || task.assignee === null || task.assignee === '' ? null : task.assignee;
  return {
    userTaskKey: task.userTaskKey,
    processInstanceKey: task.processInstanceKey,
    elementId: task.elementId,
    open: ended === null,
    ended,
    assignee: ended === null ? claims.assigneeOf(task.userTaskKey, assignee) : assignee,
    candidateGroups: task.candidateGroups ?? [],
    createdAt: Date.parse(task.creationDate),
    dueAt: moment(task.dueDate),
    completedAt: moment(task.completionDate),
    escalated: (task.priority ?? 0) >= escalatedPriority,
  };
}

/** Whose tasks are looked for: `groups` null means everybody's (people who read along). */
export type TaskSearch = {
  list: InboxList;
  person: string;
  groups: string[] | null;
  service: string | undefined;
  createdBefore: string | undefined;
  dueBefore: string | undefined;
};

export type TaskPageFound = { items: EngineTask[]; total: number; endCursor: string | null };

/** At once: nothing waits for the search to catch up. */
const now = { consistency: { waitUpToMs: 0 } };

/** One page of a list, earliest due first (`done`: latest first). */
export async function searchTasks(engine: EngineClient, claims: Claims, search: TaskSearch, page: { after: string | null; limit: number }): Promise<TaskPageFound> {
  const filter = filterOf(search);
  if (filter === null) return { items: [], total: 0, endCursor: null };
  const sort =
    search.list === 'done'
      ? [{ field: 'completionDate' as const, order: 'DESC' as const }]
      : [{ field: 'dueDate' as const, order: 'ASC' as const }, { field: 'creationDate' as const, order: 'ASC' as const }];
  const request = { filter, sort, page: page.after === null ? { limit: page.limit } : { after: page.after, limit: page.limit } };
  // The SDK brands strings (`ElementId`, `EndCursor`) that are plain text in a filter.
  const found = await engine.searchUserTasks(request as Parameters<EngineClient['searchUserTasks']>[0], now).catch((error: unknown) => {
    if (page.after !== null && engineStatus(error) === 400) throw new Problem('cursor-invalid', 'The cursor is not one of this list. Begin again without a cursor.');
    throw error;
  });
  const items = found.items.map((item) => engineTask(item, claims));
  const total = Number(found.page.totalItems);
  const more = items.length === page.limit && items.length < total;
  return { items, total, endCursor: more ? (found.page.endCursor ?? null) : null };
}

/** How many tasks a list holds. */
export async function countTasks(engine: EngineClient, claims: Claims, search: TaskSearch): Promise<number> {
  return (await searchTasks(engine, claims, search, { after: null, limit: 1 })).total;
}

/** Null where the person belongs to no group and the list is one of groups: nothing can be found then. */
function filterOf(search: TaskSearch): Record<string, unknown> | null {
  const { list, groups } = search;
  const byGroup = list === 'mine' || (list === 'done' && groups !== null) || groups === null ? {} : { candidateGroup: { $in: groups } };
  if (groups?.length === 0 && list !== 'mine' && list !== 'done') return null;
  return {
    state: list === 'done' ? 'COMPLETED' : 'CREATED',
    ...byGroup,
    ...(list === 'mine' || (list === 'done' && groups !== null) ? { assignee: search.person } : {}),
    ...(list === 'unassigned' ? { assignee: { $exists: false } } : {}),
    ...(search.service === undefined ? {} : { processInstanceVariables: [{ name: 'service', value: JSON.stringify(search.service) }] }),
    ...(search.createdBefore === undefined ? {} : { creationDate: { $lt: search.createdBefore } }),
    ...(search.dueBefore === undefined ? {} : { dueDate: { $lt: search.dueBefore } }),
  };
}

/** One task, or null where the engine does not know it (yet: a cluster's reads lag). */
export async function readEngineTask(engine: EngineClient, claims: Claims, userTaskKey: string): Promise<EngineTask | null> {
  const found = await foundOrNull(engine.getUserTask({ userTaskKey: UserTaskKey.assumeExists(userTaskKey) }, now));
  return found === null ? null : engineTask(found, claims);
}

/** How long a refused claim waits to learn from lagging reads who was faster. */
const learnMs = 5_000;

/** Takes the task for a person; `taken` says who was faster (null where that cannot be learnt), `ended` that it is over. */
export async function claim(engine: EngineClient, claims: Claims, userTaskKey: string, assignee: string): Promise<{ kind: 'claimed' | 'ended' } | { kind: 'taken'; by: string | null }> {
  const key = UserTaskKey.assumeExists(userTaskKey);
  try {
    await engine.assignUserTask({ userTaskKey: key, assignee, allowOverride: false });
  } catch (error) {
    const status = engineStatus(error);
    if (status === 404) return { kind: 'ended' };
    if (status !== 409) throw error;
    const holder = await holderOf(engine, userTaskKey);
    if (holder === assignee) return { kind: 'claimed' };
    return { kind: 'taken', by: holder };
  }
  claims.remember(userTaskKey, assignee);
  return { kind: 'claimed' };
}

async function holderOf(engine: EngineClient, userTaskKey: string): Promise<string | null> {
  const options = { consistency: { waitUpToMs: learnMs, pollIntervalMs: 250, predicate: (task: { assignee?: string | null }) => typeof task.assignee === 'string' && task.assignee !== '' } };
  const task = await engine.getUserTask({ userTaskKey: UserTaskKey.assumeExists(userTaskKey) }, options).catch((error: unknown) => {
    if (engineStatus(error) === 404 || (error instanceof Error && error.name === 'EventualConsistencyTimeoutError')) return null;
    throw error;
  });
  return task?.assignee ?? null;
}

/** Gives the task back to its group. False where it has ended. */
export async function unclaim(engine: EngineClient, claims: Claims, userTaskKey: string): Promise<boolean> {
  try {
    await engine.unassignUserTask({ userTaskKey: UserTaskKey.assumeExists(userTaskKey) });
  } catch (error) {
    const status = engineStatus(error);
    if (status === 404 || status === 409) return false;
    throw error;
  }
  claims.remember(userTaskKey, null);
  return true;
}

const FoundForm = z.object({ formId: z.string().nullish(), version: z.coerce.number(), schema: z.union([z.string(), z.record(z.string(), z.unknown())]) });
const FormSchema = z.record(z.string(), z.unknown());

/** The linked form of a task; null where it has none, or has ended. */
export async function readForm(engine: EngineClient, userTaskKey: string): Promise<{ formId: string | null; version: number; schema: Record<string, unknown> } | null> {
  const found: unknown = await foundOrNull(engine.getUserTaskForm({ userTaskKey: UserTaskKey.assumeExists(userTaskKey) }, now));
  // The SDK makes nothing, an empty text or an empty object of "204, no form".
  if (found === null || found === undefined || found === '' || Object.keys(found).length === 0) return null;
  const form = FoundForm.parse(found);
  const schema: unknown = typeof form.schema === 'string' ? JSON.parse(form.schema) : form.schema;
  return { formId: form.formId ?? null, version: form.version, schema: FormSchema.parse(schema) };
}

async function foundOrNull<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (engineStatus(error) === 404) return null;
    throw error;
  });
}
