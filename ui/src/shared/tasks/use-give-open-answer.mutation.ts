/** Need information, or not mine: answers that leave the task open. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../http/request.ts';
import { sendWhenConnected } from '../connection/connection.ts';
import type { VerdictResult } from './task.ts';
import { acceptTask } from './task-keys.ts';
import { taskPath } from './use-task.query.ts';

export type OpenAnswerRequest = { userTaskKey: string; answer: 'need-information' | 'not-mine'; text?: string };

export function useGiveOpenAnswer() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ userTaskKey, answer, text }: OpenAnswerRequest) => sendWhenConnected(() => request<VerdictResult>('POST', taskPath(userTaskKey, `/${answer}`), text === undefined ? {} : { text })),
    onSuccess: ({ task }) => acceptTask(client, task),
  });
}
