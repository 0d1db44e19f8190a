/** The own verdict, blind. Waits out a lost connection; a verdict that arrived although its answer was lost counts as given. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { BlindVerdict } from '../../../../api/contract/inbox.ts';
import { isProblem } from '../http/problem.ts';
import { request } from '../http/request.ts';
import { sendWhenConnected } from '../connection/connection.ts';
import type { TaskDetail, VerdictResult } from './task.ts';
import { acceptTask } from './task-keys.ts';
import { taskPath } from './use-task.query.ts';

export type GiveVerdict = { userTaskKey: string; verdict: BlindVerdict };

export function useGiveVerdict() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: giveVerdict,
    onSuccess: ({ task }) => acceptTask(client, task),
  });
}

async function giveVerdict({ userTaskKey, verdict }: GiveVerdict): Promise<VerdictResult> {
  try {
    return await sendWhenConnected(() => request<VerdictResult>('POST', taskPath(userTaskKey, '/verdict'), verdict));
  } catch (error) {
    if (!isProblem(error, 'task-answered')) throw error;
    const task = await request<TaskDetail>('GET', taskPath(userTaskKey));
    if (!isGiven(task, verdict)) throw error;
    return { outcome: task.step === 'compare' ? 'differs' : 'recorded', task };
  }
}

/** True where the server already holds exactly this blind verdict of ours. */
function isGiven(task: TaskDetail, verdict: BlindVerdict): boolean {
  const last = task.ownVerdicts.findLast(({ step }) => step === 'blind');
  return 'class' in verdict ? last?.class === verdict.class : last?.answer === verdict.answer;
}
