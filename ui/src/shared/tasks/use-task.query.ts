/** One task, as far as the person may see it at its step. */
import { useQuery, type QueryClient } from '@tanstack/react-query';
import { request } from '../http/request.ts';
import type { TaskDetail } from './task.ts';
import { taskKeys } from './task-keys.ts';

export function useTask(userTaskKey: string) {
  return useQuery(taskQuery(userTaskKey));
}

/** Reads a neighbour ahead, so that the next case is there already. */
export function readAhead(client: QueryClient, userTaskKey: string): void {
  void client.prefetchQuery(taskQuery(userTaskKey));
}

function taskQuery(userTaskKey: string) {
  return {
    queryKey: taskKeys.task(userTaskKey),
    queryFn: ({ signal }: { signal: AbortSignal }) => request<TaskDetail>('GET', taskPath(userTaskKey), undefined, signal),
    staleTime: 10_000,
  };
}

export function taskPath(userTaskKey: string, call = ''): string {
  return `/api/inbox/tasks/${encodeURIComponent(userTaskKey)}${call}`;
}
