/** Takes back the answer to a user task while its completion still waits in the outbox. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { dropCompletion } from './completion.ts';
import { findVerdicts } from './list-verdicts.ts';
import { answerOfTask } from './task-answer.ts';
import type { UndoResult } from './verdict.ts';

export type UndoRequest = { caseId: string; userTaskKey: string; reviewer: string };

/** The verdict stays in the record, with its undoing. After a second look, only the final verdict is taken back. */
export async function undoVerdict(ledger: Ledger, request: UndoRequest): Promise<UndoResult> {
  return transact(ledger, async (tx) => {
    const { caseId, userTaskKey, reviewer } = request;
    const answer = answerOfTask(await findVerdicts(tx, caseId), userTaskKey);
    if (answer.state !== 'answered') return { kind: 'refused', reason: 'NOTHING_TO_UNDO', message: 'There is no answer to take back on this task.' };
    const { deciding } = answer;
    if (deciding.reviewer !== reviewer) return { kind: 'refused', reason: 'OTHER_REVIEWER', message: 'Only who gave the answer can take it back.' };
    if (!(await dropCompletion(tx.db, userTaskKey, tx.now))) return { kind: 'refused', reason: 'TOO_LATE', message: 'The answer has been passed on and can no longer be taken back.' };
    await writeRecord(tx, { kind: 'verdict-undone', caseId, facts: { verdictId: deciding.verdictId, undoneBy: reviewer, undoneAt: tx.now } });
    const { service } = await tx.db.selectFrom('cases').select('service').where('case_id', '=', caseId).executeTakeFirstOrThrow();
    tx.changed({ caseId, service, what: 'undone' });
    return { kind: 'undone', verdict: { ...deciding, undoneAt: tx.now } };
  });
}
