/** What lies before a release, for the person who looks at it: what they may do, and who decides after its end. */
import type { Ledger } from '../ledger.ts';
import { findUserById } from '../access/get-user.ts';
import { refuseAnswer, refuseReassessment, refuseRollBack, refuseStep, refuseStop } from './action-rules.ts';
import { findStop } from './find-stop.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { Lifecycle } from './lifecycle.ts';
import { findOpenReleases } from './open-releases.ts';
import { findDecision } from './read-decision.ts';
import { requestersOf } from './requesters.ts';
import { findRestorable } from './restore-predecessor.ts';
import type { Release, Stop } from './release.ts';
import { trainersOf } from './trainers.ts';
import { refuseVoter, type VoterRefusal } from './voting-rules.ts';

export const releaseActions = ['vote', 'answer', 'step', 'stop', 'resume', 'roll-back', 'reassess'] as const;
export type ReleaseAction = (typeof releaseActions)[number];

export type ReleaseOutlook = {
  /** Why the person may not vote; null: they may. */
  voting: VoterRefusal | null;
  /** What the ledger would not refuse; whether the role may ask for it at all is the caller's to add. */
  actions: ReleaseAction[];
  /** What decides for the service now. */
  champion: Release | null;
  /** What a roll-back of this release would let decide again now; null: people. */
  restorable: Release | null;
  serviceStop: Stop | null;
};

/** `person`: a user id, or `key:…` of an application. */
export async function releaseOutlook(ledger: Ledger, release: Lifecycle, person: string): Promise<ReleaseOutlook> {
  const { service } = release;
  const user = await findUserById(ledger.db, person);
  const roles = user?.roles ?? [];
  const decision = await findDecision(ledger, release);
  const requesters = await requestersOf(ledger.db, release.proposedBy);
  const voting = refuseVoter(release, decision, user ?? { userId: person, name: person, roles: [] }, { requesters, trainers: await trainersOf(ledger.db, release) });
  const serviceStop = await findStop(ledger, service);
  const isStopped = release.stopAsked !== null || (release.state === 'live' && serviceStop !== null);
  const possible: Readonly<Record<ReleaseAction, boolean>> = {
    vote: voting === null,
    answer: refuseAnswer(release, decision, person, requesters) === null,
    step: refuseStep(release, roles) === null,
    stop: refuseStop(release) === null && !isStopped,
    resume: release.state === 'live' && serviceStop !== null,
    'roll-back': refuseRollBack(release) === null,
    reassess: refuseReassessment(release, roles) === null,
  };
  const { live } = await findOpenReleases(ledger.db, service);
  return { voting, actions: releaseActions.filter((action) => possible[action]), champion: live, restorable: await restorableAt(ledger, release, ledger.clock.now()), serviceStop };
}

/** What would come back if the release ended at that time; null: people. Before it is live, that is its predecessor. */
export async function restorableAt(ledger: Ledger, release: Lifecycle, at: number): Promise<Release | null> {
  const restorable = await findRestorable(ledger, release, at);
  if (restorable || release.kind !== 'renewal' || release.predecessor === null) return restorable;
  const renewed = await findLifecycle(ledger.db, release.predecessor);
  return renewed ? findRestorable(ledger, renewed, at) : null;
}
