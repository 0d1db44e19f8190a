/**
 * Keeps rows where they are while the list changes behind them: known rows are renewed in place, rows that left stay
 * and are marked, new ones that would push rows down wait until the person asks for them.
 */
export type Listed = { userTaskKey: string; createdAt: string; dueAt: string | null };
export type Row<Task extends Listed> = { task: Task; gone: boolean };
export type FreshList<Task extends Listed> = { tasks: readonly Task[]; complete: boolean };

/** What a person took in: the rows in their places, and the newest case among all that were read then. */
export type TakenIn<Task extends Listed> = { rows: readonly Row<Task>[]; newest: string };

/** The rows to show now, and how many new tasks are held back. */
export function mergeTasks<Task extends Listed>(taken: TakenIn<Task>, fresh: FreshList<Task>): { rows: Row<Task>[]; held: number } {
  const freshByKey = new Map(fresh.tasks.map((task) => [task.userTaskKey, task]));
  const shownKeys = new Set(taken.rows.map((row) => row.task.userTaskKey));
  const rows = taken.rows.map(({ task, gone }) => {
    const renewed = freshByKey.get(task.userTaskKey);
    if (renewed !== undefined) return { task: renewed, gone: false };
    return { task, gone: gone || !isBeyond(task, fresh) };
  });
  const lastKnown = fresh.tasks.findLastIndex((task) => shownKeys.has(task.userTaskKey));
  const unknown = fresh.tasks.map((task, index) => ({ task, index })).filter(({ task }) => !shownKeys.has(task.userTaskKey));
  // A case from further down that moved up as others left goes to the end, where it moves nobody.
  const below = unknown.filter(({ task, index }) => rows.length > 0 && index > lastKnown && task.createdAt <= taken.newest);
  return { rows: [...rows, ...below.map(({ task }) => ({ task, gone: false }))], held: unknown.length - below.length };
}

/** All fresh tasks in their own order: what a click on "2 new cases" and a newly opened list show. */
export function takeInAll<Task extends Listed>(fresh: FreshList<Task>): TakenIn<Task> {
  return { rows: fresh.tasks.map((task) => ({ task, gone: false })), newest: newestOf(fresh.tasks) };
}

/** Appends the tasks of a further page below the rows, leaving those above where they are. */
export function appendTasks<Task extends Listed>(taken: TakenIn<Task>, page: readonly Task[]): TakenIn<Task> {
  const shownKeys = new Set(taken.rows.map((row) => row.task.userTaskKey));
  const added = page.filter((task) => !shownKeys.has(task.userTaskKey));
  return { rows: [...taken.rows, ...added.map((task) => ({ task, gone: false }))], newest: [taken.newest, newestOf(added)].sort().at(-1) ?? '' };
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

function newestOf(tasks: readonly Listed[]): string {
  return tasks.reduce((newest, { createdAt }) => (createdAt > newest ? createdAt : newest), '');
}
