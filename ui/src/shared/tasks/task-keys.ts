/** The names under which tasks are remembered between reads. */
import type { QueryClient } from '@tanstack/react-query';
import type { InboxList, TaskDetail } from './task.ts';

export type TaskFilter = { service?: string | undefined; createdBefore?: string | undefined; dueBefore?: string | undefined };

export const taskKeys = {
  lists: ['tasks'] as const,
  list: (list: InboxList, filter: TaskFilter) => ['tasks', list, filter] as const,
  task: (userTaskKey: string) => ['task', userTaskKey] as const,
};

/**
 * After any change of a task: its new state at once, the lists and counts from the server. An answered task is only
 * forgotten: the step that gave the answer stays drawn until the page has gone on, and a later visit reads it anew.
 */
export function acceptTask(client: QueryClient, task: TaskDetail): void {
  const queryKey = taskKeys.task(task.userTaskKey);
  if (task.step === 'stored' || task.step === 'done') client.removeQueries({ queryKey, exact: true });
  else client.setQueryData(queryKey, task);
  void client.invalidateQueries({ queryKey: taskKeys.lists });
}
