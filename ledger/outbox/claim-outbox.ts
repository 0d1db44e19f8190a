/** Takes due effects out of the outbox under a lease. */
import { z } from 'zod';
import type { Selectable } from 'kysely';
import { findCase } from '../cases/get-case.ts';
import { findInput } from '../cases/read-input.ts';
import type { Ledger } from '../ledger.ts';
import { findService } from '../services/get-service.ts';
import type { Database } from '../store/database.ts';
import { readJson } from '../store/json-column.ts';
import { transactLightly, type Tx } from '../store/transact.ts';
import type { OutboxEffect, OutboxKind, OutboxRow, StartVariables } from './outbox-row.ts';

export type ClaimRequest = { limit: number; leaseMs?: number; kinds?: OutboxKind[] };

/** No one else gets these rows until the lease runs out. A restart frees all leases. */
export async function claimOutbox(ledger: Ledger, request: ClaimRequest): Promise<OutboxRow[]> {
  const kinds = request.kinds ?? ['start-case', 'complete-user-task', 'webhook'];
  if (kinds.length === 0) return [];
  return transactLightly(ledger, async (tx) => {
    const due = await tx.db
      .selectFrom('outbox')
      .selectAll()
      .where('settled_at', 'is', null)
      .where('not_before', '<=', tx.now)
      .where('claimed_until', '<=', tx.now)
      .where('kind', 'in', kinds)
      .orderBy('not_before')
      .limit(request.limit)
      .execute();
    const rows: OutboxRow[] = [];
    for (const row of due) {
      const effect = await effectOf(tx, row);
      if (!effect) await tx.db.deleteFrom('outbox').where('outbox_id', '=', row.outbox_id).execute();
      else rows.push(toOutboxRow(row, effect));
    }
    const claimedUntil = tx.now + (request.leaseMs ?? 60_000);
    for (const { outboxId } of rows) await tx.db.updateTable('outbox').set({ claimed_until: claimedUntil }).where('outbox_id', '=', outboxId).execute();
    return rows;
  });
}

function toOutboxRow(row: Selectable<Database['outbox']>, effect: OutboxEffect): OutboxRow {
  return {
    outboxId: row.outbox_id,
    caseId: row.case_id,
    effect,
    notBefore: row.not_before,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
  };
}

const Completion = z.strictObject({
  userTaskKey: z.string(),
  variables: z.strictObject({ reviewAnswer: z.enum(['class', 'cannot-judge']), finalClass: z.string().nullable() }),
});

/** Addresses and routing fields are read now, so that no row of the outbox holds any. Null: erasure took the address. */
async function effectOf(tx: Tx, row: Selectable<Database['outbox']>): Promise<OutboxEffect | null> {
  switch (row.kind) {
    case 'start-case': {
      const { case_id: caseId } = row;
      return { kind: 'start-case', messageName: 'case-received', messageId: caseId, correlationKey: caseId, variables: await startVariables(tx, caseId) };
    }
    case 'complete-user-task':
      return { kind: 'complete-user-task', ...readJson(Completion, row.content) };
    case 'webhook': {
      const theCase = await findCase(tx, row.case_id);
      return theCase?.callbackUrl ? { kind: 'webhook', url: theCase.callbackUrl, application: theCase.application } : null;
    }
    default:
      return row.kind satisfies never;
  }
}

async function startVariables(tx: Tx, caseId: string): Promise<StartVariables> {
  const row = await tx.db.selectFrom('cases').select(['service', 'service_version', 'objection']).where('case_id', '=', caseId).executeTakeFirstOrThrow();
  const service = await findService(tx, row.service, row.service_version);
  const stored = await findInput(tx, caseId);
  const input = stored.kind === 'readable' ? stored.input : {};
  const declared = service?.definition.routingFields ?? [];
  const routing = Object.fromEntries(declared.filter((field) => Object.hasOwn(input, field)).map((field) => [field, input[field]]));
  return { caseId, service: row.service, serviceVersion: row.service_version, objection: row.objection === 1, routing };
}
