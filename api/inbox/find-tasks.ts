/** Finds tasks of the inbox together with their cases, as far as a person may see them. */
import { listCasesOfInstances, type User } from '../../ledger/index.ts';
import { Problem } from '../problem.ts';
import type { Parts } from '../parts.ts';
import { readEngineTask, type EngineTask } from './engine-tasks.ts';
import { isOffered, serviceOfCase, type ReviewTask } from './task-view.ts';

/** People who read along see the tasks of every group. */
const readAlong = ['auditor', 'administrator', 'process-owner'] as const;

export function seesAllTasks(person: User): boolean {
  return readAlong.some((role) => person.roles.includes(role));
}

/** The groups to look in; null: all. */
export function visibleGroups(person: User): string[] | null {
  return seesAllTasks(person) ? null : person.groups;
}

/** Joins tasks with their cases. A user task that belongs to no case is no review and is left out. */
export async function withCases(parts: Parts, tasks: EngineTask[]): Promise<ReviewTask[]> {
  const cases = await listCasesOfInstances(parts.ledger, tasks.map((task) => task.processInstanceKey));
  const joined = await Promise.all(
    tasks.map(async (task) => {
      const theCase = cases.get(task.processInstanceKey);
      return theCase === undefined ? [] : [{ task, case: theCase, service: await serviceOfCase(parts, theCase) }];
    }),
  );
  return joined.flat();
}

/** One task by its sealed key; 404 where there is none or it is not the person's to see. */
export async function findTask(parts: Parts, sealedKey: string, person: User): Promise<ReviewTask> {
  const userTaskKey = parts.inboxSeal.openKey(sealedKey);
  const task = userTaskKey === null ? null : await readEngineTask(parts.engine, parts.claims, userTaskKey);
  const [found] = task === null || !(seesAllTasks(person) || isOffered(task, person)) ? [] : await withCases(parts, [task]);
  if (found === undefined) throw new Problem('task-unknown', `There is no task ${sealedKey}, or it is not for your groups.`);
  return found;
}
