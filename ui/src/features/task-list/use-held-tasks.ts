/** The rows of a list as a person sees them: they hold still until asked to take in what is new. */
import { useState } from 'react';
import type { TaskSummary } from '../../shared/tasks/task.ts';
import { appendTasks, mergeTasks, takeInAll, type Row, type TakenIn } from './merge-tasks.ts';

export type ReadList = { pages: readonly { items: readonly TaskSummary[]; nextCursor: string | null }[]; readAt: number };

type Held = {
  listKey: string;
  taken: TakenIn<TaskSummary>;
  pages: number;
  takeInAfter: number;
  /** Answered here; searches may still name them for a while. */
  answered: ReadonlySet<string>;
};

export type HeldTasks = {
  rows: Row<TaskSummary>[] | undefined;
  held: number;
  /** Shows what was held back. */
  takeIn: () => void;
  /** Takes away a row that the person has answered. */
  drop: (userTaskKey: string) => void;
  /** Shows a row again whose answer was taken back, and all else with it. */
  bringBack: (userTaskKey: string) => void;
};

export function useHeldTasks(listKey: string, list: ReadList | undefined): HeldTasks {
  const [held, setHeld] = useState<Held>();
  const answered = held?.answered ?? none;
  const fresh = list === undefined ? undefined : { tasks: list.pages.flatMap((page) => page.items).filter((task) => !answered.has(task.userTaskKey)), complete: list.pages.at(-1)?.nextCursor === null };
  if (list !== undefined && fresh !== undefined) {
    const pages = list.pages.length;
    if (held?.listKey !== listKey || list.readAt > held.takeInAfter) setHeld({ listKey, taken: takeInAll(fresh), pages, takeInAfter: Infinity, answered });
    // Nothing is there that could move.
    else if (held.taken.rows.length === 0 && fresh.tasks.length > 0) setHeld({ ...held, taken: takeInAll(fresh), pages });
    else if (pages > held.pages) setHeld({ ...held, taken: appendTasks(held.taken, fresh.tasks), pages });
  }
  const shown = held?.listKey === listKey && fresh !== undefined ? mergeTasks(held.taken, fresh) : undefined;
  const change = (next: (current: Held) => Held) => setHeld((current) => current && next(current));
  return {
    rows: shown?.rows,
    held: shown?.held ?? 0,
    takeIn: () => fresh !== undefined && change((current) => ({ ...current, taken: takeInAll(fresh) })),
    drop: (userTaskKey) => change((current) => ({ ...current, taken: { ...current.taken, rows: current.taken.rows.filter((row) => row.task.userTaskKey !== userTaskKey) }, answered: new Set([...current.answered, userTaskKey]) })),
    bringBack: (userTaskKey) => change((current) => ({ ...current, takeInAfter: Date.now(), answered: new Set([...current.answered].filter((key) => key !== userTaskKey)) })),
  };
}

const none: ReadonlySet<string> = new Set();
