/** The own verdict, blind. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { BlindVerdict } from '../../../../api/contract/inbox.ts';
import { sendAnswer } from './send-answer.ts';
import { acceptTask } from './task-keys.ts';

export type GiveVerdict = { userTaskKey: string; verdict: BlindVerdict };

export function useGiveVerdict() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ userTaskKey, verdict }: GiveVerdict) =>
      sendAnswer({ userTaskKey, call: '/verdict', body: verdict, isIt: (last) => ('class' in verdict ? last.class === verdict.class : last.answer === verdict.answer) }),
    onSuccess: ({ task }) => acceptTask(client, task),
  });
}
