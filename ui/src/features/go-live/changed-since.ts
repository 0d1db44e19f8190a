/** Which kinds of evidence are other than when a vote was given: why it counts no more. Pure. */
import type { EvidenceKind, ReleaseDetail, VoteView } from '../../shared/releases/release.ts';

export function changedSince(evidence: ReleaseDetail['evidence'], vote: Pick<VoteView, 'at'>): EvidenceKind[] {
  const given = Date.parse(vote.at);
  return [...new Set(evidence.filter(({ current, votedOn, collectedAt }) => current && votedOn && Date.parse(collectedAt) > given).map(({ kind }) => kind))];
}
