/** Owes the caller of a decided case its webhook. */
import { findCase } from '../cases/get-case.ts';
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { transact } from '../store/transact.ts';
import { addToOutbox } from './add-to-outbox.ts';

export type RequestWebhookResult = { kind: 'requested' | 'already' | 'no-callback' | 'case-unknown' };

/** Once per case however often it is called. */
export async function requestWebhook(ledger: Ledger, caseId: string): Promise<RequestWebhookResult> {
  // Without an address nothing is written, so nothing is begun. An address never comes later than its case.
  const known = await addressOfCase.first(ledger.db, { caseId });
  if (known?.address_kind === null) return { kind: 'no-callback' };
  return transact(ledger, async (tx) => {
    const theCase = await findCase(tx, caseId);
    if (!theCase) return { kind: 'case-unknown' };
    if (theCase.callbackUrl === null) return { kind: 'no-callback' };
    const added = await addToOutbox(tx, { kind: 'webhook', caseId, outboxId: `webhook/${caseId}`, content: {}, notBefore: tx.now });
    return { kind: added ? 'requested' : 'already' };
  });
}

const addressOfCase = prepareQuery((db, { caseId }: { caseId: string }) =>
  db
    .selectFrom('cases as c')
    .leftJoin('vault_entries as v', (join) => join.onRef('v.record_seq', '=', 'c.record_seq').on('v.kind', '=', 'address'))
    .select('v.kind as address_kind')
    .where('c.case_id', '=', caseId),
);
