/** Pure reading of a user task's verdicts: what stands, what is asked next. */
import type { Verdict } from './verdict.ts';

/** How long the completion of a user task waits, and an answer can be taken back. */
export const undoWindowMs = 5000;

/** How long at most, counted from the answer, where the person asks for more time. */
export const longestUndoMs = 60_000;

/** What stands on one user task. `open`: nobody judged it. `comparing`: the second look is due. `answered`: it is over. */
export type TaskAnswer =
  | { state: 'open' }
  | { state: 'comparing'; blind: Verdict }
  | { state: 'answered'; blind: Verdict; deciding: Verdict };

export function answerOfTask(verdicts: readonly Verdict[], userTaskKey: string): TaskAnswer {
  const standing = verdicts.filter((verdict) => verdict.userTaskKey === userTaskKey && isJudgement(verdict));
  const blind = standing.find(({ step }) => step === 'blind');
  if (!blind) return { state: 'open' };
  const final = standing.find(({ step }) => step === 'final');
  if (final) return { state: 'answered', blind, deciding: final };
  return blind.outcome === 'differs' ? { state: 'comparing', blind } : { state: 'answered', blind, deciding: blind };
}

/** Answers that count, in the order of their tasks: undone ones and open answers do not. */
export function answersOfCase(verdicts: readonly Verdict[]): { blind: Verdict; deciding: Verdict }[] {
  const tasks = [...new Set(verdicts.map(({ userTaskKey }) => userTaskKey))];
  return tasks.map((task) => answerOfTask(verdicts, task)).filter((answer) => answer.state === 'answered');
}

/** True where the reviewer has seen, or could infer, what the model said of the case. */
export function hasSeenSuggestion(verdicts: readonly Verdict[], reviewer: string): boolean {
  return verdicts.some((verdict) => verdict.reviewer === reviewer && (verdict.outcome === 'agrees' || verdict.outcome === 'differs'));
}

function isJudgement(verdict: Verdict): boolean {
  return verdict.undoneAt === null && (verdict.answer === 'class' || verdict.answer === 'cannot-judge');
}
