/** Writes a verdict, and the completion of its user task where the task is answered by it. */
import { randomUUID } from 'node:crypto';
import { writeRecord } from '../chain/write-record.ts';
import { addToOutbox } from '../outbox/add-to-outbox.ts';
import type { Tx } from '../store/transact.ts';
import { keyOfCase } from '../vault/key-of-case.ts';
import { completionId } from './completion.ts';
import { undoWindowMs } from './task-answer.ts';
import type { StoreVerdictResult, Verdict } from './verdict.ts';

export type NewVerdict = Omit<Verdict, 'verdictId' | 'givenAt' | 'undoneAt'>;

export async function writeVerdict(tx: Tx, service: string, verdict: NewVerdict, next: 'compare' | 'done' | 'open'): Promise<StoreVerdictResult> {
  const { text, ...facts } = verdict;
  const key = text === null ? null : ((await keyOfCase(tx, verdict.caseId))?.key ?? null);
  const verdictId = randomUUID();
  await writeRecord(tx, {
    kind: 'verdict-stored',
    caseId: verdict.caseId,
    facts: { verdictId, ...facts, givenAt: tx.now },
    // Of a person whose key was erased nothing new can be kept: the verdict counts, its text does not stay.
    ...(key !== null && { sealed: { key, entries: [{ kind: 'text', value: text }] } }),
  });
  tx.changed({ caseId: verdict.caseId, service, what: 'verdict' });
  const undoUntil = next === 'done' ? tx.now + undoWindowMs : null;
  if (undoUntil !== null) await oweCompletion(tx, verdict, undoUntil);
  return { kind: 'stored', verdict: { verdictId, ...facts, text: key === null ? null : text, givenAt: tx.now, undoneAt: null }, next, undoUntil };
}

/** Nothing typed becomes a process variable: only the answer's kind and the final class. */
async function oweCompletion(tx: Tx, verdict: NewVerdict, notBefore: number): Promise<void> {
  const { caseId, userTaskKey, answer } = verdict;
  await addToOutbox(tx, {
    kind: 'complete-user-task',
    caseId,
    outboxId: completionId(userTaskKey),
    content: { userTaskKey, variables: { reviewAnswer: answer, finalClass: verdict.class } },
    notBefore,
  });
}
