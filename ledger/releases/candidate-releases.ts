/** The versions of a service that are asked beside the deciding one: in shadow, or in the canary for its share of cases. */
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import type { CandidateRelease } from './lifecycle.ts';
import { stopAskedCode } from './move-codes.ts';

/** None that was stopped: it meets no further case. */
export async function candidateReleases(ledger: Pick<Ledger, 'db'>, service: string): Promise<CandidateRelease[]> {
  const rows = await candidatesOfService.all(ledger.db, { service });
  return rows.flatMap((row) =>
    row.state !== 'shadow' && row.state !== 'canary'
      ? []
      : [{ releaseId: row.release_id, state: row.state, model: { name: row.model_name, version: row.model_version, digest: row.model_digest }, share: row.state === 'canary' ? (row.share ?? 0) : 0, since: row.entered_at ?? row.moved_at }],
  );
}

const candidatesOfService = prepareQuery((db, { service }: { service: string }) =>
  db
    .selectFrom('release_proposals as p')
    .innerJoin('release_moves as m', 'm.release_id', 'p.release_id')
    .select(['p.release_id', 'p.model_name', 'p.model_version', 'p.model_digest', 'm.to_state as state', 'm.share', 'm.moved_at'])
    .select((outer) => outer.selectFrom('release_moves as f').select(({ fn }) => fn.max('f.moved_at').as('at')).whereRef('f.release_id', '=', 'p.release_id').whereRef('f.to_state', '=', 'm.to_state').whereRef('f.from_state', '!=', 'f.to_state').as('entered_at'))
    .where('p.service', '=', service)
    .where('m.to_state', 'in', ['shadow', 'canary'])
    .where('m.code', '!=', stopAskedCode)
    .where('m.record_seq', '=', (inner) => inner.selectFrom('release_moves as n').select(({ fn }) => fn.max('n.record_seq').as('last')).whereRef('n.release_id', '=', 'p.release_id'))
    .orderBy('p.record_seq'),
);
