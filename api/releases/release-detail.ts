/** A release with everything that its page shows, for one caller. */
import { getLifecycle, getService, readGoLiveDecision, releaseHistory, releaseOutlook, type GoLiveDecision, type Ledger, type Lifecycle, type ReleaseHistory, type Release, type StoredService } from '../../ledger/index.ts';
import { isPolicyOf } from '../../ledger/releases/active-release.ts';
import { routingTableInForce } from '../../ledger/services/routing-table-in-force.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { VoteRefusal, type DecisionView, type EvidenceEntry, type ReleaseDetail, type ReleaseMove, type ReleaseTerms, type VoteView } from '../contract/releases.ts';
import { toMoment, toMomentOrNull } from '../moment.ts';
import { readActors, type Actors } from './actors.ts';
import { mayAsk, otherRelease, releaseSummary } from './release-summary.ts';
import { currentDocument, stepEnd, whatHappens } from './what-happens.ts';

export async function releaseDetail(ledger: Ledger, release: Lifecycle, caller: Caller): Promise<ReleaseDetail> {
  const actors = await readActors(ledger);
  const service = await getService(ledger, release.service);
  const history = await releaseHistory(ledger, release.releaseId);
  if (history === null) throw new Error(`Release ${release.releaseId} has no history.`);
  const outlook = await releaseOutlook(ledger, release, actorOf(caller));
  const { champion, serviceStop } = outlook;
  const moves = history.moves.map((move) => moveView(move, actors));
  const services = new Map(service === null ? [] : [[release.service, service]]);
  return {
    ...(await releaseSummary(release, { ledger, actors, caller, services })),
    source: release.source,
    reference: release.reference,
    trainedBy: release.trainedBy === null ? null : actors.person(release.trainedBy).displayName,
    predecessor: await other(ledger, release.predecessor),
    champion: champion === null || champion.releaseId === release.releaseId ? null : await other(ledger, champion.releaseId),
    terms: release.terms === null ? null : await termsView(ledger, release, release.terms, service, actors),
    decision: decisionView(history.decision, actors),
    voting: votingView(outlook.voting, caller),
    questions: history.questions.map(({ voteId, askedBy, question, askedAt, answer }) => ({
      vote: voteId,
      by: actors.person(askedBy),
      question,
      at: toMoment(askedAt),
      answer: answer === null ? null : { by: actors.actor(answer.by), text: answer.text, at: toMoment(answer.at) },
    })),
    evidence: history.evidence.map((entry) => evidenceView(entry, actors)),
    gate: await currentDocument(ledger, history, 'gate'),
    moves,
    alarms: history.alarms.map(({ kind, facts, at }) => ({ kind, facts, at: toMoment(at) })),
    reassessments: history.reassessments.map(({ answer, by, reason, at }) => ({ answer, by: actors.actor(by), reason, at: toMoment(at) })),
    stepEndsAt: toMomentOrNull(stepEnd(release, moves, service)),
    whatHappens: await whatHappens(release, { ledger, service, history, outlook }),
    serviceStop: serviceStop === null ? null : { by: actors.actor(serviceStop.by), at: toMoment(serviceStop.at), reason: serviceStop.reason },
    actions: outlook.actions.filter((action) => mayAsk(action, caller)),
  };
}

async function other(ledger: Ledger, releaseId: string | null): Promise<ReleaseDetail['predecessor']> {
  const found = releaseId === null ? null : await getLifecycle(ledger, releaseId);
  return found === null ? null : otherRelease(found);
}

type Voting = Awaited<ReturnType<typeof releaseOutlook>>['voting'];

function votingView(voting: Voting, caller: Caller): ReleaseDetail['voting'] {
  if (voting !== null) return { allowed: false, why: VoteRefusal.parse(voting.reason), message: voting.message };
  return mayAsk('vote', caller) ? { allowed: true, why: null, message: null } : { allowed: false, why: 'ROLE_MISSING', message: 'A go-live is decided by people with the role approver or process owner.' };
}

function decisionView(decision: GoLiveDecision, actors: Actors): DecisionView {
  const { outcome, needed, votes, bundleDigest, conditions, validUntil } = decision;
  return {
    outcome,
    needed: needed.map(({ roles, by }) => ({ roles, by: by === null ? null : actors.person(by) })),
    votes: votes.map((vote) => voteView(vote, actors)),
    bundleDigest,
    conditions,
    validUntil: toMomentOrNull(validUntil),
  };
}

function voteView(vote: GoLiveDecision['votes'][number], actors: Actors): VoteView {
  const { voteId, voter, roles, countsAs, conditions, validUntil, reason, evidenceDigest, at } = vote;
  const role = countsAs ?? roles[0] ?? 'approver';
  return { vote: voteId, voter: actors.person(voter), answer: vote.vote, role, counts: vote.void === null && (vote.vote !== 'approve' || countsAs !== null), conditions, validUntil: toMomentOrNull(validUntil), reason, evidenceDigest, at: toMoment(at), void: vote.void };
}

function evidenceView({ digest, kind, collectedAt, collectedBy, current, votedOn }: ReleaseHistory['evidence'][number], actors: Actors): EvidenceEntry {
  return { digest, kind, collectedAt: toMoment(collectedAt), collectedBy: actors.actor(collectedBy), current, votedOn };
}

function moveView({ from, to, by, code, text, share, evidenceDigest, at }: ReleaseHistory['moves'][number], actors: Actors): ReleaseMove {
  return { from, to, by: actors.actor(by), code, text, share, evidenceDigest, at: toMoment(at) };
}

async function termsView(ledger: Ledger, release: Lifecycle, terms: Release, service: StoredService | null, actors: Actors): Promise<ReleaseTerms> {
  const { mode, threshold, certificate, policyDigest, auditShare, seedHash, approvedBy, openedAt, validUntil } = terms;
  return {
    mode,
    threshold,
    certificate,
    policyDigest,
    policyInForce: service !== null && isPolicyOf(terms, service, await routingTableInForce(ledger.db, terms.service)),
    auditShare,
    seedHash,
    conditions: [...terms.conditions, ...(await conditionsOf(ledger, release))],
    approvedBy: approvedBy.map((id) => actors.person(id)),
    openedAt: toMoment(openedAt),
    validUntil: toMoment(validUntil),
  };
}

/** A roll-back has those of the release that it goes back to. */
async function conditionsOf(ledger: Ledger, release: Lifecycle): Promise<string[]> {
  if (release.kind !== 'rollback') return (await readGoLiveDecision(ledger, release.releaseId)).conditions;
  const before = release.predecessor === null ? null : await getLifecycle(ledger, release.predecessor);
  return before === null ? [] : conditionsOf(ledger, before);
}
