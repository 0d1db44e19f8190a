/** Pages through the lives of releases, newest proposal first. */
import { sql } from 'kysely';
import type { Ledger } from '../ledger.ts';
import { findLifecycles } from './lifecycle-row.ts';
import type { Lifecycle, ReleaseState } from './lifecycle.ts';

export type LifecycleFilter = { services?: string[]; states?: ReleaseState[]; /** SHA-256 of the model. */ modelDigests?: string[]; cursor?: string; /** 1 to 200, default 50. */ limit?: number };
export type LifecyclePage = { kind: 'page'; items: Lifecycle[]; nextCursor: string | null } | { kind: 'bad-cursor' };

export async function listLifecycles(ledger: Ledger, filter: LifecycleFilter = {}): Promise<LifecyclePage> {
  const { services, states, modelDigests, cursor } = filter;
  if (cursor !== undefined && !/^[1-9]\d{0,14}$/.test(cursor)) return { kind: 'bad-cursor' };
  const limit = Math.min(Math.max(Math.trunc(filter.limit ?? 50), 1), 200);
  let query = selectIds(ledger).orderBy('i.begun_seq', 'desc').limit(limit + 1);
  // "in ()" is not SQL everywhere: nothing allowed means no row.
  if (services) query = services.length > 0 ? query.where('i.service', 'in', services) : query.where(sql<boolean>`1 = 0`);
  if (modelDigests) query = modelDigests.length > 0 ? query.where('i.model_digest', 'in', modelDigests) : query.where(sql<boolean>`1 = 0`);
  if (states) query = states.length > 0 ? query.where(stateOf, 'in', states) : query.where(sql<boolean>`1 = 0`);
  if (cursor !== undefined) query = query.where('i.begun_seq', '<', Number(cursor));
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    kind: 'page',
    items: await findLifecycles(ledger.db, page.map(({ release_id: id }) => id)),
    nextCursor: rows.length > limit && last ? String(last.begun_seq) : null,
  };
}

/** A release that was opened without a proposal is live until its end. */
const stateOf = sql<ReleaseState>`coalesce(m.to_state, e.how, i.first_state)`;

/** Proposals, and releases that had none. */
function selectIds({ db }: Ledger) {
  const proposed = db.selectFrom('release_proposals as p').select(['p.release_id', 'p.service', 'p.model_digest', 'p.record_seq as begun_seq', sql<ReleaseState>`'proposed'`.as('first_state')]);
  const opened = db
    .selectFrom('releases as r')
    .leftJoin('release_proposals as q', 'q.release_id', 'r.release_id')
    .select(['r.release_id', 'r.service', 'r.model_digest', 'r.record_seq as begun_seq', sql<ReleaseState>`'live'`.as('first_state')])
    .where('q.release_id', 'is', null);
  return db
    .selectFrom(proposed.unionAll(opened).as('i'))
    .leftJoin('release_ends as e', 'e.release_id', 'i.release_id')
    .leftJoin('release_moves as m', (join) =>
      join.onRef('m.release_id', '=', 'i.release_id').on('m.record_seq', '=', (inner) => inner.selectFrom('release_moves as n').select(({ fn }) => fn.max('n.record_seq').as('last')).whereRef('n.release_id', '=', 'i.release_id')),
    )
    .select(['i.release_id', 'i.begun_seq']);
}
