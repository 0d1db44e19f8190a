/** Answers the release calls of a page from made-up releases: for states that are hard to bring about, and for nothing else. Every answer is held to the contract. */
import type { Page } from 'playwright-core';
import { EvidenceDocument } from '../../api/contract/evidence.ts';
import { ModelDetail, ModelList } from '../../api/contract/models.ts';
import { ReleaseDetail, ReleaseList } from '../../api/contract/releases.ts';
import { documentOf, summary, digestOf } from '../ui/release-stories.ts';

export type Stub = { detail: ReleaseDetail; others?: ReleaseList['items']; /** Digests that fail, and those that never answer. */ failing?: Set<string>; hanging?: Set<string>; sent: { path: string; body: unknown }[]; answer?: (path: string) => { status: number; body: unknown } | undefined };

export async function stubReleases(page: Page, detail: ReleaseDetail, change: Partial<Stub> = {}): Promise<Stub> {
  const stub: Stub = { detail, sent: [], ...change };
  await page.route('**/api/models', (route) => route.fulfill({ json: ModelList.parse({ registry: 'local', items: [{ name: 'credit-risk', owner: null, live: true, properties: {} }] }) }));
  await page.route('**/api/models/*', (route) => route.fulfill({ json: ModelDetail.parse({ name: 'credit-risk', owner: null, live: true, properties: {}, registry: 'local', versions: ['2', '1'].map((version) => ({ id: `version-${version}`, version, author: 'ML engineer 1', description: null, live: true, createdAt: '2026-09-08T16:00:00.000Z', properties: {}, artifacts: [{ name: 'model', uri: null, format: 'onnx', digest: digestOf(`model ${version}`) }], releases: version === '1' ? [{ release: 'rel-1', service: 'credit-risk', state: 'live', validUntil: '2026-12-01T00:00:00.000Z' }] : [] })) }) }));
  await page.route(/\/api\/releases(\?|$)/, (route) => route.fulfill({ json: ReleaseList.parse({ items: [summary(pickSummary(stub.detail)), ...(stub.others ?? [])], nextCursor: null, waitingForMe: stub.detail.mayVote ? 1 : 0 }) }));
  await page.route(/\/api\/releases\/[^/]+\/evidence\//, async (route) => {
    const digest = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    if (stub.hanging?.has(digest)) return;
    const found = documentOf(digest);
    if (found === undefined || stub.failing?.has(digest)) await route.fulfill({ status: 404, contentType: 'application/problem+json', json: { type: 'urn:stellwerk:problem:evidence-unknown', title: 'no such document', status: 404, detail: 'The document is gone.' } });
    else await route.fulfill({ json: EvidenceDocument.parse(found) });
  });
  await page.route(/\/api\/releases\/[^/]+(\/(votes|answer|step|stop|roll-back|reassessment))?$/, async (route) => {
    const path = new URL(route.request().url()).pathname;
    if (route.request().method() === 'POST') stub.sent.push({ path: path.split('/').at(-1) ?? '', body: route.request().postDataJSON() as unknown });
    const refused = stub.answer?.(path);
    if (refused !== undefined) await route.fulfill({ status: refused.status, contentType: 'application/problem+json', json: refused.body });
    else await route.fulfill({ json: ReleaseDetail.parse(stub.detail) });
  });
  return stub;
}

function pickSummary(detail: ReleaseDetail): ReleaseList['items'][number] {
  const { release, service, serviceName, kind, state, since, modelName, modelVersion, modelDigest, riskTier, share, mode, validUntil, proposedBy, proposedAt, demo, stopAsked, openForVotes, mayVote, reassessment } = detail;
  return { release, service, serviceName, kind, state, since, modelName, modelVersion, modelDigest, riskTier, share, mode, validUntil, proposedBy, proposedAt, demo, stopAsked, openForVotes, mayVote, reassessment };
}
