/** The cases on which a candidate is compared with what decides: a random sample with blind verdicts, since its shadow began. */
import type { Ledger } from '../ledger.ts';
import type { ShadowCase } from './lifecycle.ts';

/**
 * Per case the first reviewer's blind verdict that stands. Only cases of the audit sample, or of a time when every case
 * went to people (a pilot, or no release): all others were chosen by the routing and prove nothing. In the order of the
 * verdicts; empty before the shadow.
 */
export async function listShadowEvidence(ledger: Ledger, releaseId: string): Promise<ShadowCase[]> {
  const start = await ledger.db
    .selectFrom('release_moves as m')
    .innerJoin('release_proposals as q', 'q.release_id', 'm.release_id')
    .select(['q.service', 'm.record_seq'])
    .where('m.release_id', '=', releaseId)
    .where('m.to_state', '=', 'shadow')
    .orderBy('m.record_seq')
    .executeTakeFirst();
  if (!start) return [];
  const rows = await ledger.db
    .selectFrom('verdicts as w')
    .innerJoin('cases as c', 'c.case_id', 'w.case_id')
    .innerJoin('audit_draws as a', 'a.case_id', 'w.case_id')
    .leftJoin('releases as r', 'r.release_id', 'a.release_id')
    .leftJoin('verdict_undos as u', 'u.verdict_id', 'w.verdict_id')
    .leftJoin('predictions as d', (join) => join.onRef('d.case_id', '=', 'w.case_id').on('d.role', '=', 'decider'))
    .leftJoin('predictions as s', (join) => join.onRef('s.case_id', '=', 'w.case_id').on('s.role', '=', 'shadow').on('s.release_id', '=', releaseId))
    .select(['w.case_id', 'w.class as verdict', 'w.given_at'])
    .select(['d.release_id as d_release', 'd.model_name as d_name', 'd.model_version as d_version', 'd.model_digest as d_digest', 'd.class as d_class', 'd.confidence as d_confidence'])
    .select(['s.model_name as s_name', 's.model_version as s_version', 's.model_digest as s_digest', 's.class as s_class', 's.confidence as s_confidence'])
    .where('c.service', '=', start.service)
    .where('a.record_seq', '>', start.record_seq)
    .where((where) => where.or([where('a.audit', '=', 1), where('r.mode', '=', 'pilot'), where('a.release_id', 'is', null)]))
    .where('w.step', '=', 'blind')
    .where('w.purpose', '=', 'review')
    .where('w.blind', '=', 1)
    .where('u.verdict_id', 'is', null)
    .orderBy('w.record_seq')
    .execute();
  const firstByCase = new Map<string, ShadowCase>();
  for (const row of rows) {
    if (row.verdict === null || firstByCase.has(row.case_id)) continue;
    const champion = said({ name: row.d_name, version: row.d_version, digest: row.d_digest }, row.d_class, row.d_confidence);
    const candidate = said({ name: row.s_name, version: row.s_version, digest: row.s_digest }, row.s_class, row.s_confidence);
    firstByCase.set(row.case_id, { caseId: row.case_id, champion: champion && { ...champion, releaseId: row.d_release }, candidate, verdict: row.verdict, givenAt: row.given_at });
  }
  return [...firstByCase.values()];
}

type Nullable = { name: string | null; version: string | null; digest: string | null };

/** Null where the version did not answer. */
function said({ name, version, digest }: Nullable, outcome: string | null, confidence: number | null): ShadowCase['candidate'] {
  if (name === null || version === null || digest === null || outcome === null || confidence === null) return null;
  return { model: { name, version, digest }, class: outcome, confidence };
}
