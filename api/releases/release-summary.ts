/** A release as lists show it. */
import { readGoLiveDecision, releaseOutlook, type Ledger, type Lifecycle, type StoredService } from '../../ledger/index.ts';
import { stricterTier } from '../../ledger/releases/voting-rules.ts';
import { actorOf, rolesOf, type Caller } from '../access/caller.ts';
import { operations } from '../contract/index.ts';
import type { OtherRelease, ReleaseAction, ReleaseSummary } from '../contract/releases.ts';
import { toMoment } from '../moment.ts';
import type { Actors } from './actors.ts';

export type SummarySource = { ledger: Ledger; actors: Actors; caller: Caller; services: ReadonlyMap<string, StoredService> };

export async function releaseSummary(release: Lifecycle, source: SummarySource): Promise<ReleaseSummary> {
  const { releaseId, service, kind, state, since, model, share, terms, proposedBy, proposedAt, stopAsked, reassessmentSince } = release;
  return {
    release: releaseId,
    service,
    serviceName: source.services.get(service)?.definition.name ?? { de: service, en: service },
    kind,
    state,
    since: toMoment(since),
    modelName: model.name,
    modelVersion: model.version,
    modelDigest: model.digest,
    riskTier: stricterTier(release.riskTier, source.services.get(service)?.definition.riskTier ?? release.riskTier),
    share,
    mode: terms?.mode ?? null,
    validUntil: terms === null ? null : toMoment(terms.validUntil),
    proposedBy: source.actors.actor(proposedBy),
    proposedAt: toMoment(proposedAt),
    demo: terms?.demo ?? source.services.get(service)?.definition.evaluation?.demoFigures ?? false,
    stopAsked: stopAsked !== null,
    openForVotes: await isOpenForVotes(release, source.ledger),
    mayVote: await mayVote(release, source),
    reassessment: reassessmentSince !== null,
  };
}

async function isOpenForVotes(release: Lifecycle, ledger: Ledger): Promise<boolean> {
  return release.state === 'evaluated' && release.stopAsked === null && (await readGoLiveDecision(ledger, release.releaseId)).outcome === 'open';
}

export async function mayVote(release: Lifecycle, { ledger, caller }: Pick<SummarySource, 'ledger' | 'caller'>): Promise<boolean> {
  // Everything else is refused anyway; it would cost a look at the votes for each row.
  if (release.state !== 'evaluated') return false;
  const { voting } = await releaseOutlook(ledger, release, actorOf(caller));
  return voting === null && mayAsk('vote', caller);
}

export function otherRelease({ releaseId, state, model, terms }: Lifecycle): OtherRelease {
  return { release: releaseId, state, modelName: model.name, modelVersion: model.version, modelDigest: model.digest, mode: terms?.mode ?? null, validUntil: terms === null ? null : toMoment(terms.validUntil) };
}

const operationOf = {
  vote: operations.castVote,
  answer: operations.answerQuestion,
  step: operations.askNextStep,
  stop: operations.stopRelease,
  resume: operations.resumeService,
  'roll-back': operations.rollBackRelease,
  reassess: operations.answerReassessment,
} as const satisfies Record<ReleaseAction, unknown>;

/** Whether the operation behind an action is open to the caller at all: the same rule that lets its requests in. */
export function mayAsk(action: ReleaseAction, caller: Caller): boolean {
  const { people, keys } = operationOf[action].access;
  const allowed: readonly string[] = people;
  return caller.kind === 'person' ? rolesOf(caller).some((role) => allowed.includes(role)) : keys !== 'none';
}
