/** Need information, or not mine: answers that leave the task open. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sendAnswer } from './send-answer.ts';
import { acceptTask } from './task-keys.ts';

export type OpenAnswerRequest = { userTaskKey: string; answer: 'need-information' | 'not-mine'; text?: string };

export function useGiveOpenAnswer() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ userTaskKey, answer, text }: OpenAnswerRequest) =>
      sendAnswer({ userTaskKey, call: `/${answer}`, body: text === undefined ? {} : { text }, isIt: (last) => last.answer === answer && last.text === (text ?? null) }),
    onSuccess: ({ task }) => acceptTask(client, task),
  });
}
