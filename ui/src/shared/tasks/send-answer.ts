/**
 * Sends an answer to a task, once: it waits out a lost connection, and before it is sent again the server is asked
 * whether it arrived, its own answer having been lost.
 */
import { sendWhenConnected } from '../connection/connection.ts';
import { isProblem } from '../http/problem.ts';
import { request } from '../http/request.ts';
import type { OwnVerdict, TaskDetail, VerdictResult } from './task.ts';
import { taskPath } from './use-task.query.ts';

export type Answer = {
  userTaskKey: string;
  call: '/verdict' | '/final-verdict' | '/need-information' | '/not-mine';
  body: unknown;
  /** Whether a verdict that the server holds as the last of its step is this answer. */
  isIt: (verdict: OwnVerdict) => boolean;
};

export async function sendAnswer(answer: Answer): Promise<VerdictResult> {
  let sentBefore = false;
  return sendWhenConnected(async () => {
    const arrived = sentBefore ? await arrivedResult(answer) : undefined;
    if (arrived !== undefined) return arrived;
    sentBefore = true;
    try {
      return await request<VerdictResult>('POST', taskPath(answer.userTaskKey, answer.call), answer.body);
    } catch (error) {
      const known = isProblem(error, 'task-answered', 'task-ended') ? await arrivedResult(answer) : undefined;
      if (known === undefined) throw error;
      return known;
    }
  });
}

async function arrivedResult({ userTaskKey, call, isIt }: Answer): Promise<VerdictResult | undefined> {
  const task = await request<TaskDetail>('GET', taskPath(userTaskKey));
  const step = call === '/final-verdict' ? 'final' : 'blind';
  const last = task.ownVerdicts.findLast((verdict) => verdict.step === step);
  if (last === undefined || !isIt(last)) return undefined;
  return { outcome: call !== '/verdict' ? 'answered' : task.step === 'compare' ? 'differs' : 'recorded', task };
}
