/**
 * Keeps rows where they are while the list changes behind them: known rows are renewed in place, rows that left stay
 * and are marked, new ones wait until the person asks for them.
 */
export type Listed = { userTaskKey: string; dueAt: string | null };
export type Row<Task extends Listed> = { task: Task; gone: boolean };
export type FreshList<Task extends Listed> = { tasks: readonly Task[]; complete: boolean };

/** The rows to show now, and how many new tasks are held back. */
export function mergeTasks<Task extends Listed>(shown: readonly Row<Task>[], fresh: FreshList<Task>): { rows: Row<Task>[]; held: number } {
  const freshByKey = new Map(fresh.tasks.map((task) => [task.userTaskKey, task]));
  const shownKeys = new Set(shown.map((row) => row.task.userTaskKey));
  const rows = shown.map(({ task, gone }) => {
    const renewed = freshByKey.get(task.userTaskKey);
    if (renewed !== undefined) return { task: renewed, gone: false };
    return { task, gone: gone || !isBeyond(task, fresh) };
  });
  return { rows, held: fresh.tasks.filter((task) => !shownKeys.has(task.userTaskKey)).length };
}

/** All fresh tasks in their own order: what a click on "2 new cases" and a newly opened list show. */
export function showAll<Task extends Listed>(fresh: FreshList<Task>): Row<Task>[] {
  return fresh.tasks.map((task) => ({ task, gone: false }));
}

/** Appends the tasks of a further page below the rows, leaving those above where they are. */
export function appendTasks<Task extends Listed>(shown: readonly Row<Task>[], page: readonly Task[]): Row<Task>[] {
  const shownKeys = new Set(shown.map((row) => row.task.userTaskKey));
  return [...shown, ...page.filter((task) => !shownKeys.has(task.userTaskKey)).map((task) => ({ task, gone: false }))];
}

/** The row to open after `key` is answered: the next one still here, else the one before. */
export function neighbourOf<Task extends Listed>(rows: readonly Row<Task>[], key: string): Task | undefined {
  const at = rows.findIndex((row) => row.task.userTaskKey === key);
  const here = (row: Row<Task>) => !row.gone && row.task.userTaskKey !== key;
  return (rows.slice(at + 1).find(here) ?? rows.slice(0, Math.max(at, 0)).findLast(here))?.task;
}

/** Sorts behind every ISO moment. */
const never = '~';

/** A row that new ones pushed past the end of what was read is not gone, it is only further down. */
function isBeyond(task: Listed, fresh: FreshList<Listed>): boolean {
  if (fresh.complete) return false;
  const last = fresh.tasks.at(-1);
  return last === undefined || (task.dueAt ?? never) >= (last.dueAt ?? never);
}
