/** The names under which tasks are remembered between reads. */
import type { QueryClient } from '@tanstack/react-query';
import type { InboxList, TaskDetail } from './task.ts';

export type TaskFilter = { service?: string | undefined; createdBefore?: string | undefined; dueBefore?: string | undefined };

export const taskKeys = {
  lists: ['tasks'] as const,
  list: (list: InboxList, filter: TaskFilter) => ['tasks', list, filter] as const,
  task: (userTaskKey: string) => ['task', userTaskKey] as const,
};

/** After any change of a task: its new state at once, the lists and counts from the server. */
export function acceptTask(client: QueryClient, task: TaskDetail): void {
  client.setQueryData(taskKeys.task(task.userTaskKey), task);
  void client.invalidateQueries({ queryKey: taskKeys.lists });
}
