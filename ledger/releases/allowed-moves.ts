/** Which state a release may go into from which, by its kind. Pure: the one table of moves. */
import { endedStates, type Lifecycle, type ReleaseKind, type ReleaseState } from './lifecycle.ts';

type Table = Partial<Record<ReleaseState, readonly ReleaseState[]>>;

const untilApproved: Table = { proposed: ['evaluated', 'rejected', 'withdrawn'], evaluated: ['approved', 'rejected', 'withdrawn'] };
const onceLive: Table = { live: ['renewed', 'superseded', 'withdrawn', 'expired'] };

const tables: Readonly<Record<ReleaseKind, Table>> = {
  promotion: { ...untilApproved, approved: ['shadow', 'withdrawn'], shadow: ['canary', 'withdrawn'], canary: ['canary', 'live', 'withdrawn', 'expired'], ...onceLive },
  renewal: { ...untilApproved, approved: ['live', 'withdrawn'], ...onceLive },
  rollback: { proposed: ['live'], ...onceLive },
};

export function isAllowedMove(kind: ReleaseKind, from: ReleaseState, to: ReleaseState): boolean {
  return tables[kind][from]?.includes(to) ?? false;
}

/** The states that can follow, for sentences. */
export function movesFrom(kind: ReleaseKind, from: ReleaseState): readonly ReleaseState[] {
  return tables[kind][from] ?? [];
}

export function hasEnded({ state }: Pick<Lifecycle, 'state'>): boolean {
  return endedStates.some((ended) => ended === state);
}

/** Between its proposal and its going live. */
export function isUnderWay({ state }: Pick<Lifecycle, 'state'>): boolean {
  return state !== 'live' && !hasEnded({ state });
}
