/** One list of the inbox, page by page, with the counts of all lists. Renewed by server-sent events, and every minute besides. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { request } from '../http/request.ts';
import type { InboxList, TaskPage } from './task.ts';
import { taskKeys, type TaskFilter } from './task-keys.ts';

const everyMinute = 60_000;

export function useTaskList(list: InboxList, filter: TaskFilter, enabled = true) {
  return useInfiniteQuery({
    queryKey: taskKeys.list(list, filter),
    queryFn: ({ pageParam, signal }) => request<TaskPage>('GET', `/api/inbox/tasks?${search(list, filter, pageParam)}`, undefined, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: everyMinute,
    enabled,
  });
}

function search(list: InboxList, filter: TaskFilter, cursor: string | undefined): string {
  const parameters = new URLSearchParams({ list });
  for (const [name, value] of Object.entries({ ...filter, cursor })) if (value !== undefined) parameters.set(name, value);
  return parameters.toString();
}
