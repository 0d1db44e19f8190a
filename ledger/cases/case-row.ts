/** Reads cases with everything that became of them, in one query. */
import { z } from 'zod';
import type { Kysely } from 'kysely';
import type { Ledger } from '../ledger.ts';
import { toDecision } from '../decisions/decision-row.ts';
import type { Database } from '../store/database.ts';
import { readJson } from '../store/json-column.ts';
import { openEntry } from '../vault/open-entry.ts';
import { Address } from './address.ts';
import type { Case } from './case.ts';
import { reasonCodes } from './reason-code.ts';

export const Reasons = z.array(z.enum(reasonCodes));

export function selectCases(db: Kysely<Database>) {
  return db
    .selectFrom('cases as c')
    .leftJoin('case_instances as i', 'i.case_id', 'c.case_id')
    .leftJoin('audit_draws as a', 'a.case_id', 'c.case_id')
    .leftJoin('reviews as r', 'r.case_id', 'c.case_id')
    .leftJoin('decisions as d', 'd.case_id', 'c.case_id')
    .leftJoin('vault_entries as v', (join) => join.onRef('v.record_seq', '=', 'c.record_seq').on('v.kind', '=', 'address'))
    .selectAll('c')
    .select(['i.process_instance_key', 'i.process_definition_id', 'i.process_definition_version', 'i.bound_at'])
    .select(['a.release_id as draw_release_id', 'a.audit', 'a.drawn_at'])
    .select(['r.reasons as review_reasons', 'r.review_group', 'r.due_at', 'r.opened_at'])
    .select(['d.class', 'd.decided_by', 'd.provenance', 'd.release_id', 'd.model_name', 'd.model_version', 'd.model_digest'])
    .select(['d.confidence', 'd.threshold', 'd.policy_digest', 'd.reasons', 'd.reviewers', 'd.decided_at'])
    .select(['v.key_id as address_key_id', 'v.sealed as address'])
    .select((inner) =>
      inner
        .selectFrom('verdicts as w')
        .leftJoin('verdict_undos as u', 'u.verdict_id', 'w.verdict_id')
        .select(({ fn }) => fn.min('w.given_at').as('first'))
        .whereRef('w.case_id', '=', 'c.case_id')
        .where('w.step', '=', 'blind')
        .where('w.answer', 'in', ['class', 'cannot-judge'])
        .where('u.verdict_id', 'is', null)
        .as('first_verdict_at'),
    );
}

export type CaseRow = Awaited<ReturnType<ReturnType<typeof selectCases>['execute']>>[number];

export async function toCase(vault: Ledger['vault'], row: CaseRow): Promise<Case> {
  const address = await readAddress(vault, row);
  return {
    caseId: row.case_id,
    service: row.service,
    serviceVersion: row.service_version,
    application: row.application,
    status: row.status,
    objection: row.objection === 1,
    businessId: address?.businessId ?? null,
    callbackUrl: address?.callbackUrl ?? null,
    receivedAt: row.received_at,
    binding: toBinding(row),
    draw: row.drawn_at === null ? null : { audit: row.audit === 1, releaseId: row.draw_release_id, drawnAt: row.drawn_at },
    review: toReview(row),
    firstVerdictAt: row.first_verdict_at,
    decision: toDecision(row),
  };
}

async function readAddress(vault: Ledger['vault'], row: CaseRow): Promise<Address | null> {
  if (row.address === null || row.address_key_id === null) return null;
  const text = await openEntry(vault.keys, {
    case_id: row.case_id,
    record_seq: row.record_seq,
    kind: 'address',
    key_id: row.address_key_id,
    sealed: row.address,
  });
  return text === null ? null : readJson(Address, text);
}

function toBinding(row: CaseRow): Case['binding'] {
  const { process_instance_key: key, process_definition_id: id, process_definition_version: version, bound_at: boundAt } = row;
  if (key === null || id === null || version === null || boundAt === null) return null;
  return { processInstanceKey: key, processDefinitionId: id, processDefinitionVersion: version, boundAt };
}

function toReview(row: CaseRow): Case['review'] {
  if (row.review_reasons === null || row.opened_at === null) return null;
  return { reasons: readJson(Reasons, row.review_reasons), reviewGroup: row.review_group, dueAt: row.due_at, openedAt: row.opened_at };
}
