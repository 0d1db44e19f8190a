/** Releases over HTTP: roles, CSRF, keys, votes bound to evidence, and what each person is told they may do. */
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReleaseDetail, ReleaseList } from '../../api/contract/releases.ts';
import type { ProblemDocument } from '../../api/contract/problem.ts';
import { addEvidence, moveRelease, openRelease, putRoutingTable, putService, type EvidenceDocument, type ReleaseState } from '../../ledger/index.ts';
import { artefact, canaryReport, card, pilotTerms, sha } from '../ledger/lifecycle-fixture.ts';
import { openTestApi, readDefinition, type TestApi } from './open-api.ts';

type Headers = Record<string, string>;
type People = Record<'engineer' | 'approver' | 'owner' | 'auditor' | 'administrator' | 'expert', { cookie: string; 'x-csrf-token': string; name: string }>;

let api: TestApi;
let everybody: People;
/** Each test has a service of its own, so that all share the server and its people. */
let service = '';
let tests = 0;

beforeAll(async () => {
  api = await openTestApi();
  const [engineer, approver, owner, auditor, administrator, expert] = await Promise.all([
    api.signIn('ml-engineer'), api.signIn('approver'), api.signIn('process-owner'), api.signIn('auditor'), api.signIn('administrator'), api.signIn('expert'),
  ]);
  everybody = { engineer, approver, owner, auditor, administrator, expert };
});
afterAll(() => api.close());

beforeEach(async () => {
  service = `loans-${++tests}`;
  await putService(api.ledger, { ...(await readDefinition('credit-risk')), id: service, riskTier: 'high' }, 'system:test');
  await putRoutingTable(api.ledger, { service, digest: 'table', by: 'system:test' });
});

const digest = sha('loans-v2');
const proposal = () => ({ service, model: { name: 'credit-risk-v2', version: '2', digest }, trainedBy: 'somebody' });

async function call<T>(method: 'GET' | 'POST', path: string, headers: Headers, payload?: object): Promise<{ status: number; body: T; headers: Record<string, unknown> }> {
  const answer = await api.app.inject({ method, url: `/api${path}`, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.body === '' ? (undefined as T) : answer.json<T>(), headers: answer.headers };
}


async function proposed(by: Headers): Promise<ReleaseDetail> {
  const { status, body } = await call<ReleaseDetail>('POST', '/releases', by, proposal());
  expect(status).toBe(201);
  return body;
}

const add = (release: string, ...documents: EvidenceDocument[]) => addEvidence(api.ledger, { releaseId: release, documents, by: 'system:promotion' });

async function to(release: string, state: ReleaseState, change: object = {}): Promise<void> {
  const moved = await moveRelease(api.ledger, { releaseId: release, to: state, by: 'system:promotion', why: { code: 'TEST' }, ...change });
  expect(moved).toMatchObject({ kind: 'moved' });
}

/** From a canary, by its last share and a report that says go on. */
async function goLive(release: string): Promise<void> {
  await to(release, 'canary', { share: 100 });
  await add(release, canaryReport(release));
  await to(release, 'live');
}

async function evaluated(by: Headers): Promise<ReleaseDetail> {
  const { release } = await proposed(by);
  await add(release, artefact(digest), card('first'), { kind: 'gate', document: { result: 'findings', findings: [{ code: 'SEGMENT_SMALL', severity: 'warning', text: { de: 'klein', en: 'small' } }] } });
  await to(release, 'evaluated');
  return (await call<ReleaseDetail>('GET', `/releases/${release}`, by)).body;
}

async function champion(): Promise<string> {
  const model = { name: 'credit-risk-v1', version: '1', digest: sha('v1') };
  const opened = await openRelease(api.ledger, { service, mode: 'pilot', model, certificate: null, validUntil: api.clock.now() + 30 * 86_400_000, openedBy: 'system:demo' });
  if (opened.kind !== 'opened') throw new Error(opened.message);
  return opened.release.releaseId;
}

describe('proposing a release', () => {
  it('makes it once and answers with it where it is proposed again', async () => {
    const { engineer } = everybody;
    const live = await champion();
    const made = await call<ReleaseDetail>('POST', '/releases', engineer, proposal());
    expect(made).toMatchObject({ status: 201, headers: { location: `/api/releases/${made.body.release}` } });
    expect(made.body).toMatchObject({ state: 'proposed', kind: 'promotion', source: 'hand', proposedBy: { kind: 'person', name: engineer.name }, champion: { release: live, modelVersion: '1' }, predecessor: { release: live }, trainedBy: 'somebody', terms: null, share: 0 });
    expect(await call('POST', '/releases', engineer, proposal())).toMatchObject({ status: 200, body: { release: made.body.release } });
    expect(await call('POST', '/releases', engineer, { ...proposal(), model: { ...proposal().model, digest: sha('v3') } })).toMatchObject({ status: 409, body: { type: 'urn:stellwerk:problem:release-refused', code: 'PROMOTION_OPEN' } });
  });

  it('is for ML engineers, process owners and keys of the service', async () => {
    const { approver, auditor, expert, owner } = everybody;
    for (const person of [approver, auditor, expert]) expect(await call('POST', '/releases', person, proposal())).toMatchObject({ status: 403, body: { type: 'urn:stellwerk:problem:role-missing' } });
    const { secret, id } = await api.key({ services: [service] });
    const made = await call<ReleaseDetail>('POST', '/releases', { authorization: `Bearer ${secret}` }, proposal());
    expect(made).toMatchObject({ status: 201, body: { source: 'api', proposedBy: { kind: 'application', name: 'test' } } });
    expect(id).not.toBe('');
    const other = await api.key({ services: ['digits'] });
    expect(await call('POST', '/releases', { authorization: `Bearer ${other.secret}` }, proposal())).toMatchObject({ status: 403, body: { type: 'urn:stellwerk:problem:scope-missing' } });
    expect(await call('GET', `/releases/${made.body.release}`, { authorization: `Bearer ${other.secret}` })).toMatchObject({ status: 403 });
    expect((await call<ReleaseList>('GET', '/releases', { authorization: `Bearer ${other.secret}` })).body.items).toEqual([]);
    expect(await call('POST', '/releases', owner, { ...proposal(), service: 'none' })).toMatchObject({ status: 404, body: { type: 'urn:stellwerk:problem:service-unknown' } });
  });

  it('refuses what is no proposal, field by field', async () => {
    const { engineer } = everybody;
    expect(await call<ProblemDocument>('POST', '/releases', engineer, { ...proposal(), model: { ...proposal().model, digest: 'short' } })).toMatchObject({ status: 400, body: { errors: [{ in: 'body', pointer: '/model/digest' }] } });
    expect(await call<ProblemDocument>('POST', '/releases', engineer, { ...proposal(), source: 'registry' })).toMatchObject({ status: 400, body: { errors: [{ in: 'body', pointer: '/reference' }] } });
  });

  it('needs the CSRF token, as every change does', async () => {
    const { engineer, owner } = everybody;
    const { release } = await proposed(engineer);
    for (const [path, body] of [['/releases', proposal()], [`/releases/${release}/votes`, {}], [`/releases/${release}/step`, undefined], [`/releases/${release}/stop`, { reason: 'x' }], [`/releases/${release}/roll-back`, { reason: 'x' }], [`/decision-services/${service}/resume`, undefined]] as const) {
      expect(await call('POST', path, { cookie: path === '/releases' ? engineer.cookie : owner.cookie }, body), path).toMatchObject({ status: 403, body: { type: 'urn:stellwerk:problem:csrf-token-missing' } });
    }
  });
});

describe('reading releases', () => {
  it('is for everybody but experts, and unknown ones are not found', async () => {
    const { expert, auditor, engineer, administrator } = everybody;
    const { release } = await proposed(engineer);
    for (const reader of [auditor, administrator, engineer]) expect((await call('GET', `/releases/${release}`, reader)).status).toBe(200);
    expect((await call('GET', '/releases', expert)).status).toBe(403);
    expect(await call('GET', '/releases/none', auditor)).toMatchObject({ status: 404, body: { type: 'urn:stellwerk:problem:release-unknown' } });
    expect(await call('GET', '/releases?service=none', auditor)).toMatchObject({ status: 404 });
    expect(await call('GET', '/releases?cursor=odd', auditor)).toMatchObject({ status: 400, body: { type: 'urn:stellwerk:problem:cursor-invalid' } });
  });

  it('lists by service and state and counts what waits for the caller', async () => {
    const { engineer, approver, auditor } = everybody;
    const live = await champion();
    const before = (await call<ReleaseList>('GET', '/releases?limit=1', approver)).body.waitingForMe;
    const { release } = await evaluated(engineer);
    const list = (await call<ReleaseList>('GET', `/releases?service=${service}`, approver)).body;
    expect(list.items).toMatchObject([{ release, state: 'evaluated', openForVotes: true, mayVote: true }, { release: live, state: 'live', share: 100, mode: 'pilot', mayVote: false }]);
    expect(list.waitingForMe).toBe(before + 1);
    expect((await call<ReleaseList>('GET', `/releases?state=live&service=${service}`, auditor)).body).toMatchObject({ items: [{ release: live }], waitingForMe: 0, nextCursor: null });
    const first = (await call<ReleaseList>('GET', `/releases?service=${service}&limit=1`, auditor)).body;
    expect((await call<ReleaseList>('GET', `/releases?service=${service}&limit=1&cursor=${first.nextCursor}`, auditor)).body.items).toMatchObject([{ release: live }]);
  });

  it('shows evidence, gate and what an approval sets going', async () => {
    const { engineer, approver } = everybody;
    const live = await champion();
    const { release } = await evaluated(engineer);
    const { body, headers } = await call<ReleaseDetail>('GET', `/releases/${release}`, approver);
    expect(headers['etag']).toBe(`"${body.decision.bundleDigest}"`);
    expect(body).toMatchObject({
      decision: { outcome: 'open' },
      voting: { allowed: true, why: null },
      actions: ['vote', 'stop'],
      gate: { result: 'findings', findings: [{ code: 'SEGMENT_SMALL' }] },
      evidence: [{ kind: 'artefact', current: true, votedOn: true, collectedBy: { kind: 'system', name: 'promotion' } }, { kind: 'model-card' }, { kind: 'gate' }],
      moves: [{ from: null, to: 'proposed' }, { from: 'proposed', to: 'evaluated', code: 'TEST' }],
      whatHappens: { automationShare: null, mode: null, afterwards: { kind: 'people' }, rollsBackTo: { release: live } },
    });
    expect(body.whatHappens.shadow).not.toBeNull();
  });

  it('gives a document, and as a download the bytes of its digest', async () => {
    const { engineer } = everybody;
    const { release, evidence } = await evaluated(engineer);
    const of = evidence.find(({ kind }) => kind === 'model-card')?.digest ?? '';
    expect(await call('GET', `/releases/${release}/evidence/${of}`, engineer)).toMatchObject({ status: 200, body: { kind: 'model-card', document: { markdown: 'first' } } });
    const download = await api.app.inject({ url: `/api/releases/${release}/evidence/${of}?download=true`, headers: { cookie: engineer.cookie } });
    expect(download.headers).toMatchObject({ 'content-disposition': `attachment; filename="model-card-${of.slice(0, 12)}.json"`, 'content-type': 'application/json; charset=utf-8' });
    expect(createHash('sha256').update(download.rawPayload).digest('hex')).toBe(of);
    expect(await call('GET', `/releases/${release}/evidence/${sha('other')}`, engineer)).toMatchObject({ status: 404, body: { type: 'urn:stellwerk:problem:evidence-unknown' } });
  });
});

describe('voting', () => {
  const vote = (release: ReleaseDetail, person: Headers, change: object = {}) => call<ReleaseDetail & ProblemDocument>('POST', `/releases/${release.release}/votes`, person, { answer: 'approve', evidenceDigest: release.decision.bundleDigest, ...change });

  it('counts an approver and a process owner, and says who is still needed', async () => {
    const { engineer, approver, owner } = everybody;
    const release = await evaluated(engineer);
    const first = await vote(release, approver, { conditions: ['look at under 25'] });
    expect(first).toMatchObject({ status: 200, body: { decision: { outcome: 'open', votes: [{ voter: { name: approver.name }, role: 'approver', counts: true, conditions: ['look at under 25'] }] }, voting: { allowed: false, why: 'ALREADY_VOTED' } } });
    expect(first.body.decision.needed).toContainEqual({ roles: ['approver'], by: { name: approver.name, displayName: approver.name } });
    const second = await vote(release, owner);
    expect(second.body.decision).toMatchObject({ outcome: 'approved', conditions: ['look at under 25'] });
    expect(await vote(release, owner)).toMatchObject({ status: 409, body: { type: 'urn:stellwerk:problem:vote-refused', code: 'NOT_OPEN' } });
  });

  it('is refused to who proposed, whatever their role, and to who may not vote at all', async () => {
    const { owner, engineer, auditor } = everybody;
    const release = await evaluated(owner);
    expect(release.voting).toMatchObject({ allowed: false, why: 'IS_REQUESTER' });
    expect(await vote(release, owner)).toMatchObject({ status: 403, body: { type: 'urn:stellwerk:problem:vote-excluded', code: 'IS_REQUESTER' } });
    for (const person of [engineer, auditor]) expect(await vote(release, person)).toMatchObject({ status: 403, body: { type: 'urn:stellwerk:problem:role-missing' } });
    const { secret } = await api.key();
    expect(await vote(release, { authorization: `Bearer ${secret}` })).toMatchObject({ status: 403, body: { type: 'urn:stellwerk:problem:scope-missing' } });
  });

  it('on evidence that changed meanwhile is refused with what changed', async () => {
    const { engineer, approver } = everybody;
    const release = await evaluated(engineer);
    await add(release.release, card('rewritten'), { kind: 'lineage', document: { data: [], code: 'abc', run: null } });
    const refused = await vote(release, approver);
    const now = (await call<ReleaseDetail>('GET', `/releases/${release.release}`, approver)).body;
    const before = release.evidence.find(({ kind }) => kind === 'model-card')?.digest;
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:stellwerk:problem:evidence-changed', code: 'EVIDENCE_CHANGED', changed: { seen: release.decision.bundleDigest, now: now.decision.bundleDigest } } });
    expect(refused.body.changed?.documents.map(({ kind, before: was }) => [kind, was])).toEqual([['model-card', before], ['lineage', null]]);
    expect((await vote(now, approver)).status).toBe(200);
  });

  it('puts a question back to the requester, who alone answers it', async () => {
    const { engineer, owner, approver } = everybody;
    const release = await evaluated(engineer);
    const asked = await vote(release, approver, { answer: 'ask-back', reason: 'which rows?' });
    expect(asked.body).toMatchObject({ decision: { outcome: 'asked-back' }, questions: [{ by: { name: approver.name }, question: 'which rows?', answer: null }] });
    expect((await call<ReleaseDetail>('GET', `/releases/${release.release}`, engineer)).body.actions).toEqual(['answer']);
    const answer = (person: Headers) => call<ReleaseDetail>('POST', `/releases/${release.release}/answer`, person, { text: 'all of 2024' });
    expect(await answer(owner)).toMatchObject({ status: 409, body: { code: 'NOT_REQUESTER' } });
    expect(await answer(engineer)).toMatchObject({ status: 200, body: { questions: [{ answer: { by: { name: engineer.name }, text: 'all of 2024' } }], decision: { outcome: 'open' } } });
  });

  it('wants a reason with a rejection', async () => {
    const { engineer, approver } = everybody;
    const release = await evaluated(engineer);
    expect(await vote(release, approver, { answer: 'reject' })).toMatchObject({ status: 409, body: { code: 'REASON_MISSING' } });
    expect(await vote(release, approver, { answer: 'reject', reason: '' })).toMatchObject({ status: 400 });
    expect(await vote(release, approver, { answer: 'reject', reason: 'too weak' })).toMatchObject({ status: 200, body: { decision: { outcome: 'rejected' } } });
  });
});

describe('a release on its way and live', () => {
  async function inCanary() {
    const all = everybody;
    const live = await champion();
    const release = await evaluated(all.engineer);
    for (const person of [all.approver, all.owner]) await call('POST', `/releases/${release.release}/votes`, person, { answer: 'approve', evidenceDigest: release.decision.bundleDigest, conditions: person === all.owner ? ['weekly look'] : [] });
    for (const state of ['approved', 'shadow'] as const) await to(release.release, state);
    await to(release.release, 'canary', { share: 10, terms: pilotTerms });
    return { ...all, live, id: release.release };
  }

  it('tells each person the actions that the server would not refuse, and no other', async () => {
    const { approver, engineer, auditor, administrator, id } = await inCanary();
    const actions = async (person: Headers) => (await call<ReleaseDetail>('GET', `/releases/${id}`, person)).body.actions;
    expect(await actions(approver)).toEqual(['step', 'stop', 'roll-back']);
    expect(await actions(administrator)).toEqual(['stop']);
    for (const person of [engineer, auditor]) expect(await actions(person)).toEqual([]);
    await goLive(id);
    expect(await actions(approver)).toEqual(['stop', 'roll-back', 'reassess']);
  });

  it('goes to its next step when a person says so', async () => {
    const { owner, id } = await inCanary();
    const stepped = await call<ReleaseDetail>('POST', `/releases/${id}/step`, owner);
    expect(stepped).toMatchObject({ status: 200, body: { share: 10, state: 'canary' } });
    expect(stepped.body.moves.at(-1)).toMatchObject({ code: 'STEP_ASKED', by: { name: owner.name } });
  });

  it('is stopped: its share is 0 at once, and what is live goes on', async () => {
    const { administrator, id, live } = await inCanary();
    const stopped = await call<ReleaseDetail>('POST', `/releases/${id}/stop`, administrator, { reason: 'complaints' });
    expect(stopped).toMatchObject({ status: 200, body: { stopAsked: true, share: 0, serviceStop: null, actions: [] } });
    expect(stopped.body.moves.at(-1)).toMatchObject({ code: 'STOP_ASKED', text: 'complaints', share: 0 });
    expect((await call<ReleaseDetail>('GET', `/releases/${live}`, administrator)).body).toMatchObject({ state: 'live', share: 100 });
  });

  it('once live is stopped with its service, and resumed', async () => {
    const { owner, id } = await inCanary();
    await goLive(id);
    const stopped = await call<ReleaseDetail>('POST', `/releases/${id}/stop`, owner, { reason: 'odd scores' });
    expect(stopped.body).toMatchObject({ state: 'live', serviceStop: { by: { name: owner.name }, reason: 'odd scores' }, actions: ['resume', 'roll-back', 'reassess'], terms: { conditions: ['weekly look'] } });
    expect((await call('POST', `/decision-services/${service}/resume`, owner)).status).toBe(204);
    expect((await call<ReleaseDetail>('GET', `/releases/${id}`, owner)).body.serviceStop).toBeNull();
  });

  it('is rolled back to what was before, in one call', async () => {
    const { approver, id, live } = await inCanary();
    await goLive(id);
    const back = await call<ReleaseDetail>('POST', `/releases/${id}/roll-back`, approver, { reason: 'worse than hoped' });
    expect(back).toMatchObject({ status: 200, body: { state: 'live', kind: 'rollback', predecessor: { release: live }, modelVersion: '1' } });
    expect((await call<ReleaseDetail>('GET', `/releases/${id}`, approver)).body).toMatchObject({ state: 'withdrawn', share: 0, champion: { release: back.body.release }, actions: [] });
    expect(await call('POST', `/releases/${live}/roll-back`, approver, { reason: 'x' })).toMatchObject({ status: 200 });
  });

  it('as a candidate is taken back while what is live stays', async () => {
    const { approver, id, live } = await inCanary();
    expect(await call('POST', `/releases/${id}/roll-back`, approver, { reason: 'no' })).toMatchObject({ status: 200, body: { release: id, state: 'withdrawn', champion: { release: live } } });
    const next = await evaluated(everybody.engineer);
    expect(await call('POST', `/releases/${next.release}/roll-back`, approver, { reason: 'no' })).toMatchObject({ status: 409, body: { code: 'NOTHING_TO_ROLL_BACK' } });
  });

  it('is assessed again while it is live', async () => {
    const { approver, id, engineer } = await inCanary();
    const assess = (person: Headers) => call<ReleaseDetail>('POST', `/releases/${id}/reassessment`, person, { answer: 'renew', reason: 'holds' });
    expect(await assess(approver)).toMatchObject({ status: 409, body: { code: 'NOT_LIVE' } });
    await goLive(id);
    expect(await assess(approver)).toMatchObject({ status: 200, body: { reassessments: [{ answer: 'renew', reason: 'holds', by: { name: approver.name } }] } });
    expect((await assess(engineer)).status).toBe(403);
  });

  it('that is not there answers 404 to every change', async () => {
    const { owner } = everybody;
    const body = { votes: { answer: 'approve', evidenceDigest: digest }, answer: { text: 'x' }, step: undefined, stop: { reason: 'x' }, 'roll-back': { reason: 'x' }, reassessment: { answer: 'renew', reason: 'x' } };
    for (const [path, payload] of Object.entries(body)) expect(await call('POST', `/releases/${randomUUID()}/${path}`, owner, payload), path).toMatchObject({ status: 404, body: { type: 'urn:stellwerk:problem:release-unknown' } });
  });
});
