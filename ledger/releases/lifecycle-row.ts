/** Reads the lives of releases out of proposals, moves and terms. A release opened without a proposal begins live. */
import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../store/database.ts';
import { hasEnded } from './allowed-moves.ts';
import type { Lifecycle, ReleaseState, StopAsked } from './lifecycle.ts';
import { reassessmentPrefix, stopAskedCode } from './move-codes.ts';
import { selectReleases, toRelease } from './release-row.ts';
import type { Release } from './release.ts';

type Proposal = Selectable<Database['release_proposals']>;
type Move = Selectable<Database['release_moves']>;

/** In the order of the ids; unknown ones are left out. */
export async function findLifecycles(db: Kysely<Database>, ids: readonly string[]): Promise<Lifecycle[]> {
  if (ids.length === 0) return [];
  const proposals = await db.selectFrom('release_proposals').selectAll().where('release_id', 'in', ids).execute();
  const terms = (await selectReleases(db).where('r.release_id', 'in', ids).execute()).map(toRelease);
  const moves = await db.selectFrom('release_moves').selectAll().where('release_id', 'in', ids).orderBy('record_seq').execute();
  const answers = await db.selectFrom('release_answers').select(['release_id', 'answered_at']).where('release_id', 'in', ids).execute();
  return ids.flatMap((id) => {
    const known = { proposal: proposals.find(({ release_id }) => release_id === id), terms: terms.find(({ releaseId }) => releaseId === id), moves: moves.filter(({ release_id }) => release_id === id), answeredAt: Math.max(0, ...answers.filter(({ release_id }) => release_id === id).map(({ answered_at }) => answered_at)) };
    return known.proposal ? [ofProposal(known.proposal, known.terms ?? null, known)] : known.terms ? [ofTerms(known.terms, known)] : [];
  });
}

export async function findLifecycle(db: Kysely<Database>, releaseId: string): Promise<Lifecycle | null> {
  return (await findLifecycles(db, [releaseId]))[0] ?? null;
}

type Known = { moves: readonly Move[]; answeredAt: number };

function ofProposal(row: Proposal, terms: Release | null, known: Known): Lifecycle {
  return {
    releaseId: row.release_id,
    service: row.service,
    kind: row.kind,
    ...progress({ ...known, first: 'proposed', since: row.proposed_at }),
    model: { name: row.model_name, version: row.model_version, digest: row.model_digest },
    source: row.source,
    reference: row.reference,
    proposedBy: row.proposed_by,
    trainedBy: row.trained_by,
    predecessor: row.predecessor,
    riskTier: row.risk_tier,
    proposedAt: row.proposed_at,
    terms,
  };
}

/** Opened by hand, as the demo does. Its end may be older than the table of moves. */
function ofTerms(terms: Release, happened: Known): Lifecycle {
  const { releaseId, service, model, openedBy, openedAt, end } = terms;
  const known = progress({ ...happened, first: end?.how ?? 'live', since: end?.at ?? openedAt });
  return { releaseId, service, kind: 'promotion', ...known, model, source: 'hand', reference: null, proposedBy: openedBy, trainedBy: null, predecessor: null, riskTier: 'low', proposedAt: openedAt, terms };
}

type Progress = Pick<Lifecycle, 'state' | 'since' | 'share' | 'stopAsked' | 'reassessmentSince'>;

function progress({ moves, answeredAt, first, since }: Known & { first: ReleaseState; since: number }): Progress {
  const state = moves.at(-1)?.to_state ?? first;
  const entered = moves.findLast(({ from_state, to_state }) => from_state !== to_state);
  const stopped = moves.find(({ code }) => code === stopAskedCode);
  const asked = moves.findLast(({ code }) => code.startsWith(reassessmentPrefix))?.moved_at ?? null;
  const isOver = state === 'live' || hasEnded({ state });
  const stopAsked: StopAsked | null = stopped && !isOver ? { by: stopped.moved_by, at: stopped.moved_at } : null;
  return { state, since: entered?.moved_at ?? since, share: shareOf(state, moves), stopAsked, reassessmentSince: state === 'live' && asked !== null && answeredAt < asked ? asked : null };
}

/** Every move within the canary says its share. */
function shareOf(state: ReleaseState, moves: readonly Move[]): number {
  if (state === 'live') return 100;
  return state === 'canary' ? (moves.at(-1)?.share ?? 0) : 0;
}
