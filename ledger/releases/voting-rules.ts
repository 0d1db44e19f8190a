/**
 * The rules of the go-live decision. Pure, and the one place of them: votes are refused, counted and announced ("you may
 * vote") by these functions alone.
 */
import type { GoLiveDecision, Lifecycle, NeededApproval, RiskTier, Vote, VoteRefusal, VotingRole } from './lifecycle.ts';

const votingRoles: readonly VotingRole[] = ['approver', 'process-owner'];

/** One entry per approval by a different person: the roles of which one fills it. */
const neededByTier: Readonly<Record<RiskTier, readonly (readonly VotingRole[])[]>> = {
  low: [['approver']],
  medium: [['approver'], ['approver', 'process-owner']],
  high: [['approver'], ['process-owner']],
};

const tiers: readonly RiskTier[] = ['low', 'medium', 'high'];

/** A tier that was changed on the way counts where it is the stricter one. */
export function stricterTier(a: RiskTier, b: RiskTier): RiskTier {
  return tiers.indexOf(a) > tiers.indexOf(b) ? a : b;
}

export function votingRolesOf(roles: readonly string[]): VotingRole[] {
  return votingRoles.filter((role) => roles.includes(role));
}

/** A vote without what only the tally knows. */
export type StoredVote = Omit<Vote, 'void' | 'countsAs'>;

export type Tally = {
  tier: RiskTier;
  votes: readonly StoredVote[];
  /** The evidence as it is now, or as it was when the release was approved. */
  bundleDigest: string | null;
  /** Roles that people have now; null after the approval: who leaves later has voted all the same. */
  rolesNow: ReadonlyMap<string, readonly VotingRole[]> | null;
  /** Ids of votes whose question was answered. */
  answered: ReadonlySet<string>;
};

/** Counts the votes of a release that is open for them. */
export function countVotes(tally: Tally): GoLiveDecision {
  const judged = tally.votes.map((vote) => ({ ...vote, void: voidReason(vote, tally) }));
  const standing = judged.filter((vote) => vote.void === null);
  const approvals = standing.filter(({ vote }) => vote === 'approve');
  const slots = neededByTier[tally.tier];
  const filled = fill(slots, approvals, tally);
  const needed: NeededApproval[] = slots.map((roles, index) => ({ roles: [...roles], by: filled[index]?.voter ?? null }));
  const counted = filled.filter((vote) => vote !== undefined);
  const roleOf = (vote: StoredVote): VotingRole | null => {
    const slot = filled.findIndex((one) => one?.voteId === vote.voteId);
    return slots[slot]?.find((role) => rolesOf(vote, tally).includes(role)) ?? null;
  };
  const ends = counted.flatMap(({ validUntil }) => (validUntil === null ? [] : [validUntil]));
  return {
    outcome: outcomeOf(standing, needed),
    needed,
    votes: judged.map((vote) => ({ ...vote, countsAs: vote.void === null && vote.vote === 'approve' ? roleOf(vote) : null })),
    bundleDigest: tally.bundleDigest,
    conditions: [...new Set(counted.flatMap(({ conditions }) => conditions))],
    validUntil: ends.length === 0 ? null : Math.min(...ends),
  };
}

function voidReason(vote: StoredVote, tally: Tally): Vote['void'] {
  if (tally.answered.has(vote.voteId)) return 'QUESTION_ANSWERED';
  if (vote.evidenceDigest !== tally.bundleDigest) return 'EVIDENCE_CHANGED';
  return rolesOf(vote, tally).length === 0 ? 'VOTER_LEFT' : null;
}

/** The roles it was given with, as far as its voter still has them. */
function rolesOf(vote: StoredVote, { rolesNow }: Tally): readonly VotingRole[] {
  return rolesNow === null ? vote.roles : vote.roles.filter((role) => rolesNow.get(vote.voter)?.includes(role));
}

function outcomeOf(standing: readonly StoredVote[], needed: readonly NeededApproval[]): GoLiveDecision['outcome'] {
  if (standing.some(({ vote }) => vote === 'reject')) return 'rejected';
  if (standing.some(({ vote }) => vote === 'ask-back')) return 'asked-back';
  return needed.every(({ by }) => by !== null) ? 'approved' : 'open';
}

/** Gives each needed approval another person, as many as possible: nobody counts twice, whatever roles they have. */
function fill(slots: readonly (readonly VotingRole[])[], approvals: readonly StoredVote[], tally: Tally): (StoredVote | undefined)[] {
  const [roles, ...rest] = slots;
  if (roles === undefined) return [];
  const fits = approvals.filter((vote) => rolesOf(vote, tally).some((role) => roles.includes(role)));
  const ways = [undefined, ...fits].map((vote) => [vote, ...fill(rest, approvals.filter(({ voter }) => voter !== vote?.voter), tally)]);
  return ways.reduce((best, way) => (filledSlots(way) > filledSlots(best) ? way : best));
}

function filledSlots(way: readonly unknown[]): number {
  return way.filter((vote) => vote !== undefined).length;
}

/** Who wants to vote, as the ledger knows them now. */
export type Voter = { userId: string; name: string; roles: readonly string[] };

/** Who cannot decide on this release, whatever their roles. */
export type Excluded = { requesters: readonly string[]; trainers: readonly string[] };

export type VoterRefusal = { reason: Extract<VoteRefusal, 'NOT_OPEN' | 'QUESTION_OPEN' | 'ROLE_MISSING' | 'IS_REQUESTER' | 'IS_TRAINER' | 'ALREADY_VOTED'>; message: string };

/** `requesters`: the user ids behind the proposal, also of who made the key that proposed; `trainers`: as the platform names them. Null: the person may vote. */
export function refuseVoter(release: Lifecycle, decision: GoLiveDecision, voter: Voter, { requesters, trainers }: Excluded): VoterRefusal | null {
  if (votingRolesOf(voter.roles).length === 0) return { reason: 'ROLE_MISSING', message: 'A go-live is decided by people with the role approver or process owner.' };
  if (requesters.includes(voter.userId)) return { reason: 'IS_REQUESTER', message: 'You proposed this release; other people decide on it.' };
  if (trainers.some((trainer) => isTrainer(trainer, voter))) return { reason: 'IS_TRAINER', message: 'You trained this model; other people decide on its go-live.' };
  if (release.state !== 'evaluated' || release.stopAsked) return { reason: 'NOT_OPEN', message: `The release is ${release.stopAsked ? 'stopped' : release.state}: votes are taken between its evaluation and its approval.` };
  if (decision.outcome === 'asked-back') return { reason: 'QUESTION_OPEN', message: 'A question was put back to the requester; votes are taken again when it is answered.' };
  if (decision.outcome !== 'open') return { reason: 'NOT_OPEN', message: `The votes have decided already: ${decision.outcome}.` };
  const own = decision.votes.find((vote) => vote.voter === voter.userId && vote.void === null);
  return own ? { reason: 'ALREADY_VOTED', message: 'You have voted on this evidence already; another person is needed.' } : null;
}

/** The platform names a trainer by user id or by sign-in name, in whatever case. */
function isTrainer(trainedBy: string, { userId, name }: Voter): boolean {
  const trainer = trainedBy.trim().toLowerCase();
  return trainer === userId.toLowerCase() || trainer === name.toLowerCase();
}
