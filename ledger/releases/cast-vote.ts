/** Stores a go-live vote: bound to the evidence that its voter saw, refused by who the voter is. */
import { randomUUID } from 'node:crypto';
import { writeRecord } from '../chain/write-record.ts';
import { findUserById } from '../access/get-user.ts';
import type { Ledger } from '../ledger.ts';
import { evaluationPlanOf } from '../services/evaluation-plan.ts';
import { findService } from '../services/get-service.ts';
import { transact, type Tx } from '../store/transact.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { CastVoteRequest, CastVoteResult, GoLiveDecision, Lifecycle, VoteRefusal } from './lifecycle.ts';
import { oweNews } from './owe-message.ts';
import { findDecision } from './read-decision.ts';
import { requestersOf } from './requesters.ts';
import { trainersOf } from './trainers.ts';
import { refuseVoter, votingRolesOf } from './voting-rules.ts';

type Refused = Extract<CastVoteResult, { kind: 'refused' }>;

/**
 * Roles and name are read from the ledger in the same transaction. Where the votes decide, or ask back, the message
 * `go-live-decided` is owed; the process reads the outcome with `readGoLiveDecision`.
 */
export async function castVote(ledger: Ledger, request: CastVoteRequest): Promise<CastVoteResult> {
  return transact(ledger, async (tx): Promise<CastVoteResult> => {
    const { releaseId } = request;
    const release = await findLifecycle(tx.db, releaseId);
    if (!release) return refuse('RELEASE_UNKNOWN', `There is no release ${releaseId}.`);
    const voter = await findUserById(tx.db, request.voter);
    if (!voter) return refuse('ROLE_MISSING', 'Nobody with this account may vote.');
    const before = await findDecision(tx, release);
    const refused = refuseVoter(release, before, voter, { requesters: await requestersOf(tx.db, release.proposedBy), trainers: await trainersOf(tx.db, release) }) ?? refuseVote(request, before) ?? (await refuseEnd(tx, release, request));
    if (refused) return refuse(refused.reason, refused.message);
    const voteId = await writeVote(tx, request, votingRolesOf(voter.roles));
    const decision = await findDecision(tx, release);
    if (decision.outcome !== 'open') await oweNews(tx, 'go-live-decided', releaseId, voteId);
    const vote = decision.votes.find((one) => one.voteId === voteId);
    if (!vote) throw new Error(`The vote ${voteId} was not stored.`);
    return { kind: 'stored', vote, decision };
  });
}

async function writeVote(tx: Tx, request: CastVoteRequest, roles: readonly string[]): Promise<string> {
  const { releaseId, voter, vote, conditions = [], validUntil = null, reason = null, evidenceDigest } = request;
  const voteId = randomUUID();
  await writeRecord(tx, {
    kind: 'vote-cast',
    caseId: null,
    facts: { voteId, releaseId, voter, roles, vote, validUntil, evidenceDigest, givenAt: tx.now },
    sealed: { key: tx.vault.ownKey, entries: [{ kind: 'text', value: { reason, conditions } }] },
  });
  return voteId;
}

function refuseVote({ vote, evidenceDigest, reason, conditions = [] }: CastVoteRequest, { bundleDigest }: GoLiveDecision): Refused | null {
  if (evidenceDigest !== bundleDigest) return refuse('EVIDENCE_CHANGED', 'The evidence is not the one you saw. Read it again, then vote.');
  if (vote !== 'approve' && (reason ?? '').trim() === '') return refuse('REASON_MISSING', vote === 'reject' ? 'Say why you reject.' : 'Say what you want to know.');
  return vote !== 'approve' && conditions.length > 0 ? refuse('CONDITIONS_NOT_APPROVED', 'Conditions belong to an approval.') : null;
}

const dayMs = 86_400_000;

async function refuseEnd(tx: Tx, release: Lifecycle, { validUntil }: CastVoteRequest): Promise<Refused | null> {
  if (validUntil === undefined) return null;
  if (validUntil <= tx.now) return refuse('VALID_UNTIL_PAST', 'The end date has passed already. Give a later one.');
  const service = await findService(tx, release.service);
  const { validDays } = evaluationPlanOf(service?.definition ?? {});
  return validUntil > tx.now + validDays * dayMs ? refuse('VALID_UNTIL_TOO_LATE', `A release of this service lasts ${validDays} days at most. Give an earlier end date.`) : null;
}

function refuse(reason: VoteRefusal, message: string): Refused {
  return { kind: 'refused', reason, message };
}
