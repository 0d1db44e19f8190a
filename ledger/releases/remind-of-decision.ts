/** Wakes a promotion whose decision changed without a vote: standing votes depend on the roles that people have now. */
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { findLifecycle } from './lifecycle-row.ts';
import { oweNews } from './owe-message.ts';
import { findDecision } from './read-decision.ts';

/**
 * Owes `go-live-decided` where the votes say more than `open`, and `question-answered` where who asked back has left with
 * the question. Too often does no harm: the process reads the ledger when it wakes. `reminderId`: one per reminder.
 */
export async function remindOfDecision(ledger: Ledger, { releaseId, reminderId }: { releaseId: string; reminderId: string }): Promise<void> {
  await transact(ledger, async (tx) => {
    const release = await findLifecycle(tx.db, releaseId);
    if (release?.state !== 'evaluated' || release.stopAsked) return;
    const { outcome, votes } = await findDecision(tx, release);
    if (outcome !== 'open') await oweNews(tx, 'go-live-decided', releaseId, reminderId);
    const isQuestionLeft = outcome !== 'asked-back' && votes.some((vote) => vote.vote === 'ask-back' && vote.void === 'VOTER_LEFT');
    if (isQuestionLeft) await oweNews(tx, 'question-answered', releaseId, reminderId);
  });
}
