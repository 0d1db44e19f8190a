/** A person who judges and also reads along learns nothing of a case before its decision: every verdict that counts as blind is blind. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUser, drawAuditSample, openRelease, openReview, recordDecision, storeBlindVerdict, storePrediction, type Role } from '../../ledger/index.ts';
import { creditInput, openTestApi, signInAs, type TestApi } from './open-api.ts';

let api: TestApi;
beforeEach(async () => { api = await openTestApi(); });
afterEach(() => api.close());

const model = { name: 'credit-risk-v1', version: '1', digest: 'digest-1' };

async function person(name: string, roles: Role[]) {
  await createUser(api.ledger, { name, displayName: name, password: 'right password 1', roles, groups: ['credit-experts', 'credit-adjudicators'] });
  const headers = await signInAs(api.app, name, 'right password 1');
  const get = async (url: string) => (await api.app.inject({ url, headers: { cookie: headers.cookie } })).json();
  return { case: (caseId: string) => get(`/api/cases/${caseId}`), record: (caseId: string) => get(`/api/cases/${caseId}/record`), list: () => get('/api/cases') };
}

/** A case with a colleague's first verdict. */
async function judgedOnce(answer: { kind: 'class'; class: string } | { kind: 'cannot-judge' }, auditShare = 1e-12): Promise<string> {
  const { secret } = await api.key();
  const started = await api.app.inject({ method: 'POST', url: '/api/decision-services/credit-risk/cases', headers: { authorization: `Bearer ${secret}`, 'idempotency-key': 'one' }, payload: { input: creditInput } });
  const { caseId } = started.json<{ caseId: string }>();
  const released = await openRelease(api.ledger, { service: 'credit-risk', mode: 'automatic', model, threshold: 0.6, certificate: { m: 300, k: 2 }, validUntil: api.clock.now() + 86_400_000, openedBy: 'approver', auditShare });
  if (released.kind !== 'opened') throw new Error(released.message);
  await drawAuditSample(api.ledger, caseId);
  await storePrediction(api.ledger, { caseId, role: 'decider', releaseId: released.release.releaseId, model, class: 'grant', confidence: 0.519, probabilities: { grant: 0.519, decline: 0.481 } });
  await openReview(api.ledger, { caseId, reasons: auditShare === 1 ? ['AUDIT_SAMPLE'] : ['LOW_CONFIDENCE'] });
  const stored = await storeBlindVerdict(api.ledger, { caseId, userTaskKey: '1', reviewer: 'colleague', answer });
  expect(stored).toMatchObject({ kind: 'stored' });
  api.clock.move(6000);
  return caseId;
}

describe('an expert who is auditor and ML engineer too', () => {
  it('finds case and record sealed after a colleague could not judge, and the own verdict then is blind', async () => {
    const both = await person('both', ['expert', 'auditor', 'ml-engineer']);
    const caseId = await judgedOnce({ kind: 'cannot-judge' });
    const record = await both.record(caseId);
    expect(record).toMatchObject({ sealed: true, audit: null, predictions: [], verdicts: [], release: null, decision: null });
    const told = JSON.stringify([record, await both.case(caseId), await both.list()]);
    for (const secret of ['0.519', 'LOW_CONFIDENCE', 'credit-risk-v1', 'cannot-judge']) expect(told).not.toContain(secret);
    const own = await storeBlindVerdict(api.ledger, { caseId, userTaskKey: '2', reviewer: 'both', purpose: 'adjudication', answer: { kind: 'class', class: 'grant' } });
    expect(own).toMatchObject({ kind: 'stored', verdict: { blind: true } });
    // Still sealed: the answer can be taken back.
    expect(await both.record(caseId)).toMatchObject({ sealed: true });
  });

  it('reads the record once the case is decided, without what tells an audit', async () => {
    const both = await person('both', ['expert', 'auditor']);
    const reader = await person('reader', ['auditor']);
    const caseId = await judgedOnce({ kind: 'class', class: 'grant' }, 1);
    expect(await recordDecision(api.ledger, { caseId, proposed: { by: 'expert' } })).toMatchObject({ kind: 'recorded' });
    const record = await both.record(caseId);
    expect(record).toMatchObject({ sealed: false, audit: null, decision: { class: 'grant' }, verdicts: [{ outcome: null }], predictions: [{ confidence: 0.519 }] });
    const facts = JSON.stringify(record);
    for (const telling of ['AUDIT_SAMPLE', '"audit":true', '"audit":false', '"outcome":"audit"']) expect(facts).not.toContain(telling);
    expect(await reader.record(caseId)).toMatchObject({ sealed: false, audit: true, decision: { reasons: ['AUDIT_SAMPLE'] }, verdicts: [{ outcome: 'audit' }] });
  });
});

it('somebody who only reads along sees the record after the first verdict', async () => {
  const reader = await person('reader', ['auditor']);
  expect(await reader.record(await judgedOnce({ kind: 'cannot-judge' }))).toMatchObject({ sealed: false, predictions: [{ confidence: 0.519 }], case: { reasons: ['LOW_CONFIDENCE'] } });
});
