/** Owes the caller of a decided case its webhook. */
import { findCase } from '../cases/get-case.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { addToOutbox } from './add-to-outbox.ts';

export type RequestWebhookResult = { kind: 'requested' | 'already' | 'no-callback' | 'case-unknown' };

/** Once per case however often it is called. */
export async function requestWebhook(ledger: Ledger, caseId: string): Promise<RequestWebhookResult> {
  return transact(ledger, async (tx) => {
    const theCase = await findCase(tx, caseId);
    if (!theCase) return { kind: 'case-unknown' };
    if (theCase.callbackUrl === null) return { kind: 'no-callback' };
    const added = await addToOutbox(tx, { kind: 'webhook', caseId, outboxId: `webhook/${caseId}`, content: {}, notBefore: tx.now });
    return { kind: added ? 'requested' : 'already' };
  });
}
