/** Reads what the votes on a release say: the one source from which a process learns the go-live decision. */
import { z } from 'zod';
import { userRoles } from '../access/user-row.ts';
import type { Ledger } from '../ledger.ts';
import { findService, type ServiceSource } from '../services/get-service.ts';
import { readJson, Texts } from '../store/json-column.ts';
import { sealedTexts } from '../vault/sealed-texts.ts';
import { bundleDigestOf, findEvidence } from './evidence-bundle.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { GoLiveDecision, Lifecycle, RiskTier } from './lifecycle.ts';
import { countVotes, stricterTier, type StoredVote } from './voting-rules.ts';

/** For an unknown release: `not-open`, without votes. */
export async function readGoLiveDecision(ledger: Ledger, releaseId: string): Promise<GoLiveDecision> {
  const release = await findLifecycle(ledger.db, releaseId);
  return release ? findDecision(ledger, release) : { outcome: 'not-open', needed: [], votes: [], bundleDigest: null, conditions: [], validUntil: null };
}

export type DecisionSource = ServiceSource & Pick<Ledger, 'vault'>;

/** The same inside a transaction. After the approval: as it was approved. */
export async function findDecision(source: DecisionSource, release: Lifecycle): Promise<GoLiveDecision> {
  const { releaseId } = release;
  const approvedOn = await approvedBundle(source, releaseId);
  const votes = await findVotes(source, releaseId);
  const decision = countVotes({
    tier: await tierOf(source, release),
    votes,
    bundleDigest: approvedOn ?? bundleDigestOf(await findEvidence(source.db, releaseId)),
    rolesNow: approvedOn === null ? await userRoles(source.db, votes.map(({ voter }) => voter)) : null,
    answered: new Set((await source.db.selectFrom('release_replies').select('vote_id').where('release_id', '=', releaseId).execute()).map(({ vote_id: id }) => id)),
  });
  if (approvedOn !== null) return { ...decision, outcome: 'approved' };
  const isOpen = release.state === 'evaluated' || decision.outcome === 'rejected';
  return isOpen ? decision : { ...decision, outcome: 'not-open' };
}

async function approvedBundle({ db }: DecisionSource, releaseId: string): Promise<string | null> {
  const move = await db.selectFrom('release_moves').select('evidence_digest').where('release_id', '=', releaseId).where('to_state', '=', 'approved').executeTakeFirst();
  return move?.evidence_digest ?? null;
}

async function tierOf(source: DecisionSource, release: Lifecycle): Promise<RiskTier> {
  const service = await findService(source, release.service);
  return service ? stricterTier(service.definition.riskTier, release.riskTier) : release.riskTier;
}

const VotingRoles = z.array(z.enum(['approver', 'process-owner']));
export const SealedVote = z.strictObject({ reason: z.string().nullable(), conditions: Texts });

/** Oldest first. */
async function findVotes(source: DecisionSource, releaseId: string): Promise<StoredVote[]> {
  const rows = await source.db.selectFrom('release_votes').selectAll().where('release_id', '=', releaseId).orderBy('record_seq').execute();
  const texts = await sealedTexts(source, rows.map(({ record_seq: seq }) => seq));
  return rows.map((row) => {
    const text = texts.get(row.record_seq);
    const { reason, conditions } = text === undefined ? { reason: null, conditions: [] } : readJson(SealedVote, text);
    return {
      voteId: row.vote_id,
      releaseId: row.release_id,
      voter: row.voter,
      roles: readJson(VotingRoles, row.roles),
      vote: row.vote,
      conditions,
      validUntil: row.valid_until,
      reason,
      evidenceDigest: row.evidence_digest,
      at: row.given_at,
    };
  });
}
