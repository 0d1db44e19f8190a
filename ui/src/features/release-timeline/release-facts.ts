/** From a release as the API tells of it to what the timeline draws. Pure. */
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import type { ReleaseFacts } from './release-phases.ts';

const ended = ['renewed', 'superseded', 'withdrawn', 'expired', 'rejected'] as const;
export type EndedState = (typeof ended)[number];

export function endedStateOf(state: ReleaseDetail['state']): EndedState | undefined {
  return ended.find((one) => one === state);
}

export function factsOf(detail: Pick<ReleaseDetail, 'moves' | 'state' | 'since' | 'validUntil'>, now: number): ReleaseFacts {
  const moves = detail.moves.map(({ to, at, share }) => ({ to, at: Date.parse(at), share }));
  return {
    moves,
    endedAt: endedStateOf(detail.state) === undefined ? null : Date.parse(detail.since),
    validUntil: detail.validUntil === null ? null : Date.parse(detail.validUntil),
    // A move may be younger than the page's clock.
    now: Math.max(now, ...moves.map(({ at }) => at)),
  };
}

