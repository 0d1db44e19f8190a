/** The verdict after the second look. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FinalVerdict } from '../../../../api/contract/inbox.ts';
import { request } from '../http/request.ts';
import { sendWhenConnected } from '../connection/connection.ts';
import type { VerdictResult } from './task.ts';
import { acceptTask } from './task-keys.ts';
import { taskPath } from './use-task.query.ts';

export function useGiveFinalVerdict() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ userTaskKey, verdict }: { userTaskKey: string; verdict: FinalVerdict }) => sendWhenConnected(() => request<VerdictResult>('POST', taskPath(userTaskKey, '/final-verdict'), verdict)),
    onSuccess: ({ task }) => acceptTask(client, task),
  });
}
