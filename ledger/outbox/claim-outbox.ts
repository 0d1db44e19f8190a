/** Takes due effects out of the outbox under a lease. */
import { z } from 'zod';
import type { Selectable } from 'kysely';
import { findCase } from '../cases/get-case.ts';
import { findInput } from '../cases/read-input.ts';
import type { Ledger } from '../ledger.ts';
import type { Database } from '../store/database.ts';
import { AnyObject, readJson } from '../store/json-column.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { transactLightly, type Tx } from '../store/transact.ts';
import { outboxKinds, type OutboxEffect, type OutboxKind, type OutboxRow } from './outbox-row.ts';
import { startEffect } from './start-effect.ts';

export type ClaimRequest = { limit: number; leaseMs?: number; kinds?: OutboxKind[] };

/** How long a row is left to the one who has it. */
export const usualLeaseMs = 60_000;

/** No one else gets these rows until the lease runs out. A restart frees all leases. */
export async function claimOutbox(ledger: Ledger, request: ClaimRequest): Promise<OutboxRow[]> {
  const kinds = request.kinds ?? [...outboxKinds];
  if (kinds.length === 0) return [];
  return transactLightly(ledger, async (tx) => {
    const due = await dueEffects(kinds.length).all(tx.db, { now: tx.now, limit: request.limit, ...kinds });
    const rows: OutboxRow[] = [];
    for (const row of due) {
      const effect = await effectOf(tx, row);
      if (!effect) await tx.db.deleteFrom('outbox').where('outbox_id', '=', row.outbox_id).execute();
      else rows.push(toOutboxRow(row, effect));
    }
    const claimedUntil = tx.now + (request.leaseMs ?? usualLeaseMs);
    for (const { outboxId } of rows) await claimEffect.run(tx.db, { outboxId, claimedUntil });
    return rows;
  });
}

/** One query per number of kinds; the kinds are its values `0`, `1` and so on. */
const dueByKinds = new Map<number, ReturnType<typeof prepareDue>>();

function dueEffects(kinds: number): ReturnType<typeof prepareDue> {
  const known = dueByKinds.get(kinds) ?? prepareDue(kinds);
  dueByKinds.set(kinds, known);
  return known;
}

function prepareDue(kinds: number) {
  return prepareQuery((db, values: { now: number; limit: number } & Record<number, OutboxKind>) =>
    db
      .selectFrom('outbox')
      .selectAll()
      .where('settled_at', 'is', null)
      .where('not_before', '<=', values.now)
      .where('claimed_until', '<=', values.now)
      .where('kind', 'in', Array.from({ length: kinds }, (_, index) => values[index]).filter((kind) => kind !== undefined))
      .orderBy('not_before')
      .limit(values.limit),
  );
}

const claimEffect = prepareQuery((db, values: { outboxId: string; claimedUntil: number }) =>
  db.updateTable('outbox').set({ claimed_until: values.claimedUntil }).where('outbox_id', '=', values.outboxId),
);

const startOfCase = prepareQuery((db, { caseId }: { caseId: string }) => db.selectFrom('cases').select(['service', 'service_version', 'objection']).where('case_id', '=', caseId));

function toOutboxRow(row: Selectable<Database['outbox']>, effect: OutboxEffect): OutboxRow {
  return {
    outboxId: row.outbox_id,
    caseId: row.case_id,
    releaseId: row.release_id,
    effect,
    notBefore: row.not_before,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
  };
}

const Start = z.strictObject({ traceparent: z.string().optional() });

const Completion = z.strictObject({
  userTaskKey: z.string(),
  variables: z.strictObject({ reviewAnswer: z.enum(['class', 'cannot-judge']), finalClass: z.string().nullable() }),
});

const Message = z.strictObject({ name: z.string(), messageId: z.string(), correlationKey: z.string(), variables: AnyObject });

/** Addresses and routing fields are read now, so that no row of the outbox holds any. Null: erasure took the address. */
async function effectOf(tx: Tx, row: Selectable<Database['outbox']>): Promise<OutboxEffect | null> {
  switch (row.kind) {
    case 'start-case': {
      const caseId = caseOf(row);
      return effectOfStart(tx, caseId, readJson(Start, row.content).traceparent);
    }
    case 'complete-user-task':
      return { kind: 'complete-user-task', ...readJson(Completion, row.content) };
    case 'webhook': {
      const theCase = await findCase(tx, caseOf(row));
      return theCase?.callbackUrl ? { kind: 'webhook', caseId: theCase.caseId, url: theCase.callbackUrl, application: theCase.application } : null;
    }
    case 'publish-message':
      return { kind: 'publish-message', ...readJson(Message, row.content) };
    default:
      return row.kind satisfies never;
  }
}

function caseOf(row: Selectable<Database['outbox']>): string {
  if (row.case_id === null) throw new Error(`The outbox row ${row.outbox_id} (${row.kind}) names no case.`);
  return row.case_id;
}

async function effectOfStart(tx: Tx, caseId: string, traceparent: string | undefined): Promise<OutboxEffect> {
  const row = await startOfCase.first(tx.db, { caseId });
  if (!row) throw new Error(`The outbox names case ${caseId}, which is not in the ledger. Run "npm run verify".`);
  const input = async (): Promise<Record<string, unknown> | null> => {
    const stored = await findInput(tx, caseId);
    return stored?.kind === 'readable' ? stored.input : null;
  };
  return startEffect(tx, { caseId, service: row.service, serviceVersion: row.service_version, objection: row.objection === 1, traceparent, input });
}
