/** Adds documents to the evidence of a release. A changed bundle voids the votes that rest on the old one. */
import { canonicalJson } from '../chain/canonical-json.ts';
import { sha256 } from '../chain/digest.ts';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact, type Tx } from '../store/transact.ts';
import { hasEnded } from './allowed-moves.ts';
import { artefactState, bundleDigestOf, currentEvidence, findEvidence } from './evidence-bundle.ts';
import { EvidenceDocument } from './evidence-document.ts';
import { findDecision } from './read-decision.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { AddEvidenceRequest, AddEvidenceResult, Lifecycle } from './lifecycle.ts';
import { storeAlarm } from './raise-alarm.ts';

/**
 * Of each kind the newest document counts; the same one again changes nothing. Where the artefact is found to be
 * another after the approval, an alarm is raised and the release can no longer move on. Throws a ZodError for what is
 * no document.
 */
export async function addEvidence(ledger: Ledger, request: AddEvidenceRequest): Promise<AddEvidenceResult> {
  const documents = request.documents.map((one) => EvidenceDocument.parse(one));
  return transact(ledger, async (tx): Promise<AddEvidenceResult> => {
    const release = await findLifecycle(tx.db, request.releaseId);
    if (!release) return { kind: 'refused', reason: 'RELEASE_UNKNOWN', message: `There is no release ${request.releaseId}.` };
    if (hasEnded(release)) return { kind: 'refused', reason: 'RELEASE_OVER', message: `The release has ended (${release.state}); nothing is added to its evidence.` };
    const standing = await standingVotes(tx, release);
    let changed = false;
    for (const document of documents) changed = (await addDocument(tx, release.releaseId, document, request.by)) || changed;
    const rows = await findEvidence(tx.db, release.releaseId);
    const artefactChanged = artefactState(rows, release) === 'changed';
    if (changed && artefactChanged) await alarm(tx, release);
    const stillStanding = await standingVotes(tx, release);
    return { kind: 'added', bundleDigest: bundleDigestOf(rows) ?? '', changed, voided: standing.filter((id) => !stillStanding.includes(id)), artefactChanged };
  });
}

async function addDocument(tx: Tx, releaseId: string, { kind, document }: EvidenceDocument, by: string): Promise<boolean> {
  const text = canonicalJson(document);
  const digest = sha256(text);
  const current = currentEvidence(await findEvidence(tx.db, releaseId)).get(kind);
  if (current?.digest === digest) return false;
  await writeRecord(tx, { kind: 'evidence-added', caseId: null, facts: { releaseId, kind, digest, collectedBy: by, collectedAt: tx.now }, unrecorded: { document: text } });
  return true;
}

async function standingVotes(tx: Tx, release: Lifecycle): Promise<string[]> {
  return (await findDecision(tx, release)).votes.filter((vote) => vote.void === null).map(({ voteId }) => voteId);
}

const approvedStates: readonly Lifecycle['state'][] = ['approved', 'shadow', 'canary', 'live'];

async function alarm(tx: Tx, release: Lifecycle): Promise<void> {
  if (!approvedStates.includes(release.state)) return;
  await storeAlarm(tx, { releaseId: release.releaseId, kind: 'evidence-changed', window: new Date(tx.now).toISOString(), facts: { proposedDigest: release.model.digest } });
}
