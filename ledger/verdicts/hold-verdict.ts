/** Leaves a person more time to take an answer back, while they are about to. */
import type { Ledger } from '../ledger.ts';
import { transactLightly } from '../store/transact.ts';
import { findUndoUntil, putOffCompletion } from './completion.ts';
import { findVerdicts } from './list-verdicts.ts';
import { answerOfTask, longestUndoMs, undoWindowMs } from './task-answer.ts';
import type { UndoRequest } from './undo-verdict.ts';
import type { HoldResult } from './verdict.ts';

/** One undo window more, up to the longest; at the longest nothing moves. Lost in a power failure, the answer only counts earlier. */
export async function holdVerdict(ledger: Ledger, request: UndoRequest): Promise<HoldResult> {
  return transactLightly(ledger, async (tx): Promise<HoldResult> => {
    const { caseId, userTaskKey, reviewer } = request;
    const answer = answerOfTask(await findVerdicts(tx, caseId), userTaskKey);
    if (answer.state !== 'answered') return { kind: 'refused', reason: 'NOTHING_TO_UNDO', message: 'There is no answer to take back on this task.' };
    if (answer.deciding.reviewer !== reviewer) return { kind: 'refused', reason: 'OTHER_REVIEWER', message: 'Only who gave the answer can hold it back.' };
    const current = (await findUndoUntil(tx.db, [userTaskKey], tx.now)).get(userTaskKey);
    const until = Math.min((current ?? 0) + undoWindowMs, answer.deciding.givenAt + longestUndoMs);
    if (current === undefined || !(await putOffCompletion(tx.db, userTaskKey, { now: tx.now, until }))) {
      return { kind: 'refused', reason: 'TOO_LATE', message: 'The answer has been passed on and can no longer be taken back.' };
    }
    return { kind: 'held', undoUntil: until };
  });
}
