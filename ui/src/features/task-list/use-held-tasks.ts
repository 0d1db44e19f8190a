/** The rows of a list as a person sees them: they hold still until asked to take in what is new. */
import { useState } from 'react';
import type { TaskSummary } from '../../shared/tasks/task.ts';
import { appendTasks, mergeTasks, showAll, type Row } from './merge-tasks.ts';

export type ReadList = { pages: readonly { items: readonly TaskSummary[]; nextCursor: string | null }[]; readAt: number };

type Held = { listKey: string; rows: Row<TaskSummary>[]; pages: number; takeInAfter: number };

export type HeldTasks = {
  rows: Row<TaskSummary>[] | undefined;
  held: number;
  /** Shows what was held back. */
  takeIn: () => void;
  /** Shows everything with the next answer: after the person's own undo, say. */
  takeInNext: () => void;
  /** Takes away a row that the person has answered. */
  drop: (userTaskKey: string) => void;
};

export function useHeldTasks(listKey: string, list: ReadList | undefined): HeldTasks {
  const [held, setHeld] = useState<Held>();
  const fresh = list === undefined ? undefined : { tasks: list.pages.flatMap((page) => page.items), complete: list.pages.at(-1)?.nextCursor === null };
  if (list !== undefined && fresh !== undefined) {
    const start = () => setHeld({ listKey, rows: showAll(fresh), pages: list.pages.length, takeInAfter: Infinity });
    if (held?.listKey !== listKey) start();
    else if (list.readAt > held.takeInAfter) start();
    else if (list.pages.length > held.pages) setHeld({ ...held, rows: appendTasks(held.rows, list.pages.slice(held.pages).flatMap((page) => page.items)), pages: list.pages.length });
  }
  const shown = held?.listKey === listKey && fresh !== undefined ? mergeTasks(held.rows, fresh) : undefined;
  return {
    rows: shown?.rows,
    held: shown?.held ?? 0,
    takeIn: () => fresh !== undefined && setHeld({ listKey, rows: showAll(fresh), pages: list?.pages.length ?? 1, takeInAfter: Infinity }),
    takeInNext: () => setHeld((current) => current && { ...current, takeInAfter: Date.now() }),
    drop: (userTaskKey) => setHeld((current) => current && { ...current, rows: current.rows.filter((row) => row.task.userTaskKey !== userTaskKey) }),
  };
}
