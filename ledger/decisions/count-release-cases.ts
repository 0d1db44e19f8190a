/** What became of the cases of one release: the facts that a canary step is judged by. */
import { Reasons } from '../cases/case-row.ts';
import type { Ledger } from '../ledger.ts';
import { readJson } from '../store/json-column.ts';

/** `cases`: drawn under the release. `automatic`: decided by its model alone. `failed`: sent to people because its model did not answer or failed. */
export type ReleaseCaseCounts = { cases: number; automatic: number; failed: number };

export async function countReleaseCases(ledger: Ledger, releaseId: string): Promise<ReleaseCaseCounts> {
  const drawn = await ledger.db
    .selectFrom('audit_draws')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('release_id', '=', releaseId)
    .executeTakeFirstOrThrow();
  const decided = await ledger.db
    .selectFrom('decisions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('release_id', '=', releaseId)
    .where('decided_by', '=', 'model')
    .executeTakeFirstOrThrow();
  const reviews = await ledger.db
    .selectFrom('reviews as r')
    .innerJoin('audit_draws as a', 'a.case_id', 'r.case_id')
    .select(['r.reasons', ({ fn }) => fn.countAll<number>().as('count')])
    .where('a.release_id', '=', releaseId)
    .groupBy('r.reasons')
    .execute();
  const failed = reviews
    .filter(({ reasons }) => readJson(Reasons, reasons).some((reason) => reason === 'MODEL_UNAVAILABLE' || reason === 'MODEL_ERROR'))
    .reduce((sum, { count }) => sum + Number(count), 0);
  return { cases: Number(drawn.count), automatic: Number(decided.count), failed };
}
