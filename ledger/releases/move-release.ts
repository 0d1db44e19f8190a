/** Moves a release to its next state, where the table of moves, the votes, the evidence and the terms allow it. */
import type { Ledger } from '../ledger.ts';
import { transact, type Tx } from '../store/transact.ts';
import { hasEnded, isAllowedMove, movesFrom } from './allowed-moves.ts';
import { endRelease } from './end-release.ts';
import { artefactState, bundleDigestOf, findEvidence } from './evidence-bundle.ts';
import { goLive, openTerms } from './go-live.ts';
import { findLifecycle } from './lifecycle-row.ts';
import type { EndedState, Lifecycle, MoveRefusal, MoveReleaseRequest, MoveReleaseResult } from './lifecycle.ts';
import { findDecision } from './read-decision.ts';
import { refuseUnfinishedCanary } from './refuse-unfinished-canary.ts';
import { writeMove } from './write-move.ts';

export type MoveRefused = Extract<MoveReleaseResult, { kind: 'refused' }>;

/** Repeating a move answers `already`. The first canary, and the going live of a renewal, open the terms. */
export async function moveRelease(ledger: Ledger, request: MoveReleaseRequest): Promise<MoveReleaseResult> {
  return transact(ledger, (tx) => moveNow(tx, request));
}

/** The same inside a transaction. */
export async function moveNow(tx: Tx, request: MoveReleaseRequest): Promise<MoveReleaseResult> {
  const release = await findLifecycle(tx.db, request.releaseId);
  if (!release) return refuseMove('RELEASE_UNKNOWN', `There is no release ${request.releaseId}.`);
  if (isDone(release, request)) return { kind: 'already', release };
  const refused = refuseByTable(release, request) ?? (await refuseByEvidence(tx, release, request)) ?? refuseByShare(release, request);
  if (refused) return refused;
  return (await carryOut(tx, release, request)) ?? { kind: 'moved', release: await reread(tx, release.releaseId) };
}

function isDone(release: Lifecycle, { to, share }: MoveReleaseRequest): boolean {
  return release.state === to && (to !== 'canary' || share === release.share);
}

function refuseByTable(release: Lifecycle, { to }: MoveReleaseRequest): MoveRefused | null {
  const { kind, state, stopAsked } = release;
  if (!isAllowedMove(kind, state, to) || to === 'superseded' || to === 'renewed') {
    const next = movesFrom(kind, state).join(', ');
    return refuseMove('NOT_ALLOWED', `A ${kind} cannot go from ${state} to ${to}. ${next === '' ? 'It has ended.' : `From here it goes to: ${next}.`}`);
  }
  return stopAsked && !hasEnded({ state: to }) ? refuseMove('STOPPED', `The release was stopped by ${stopAsked.by}; it can only be taken back.`) : null;
}

/** An end needs no evidence; everything before it the artefact that was proposed. */
async function refuseByEvidence(tx: Tx, release: Lifecycle, { to }: MoveReleaseRequest): Promise<MoveRefused | null> {
  if (hasEnded({ state: to })) return null;
  switch (artefactState(await findEvidence(tx.db, release.releaseId), release)) {
    case 'missing':
      return refuseMove('EVIDENCE_MISSING', 'The evidence names no artefact yet. Collect it first.');
    case 'changed':
      return refuseMove('EVIDENCE_CHANGED', `The artefact, or what is served, is not the proposed one (${release.model.digest}).`);
    case 'proposed':
      break;
  }
  if (to !== 'approved') return null;
  const { outcome } = await findDecision(tx, release);
  return outcome === 'approved' ? null : refuseMove('NOT_APPROVED', `The votes on this evidence do not approve it: ${outcome}.`);
}

function refuseByShare(release: Lifecycle, { to, share }: MoveReleaseRequest): MoveRefused | null {
  if (to !== 'canary') return share === undefined ? null : refuseMove('SHARE_INVALID', 'Only a canary has a share.');
  if (share === undefined || !Number.isInteger(share) || share < 1 || share > 100) return refuseMove('SHARE_INVALID', `A canary needs a share from 1 to 100 percent, found ${share}.`);
  return share < release.share ? refuseMove('SHARE_INVALID', `The canary has ${release.share} % of the cases; its share only grows. Take the release back instead.`) : null;
}

async function carryOut(tx: Tx, release: Lifecycle, request: MoveReleaseRequest): Promise<MoveRefused | null> {
  const { releaseId, state: from } = release;
  const { to, by, why, share = null } = request;
  if (isEnd(to)) {
    await endRelease(tx, release, { to, by, why });
    return null;
  }
  if (to === 'canary' || to === 'live') {
    const refused = (to === 'live' && from === 'canary' ? await refuseUnfinishedCanary(tx, release) : null) ?? (await openTerms(tx, release, request));
    if (refused) return refused;
  }
  const evidenceDigest = bundleDigestOf(await findEvidence(tx.db, releaseId));
  await writeMove(tx, { releaseId, from, to, by, why, share, evidenceDigest });
  if (to === 'live') await goLive(tx, release, by);
  return null;
}

function isEnd(to: Lifecycle['state']): to is EndedState {
  return hasEnded({ state: to });
}

export async function reread(tx: Tx, releaseId: string): Promise<Lifecycle> {
  const release = await findLifecycle(tx.db, releaseId);
  if (!release) throw new Error(`Release ${releaseId} is gone. Run "npm run verify".`);
  return release;
}

export function refuseMove(reason: MoveRefusal, message: string): MoveRefused {
  return { kind: 'refused', reason, message };
}
