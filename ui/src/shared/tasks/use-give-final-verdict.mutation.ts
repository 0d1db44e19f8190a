/** The verdict after the second look. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FinalVerdict } from '../../../../api/contract/inbox.ts';
import { sendAnswer } from './send-answer.ts';
import { acceptTask } from './task-keys.ts';

export function useGiveFinalVerdict() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ userTaskKey, verdict }: { userTaskKey: string; verdict: FinalVerdict }) =>
      sendAnswer({ userTaskKey, call: '/final-verdict', body: verdict, isIt: (last) => last.class === verdict.class }),
    onSuccess: ({ task }) => acceptTask(client, task),
  });
}
