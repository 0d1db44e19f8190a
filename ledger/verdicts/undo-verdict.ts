/** Takes back the answer to a user task while its completion still waits in the outbox. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact, type Tx } from '../store/transact.ts';
import { findVerdicts } from './list-verdicts.ts';
import { answerOfTask } from './task-answer.ts';
import type { UndoResult } from './verdict.ts';
import { completionId } from './write-verdict.ts';

export type UndoRequest = { caseId: string; userTaskKey: string; reviewer: string };

/** The verdict stays in the record, with its undoing. After a second look, only the final verdict is taken back. */
export async function undoVerdict(ledger: Ledger, request: UndoRequest): Promise<UndoResult> {
  return transact(ledger, async (tx) => {
    const { caseId, userTaskKey, reviewer } = request;
    const answer = answerOfTask(await findVerdicts(tx, caseId), userTaskKey);
    if (answer.state !== 'answered') return { kind: 'refused', reason: 'NOTHING_TO_UNDO', message: 'There is no answer to take back on this task.' };
    const { deciding } = answer;
    if (deciding.reviewer !== reviewer) return { kind: 'refused', reason: 'OTHER_REVIEWER', message: 'Only who gave the answer can take it back.' };
    if (!(await dropCompletion(tx, userTaskKey))) return { kind: 'refused', reason: 'TOO_LATE', message: 'The answer has been passed on and can no longer be taken back.' };
    await writeRecord(tx, { kind: 'verdict-undone', caseId, facts: { verdictId: deciding.verdictId, undoneBy: reviewer, undoneAt: tx.now } });
    const { service } = await tx.db.selectFrom('cases').select('service').where('case_id', '=', caseId).executeTakeFirstOrThrow();
    tx.changed({ caseId, service, what: 'undone' });
    return { kind: 'undone', verdict: { ...deciding, undoneAt: tx.now } };
  });
}

/** Only within its first wait: a completion put off after a failed try may have reached the engine. */
async function dropCompletion(tx: Tx, userTaskKey: string): Promise<boolean> {
  const dropped = await tx.db
    .deleteFrom('outbox')
    .where('outbox_id', '=', completionId(userTaskKey))
    .where('not_before', '>', tx.now)
    .where('attempts', '=', 0)
    .where('claimed_until', '=', 0)
    .executeTakeFirst();
  return dropped.numDeletedRows === 1n;
}
