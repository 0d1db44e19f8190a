/** Claim, unclaim and undo: calls without a body that answer with the task. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../http/request.ts';
import type { TaskDetail } from './task.ts';
import { acceptTask, taskKeys } from './task-keys.ts';
import { taskPath } from './use-task.query.ts';

export type TaskChange = 'claim' | 'unclaim' | 'undo';

export function useChangeTask(change: TaskChange) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (userTaskKey: string) => request<TaskDetail>('POST', taskPath(userTaskKey, `/${change}`)),
    onSuccess: (task) => acceptTask(client, task),
    onError: (_error, userTaskKey) => void client.invalidateQueries({ queryKey: taskKeys.task(userTaskKey) }),
  });
}
