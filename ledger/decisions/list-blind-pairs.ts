/** Cases of a release that two experts judged blind: how far experts agree among themselves. */
import type { Ledger } from '../ledger.ts';

/** First and second blind verdict of different persons. */
export type BlindPair = { caseId: string; first: string; second: string };

/** Verdicts that stand, in their order; of more than two, the first two. A contest's verdict is none of them. */
export async function listBlindPairs(ledger: Ledger, releaseId: string): Promise<BlindPair[]> {
  const rows = await ledger.db
    .selectFrom('verdicts as w')
    .innerJoin('audit_draws as a', 'a.case_id', 'w.case_id')
    .leftJoin('verdict_undos as u', 'u.verdict_id', 'w.verdict_id')
    .select(['w.case_id', 'w.class', 'w.reviewer'])
    .where('a.release_id', '=', releaseId)
    .where('w.step', '=', 'blind')
    .where('w.blind', '=', 1)
    .where('w.purpose', 'in', ['review', 'second-review'])
    .where('u.verdict_id', 'is', null)
    .orderBy('w.record_seq')
    .execute();
  const byCase = new Map<string, { reviewer: string; class: string }[]>();
  for (const { case_id: caseId, class: verdict, reviewer } of rows) {
    const known = byCase.get(caseId) ?? [];
    if (verdict !== null && !known.some((one) => one.reviewer === reviewer)) byCase.set(caseId, [...known, { reviewer, class: verdict }]);
  }
  return [...byCase].flatMap(([caseId, [first, second]]) => (first === undefined || second === undefined ? [] : [{ caseId, first: first.class, second: second.class }]));
}
