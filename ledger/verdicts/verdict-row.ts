/** Reads verdicts with their undoing and their text. */
import { z } from 'zod';
import type { Kysely } from 'kysely';
import type { Ledger } from '../ledger.ts';
import type { Database } from '../store/database.ts';
import { readJson } from '../store/json-column.ts';
import { openEntry } from '../vault/open-entry.ts';
import type { Verdict } from './verdict.ts';

/** In the order in which they were given. */
export function selectVerdicts(db: Kysely<Database>) {
  return db
    .selectFrom('verdicts as w')
    .leftJoin('verdict_undos as u', 'u.verdict_id', 'w.verdict_id')
    .leftJoin('vault_entries as v', (join) => join.onRef('v.record_seq', '=', 'w.record_seq').on('v.kind', '=', 'text'))
    .selectAll('w')
    .select(['u.undone_at', 'v.key_id as text_key_id', 'v.sealed as text'])
    .orderBy('w.record_seq');
}

export type VerdictRow = Awaited<ReturnType<ReturnType<typeof selectVerdicts>['execute']>>[number];

export async function toVerdict(vault: Ledger['vault'], row: VerdictRow): Promise<Verdict> {
  return {
    verdictId: row.verdict_id,
    caseId: row.case_id,
    userTaskKey: row.user_task_key,
    purpose: row.purpose,
    step: row.step,
    answer: row.answer,
    class: row.class,
    reviewer: row.reviewer,
    blind: row.blind === 1,
    outcome: row.outcome,
    reasonCode: row.reason_code,
    text: await readText(vault, row),
    durationMs: row.duration_ms,
    givenAt: row.given_at,
    undoneAt: row.undone_at,
  };
}

async function readText(vault: Ledger['vault'], row: VerdictRow): Promise<string | null> {
  if (row.text === null || row.text_key_id === null) return null;
  const text = await openEntry(vault.keys, { case_id: row.case_id, record_seq: row.record_seq, kind: 'text', key_id: row.text_key_id, sealed: row.text });
  return text === null ? null : readJson(z.string(), text);
}
