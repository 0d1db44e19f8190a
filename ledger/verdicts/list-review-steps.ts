/** The steps of many user tasks at once, for lists. */
import type { Ledger } from '../ledger.ts';
import { inChunks } from '../store/in-chunks.ts';
import { findUndoUntil } from './completion.ts';
import { stepOf } from './read-review.ts';
import { answerOfTask } from './task-answer.ts';
import { selectVerdicts, toVerdict } from './verdict-row.ts';
import type { ReviewView } from './verdict.ts';

export type ReviewStep = { step: ReviewView['step']; reviewer: string | null };

/** By user task key, as the reviewer who judged it sees it; a task that nobody judged is `blind`. */
export async function listReviewSteps(ledger: Ledger, userTaskKeys: string[]): Promise<Map<string, ReviewStep>> {
  const rows = await inChunks(userTaskKeys, (keys) => selectVerdicts(ledger.db).where('w.user_task_key', 'in', keys).execute());
  const verdicts = await Promise.all(rows.map((row) => toVerdict(ledger.vault, row)));
  const byTask = Map.groupBy(verdicts, ({ userTaskKey }) => userTaskKey);
  const answers = userTaskKeys.map((task) => ({ task, answer: answerOfTask(byTask.get(task) ?? [], task) }));
  const answered = answers.filter(({ answer }) => answer.state === 'answered').map(({ task }) => task);
  const undoUntil = await findUndoUntil(ledger.db, answered, ledger.clock.now());
  return new Map(answers.map(({ task, answer }): [string, ReviewStep] => [task, { step: stepOf(answer, true, undoUntil.get(task)), reviewer: answer.state === 'open' ? null : answer.blind.reviewer }]));
}
