/** Reading releases: lists, one of them, its evidence. */
import { Readable } from 'node:stream';
import { getEvidence, getEvidenceText, getLifecycle, listLifecycles, listServices, releaseHistory, type Ledger, type Lifecycle } from '../../ledger/index.ts';
import type { Caller } from '../access/caller.ts';
import type { listReleases as listOperation, readEvidence as evidenceOperation, readRelease as readOperation, ReleaseDetail } from '../contract/releases.ts';
import { Problem } from '../problem.ts';
import { readActors } from '../releases/actors.ts';
import { releaseDetail } from '../releases/release-detail.ts';
import { mayVote, releaseSummary } from '../releases/release-summary.ts';
import { reachedService } from './decision-services.ts';
import type { Handler } from './handler.ts';

export const listReleases: Handler<typeof listOperation> = async ({ query, caller }, parts) => {
  const { ledger } = parts;
  const { service, state, cursor, limit } = query;
  if (service !== undefined) await reachedService(ledger, caller, service);
  const services = service === undefined ? reachedServices(caller) : [service];
  const page = await listLifecycles(ledger, { limit, ...(services && { services }), ...(state && { states: [state] }), ...(cursor !== undefined && { cursor }) });
  if (page.kind === 'bad-cursor') throw new Problem('cursor-invalid', 'This cursor is not one of ours. Start without a cursor, then send the nextCursor of each page.');
  const source = { ledger, caller, actors: await readActors(ledger), services: new Map((await listServices(ledger)).map((stored) => [stored.definition.id, stored])) };
  const items = await Promise.all(page.items.map((release) => releaseSummary(release, source)));
  return { status: 200, body: { items, nextCursor: page.nextCursor, waitingForMe: await countWaiting(ledger, caller) } };
};

export const readRelease: Handler<typeof readOperation> = async ({ params, caller }, parts) => {
  return answerDetail(parts.ledger, await reachedRelease(parts.ledger, caller, params.release), caller);
};

export const readEvidence: Handler<typeof evidenceOperation> = async ({ params, query, caller }, parts) => {
  const { releaseId } = await reachedRelease(parts.ledger, caller, params.release);
  const history = await releaseHistory(parts.ledger, releaseId);
  const belongs = history?.evidence.some(({ digest }) => digest === params.digest) ?? false;
  const found = belongs ? await getEvidence(parts.ledger, params.digest) : null;
  if (found === null) throw new Problem('evidence-unknown', `The evidence of this release has no document ${params.digest}. GET /api/releases/${releaseId} lists those there are.`);
  const text = query.download === 'true' ? await getEvidenceText(parts.ledger, params.digest) : null;
  if (text === null) return { status: 200, body: found };
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-disposition': `attachment; filename="${found.kind}-${params.digest.slice(0, 12)}.json"` };
  return { status: 200, body: found, stream: Readable.from([text]), headers };
};

/** 404 for a release that does not exist, 403 for one of a service that the key does not reach. */
export async function reachedRelease(ledger: Ledger, caller: Caller, id: string): Promise<Lifecycle> {
  const release = await getLifecycle(ledger, id);
  if (release === null) throw new Problem('release-unknown', `There is no release "${id}". GET /api/releases lists those there are.`);
  await reachedService(ledger, caller, release.service);
  return release;
}

/** `ETag`: the bundle that a vote is bound to. */
export async function answerDetail(ledger: Ledger, release: Lifecycle, caller: Caller): Promise<{ status: 200; body: ReleaseDetail; headers: Record<string, string> }> {
  const body = await releaseDetail(ledger, release, caller);
  const { bundleDigest } = body.decision;
  return { status: 200, body, headers: bundleDigest === null ? {} : { etag: `"${bundleDigest}"` } };
}

/** Null: all. */
function reachedServices(caller: Caller): string[] | null {
  return caller.kind === 'application' ? caller.apiKey.scopes.services : null;
}

/** Votes are taken of evaluated releases, of which each service has one at most. */
async function countWaiting(ledger: Ledger, caller: Caller): Promise<number> {
  if (caller.kind === 'application') return 0;
  const open = await listLifecycles(ledger, { states: ['evaluated'], limit: 200 });
  if (open.kind === 'bad-cursor') return 0;
  const waiting = await Promise.all(open.items.map((release) => mayVote(release, { ledger, caller })));
  return waiting.filter(Boolean).length;
}
