// The gate of an automatic outcome: refuses for each reason, and opens for none else.
import { describe, expect, test } from 'vitest';
import { drawAuditSample, openReview, putRoutingTable, putService, reasonOfRefusal, recordDecision, refusalCodes, reasonCodes, resumeService, stopService, withdrawRelease, type RecordDecisionRequest } from '../../ledger/index.ts';
import { definition, openBench, pilot, predict, receive, release, scored, type Bench } from './fixture.ts';

async function propose(bench: Bench, caseId: string, more: Partial<RecordDecisionRequest> = {}): Promise<string> {
  const result = await recordDecision(bench.ledger, { caseId, proposed: { by: 'model' }, ...more });
  return result.kind === 'refused' ? result.reason : result.kind;
}

describe('the gate of an automatic outcome', () => {
  test('opens for a live release, the certified policy, a class that may be automatic and a score at the threshold', async () => {
    const bench = await openBench();
    const live = await release(bench);
    const caseId = await scored(bench, live.releaseId, { confidence: 0.8 });
    const result = await recordDecision(bench.ledger, { caseId, proposed: { by: 'model' }, routingTableDigest: 'table-1' });
    expect(result).toMatchObject({
      kind: 'recorded',
      decision: { class: 'grant', decidedBy: 'model', provenance: 'automatic-unverified', releaseId: live.releaseId, confidence: 0.8, threshold: 0.8, policyDigest: live.policyDigest, reviewers: [] },
    });
  });

  test('decides nothing twice: repeating returns the same decision', async () => {
    const bench = await openBench();
    const caseId = await scored(bench, (await release(bench)).releaseId);
    const first = await recordDecision(bench.ledger, { caseId, proposed: { by: 'model' } });
    await stopService(bench.ledger, { service: 'loans', by: 'owner' });
    const again = await recordDecision(bench.ledger, { caseId, proposed: { by: 'model' } });
    expect(again).toEqual({ ...first, kind: 'already' });
    expect(await recordDecision(bench.ledger, { caseId, proposed: { by: 'expert' } })).toEqual({ ...first, kind: 'already' });
  });

  test('records one decision where twenty propose at once', async () => {
    const bench = await openBench();
    const caseId = await scored(bench, (await release(bench)).releaseId);
    const results = await Promise.all(Array.from({ length: 20 }, () => propose(bench, caseId)));
    expect(results.filter((kind) => kind === 'recorded')).toHaveLength(1);
    expect(results.filter((kind) => kind === 'already')).toHaveLength(19);
  });

  test('refuses an unknown case', async () => {
    expect(await propose(await openBench(), 'nobody')).toBe('CASE_UNKNOWN');
  });

  test('refuses after an objection', async () => {
    const bench = await openBench();
    const caseId = await scored(bench, (await release(bench)).releaseId, { objection: true });
    expect(await propose(bench, caseId)).toBe('OBJECTION');
  });

  test('refuses a case that was drawn for a blind audit', async () => {
    const bench = await openBench();
    const caseId = await scored(bench, (await release(bench, { auditShare: 1 })).releaseId);
    expect(await propose(bench, caseId)).toBe('AUDIT_SAMPLE');
  });

  test('refuses a case without an audit draw', async () => {
    const bench = await openBench();
    const live = await release(bench);
    const { caseId } = await receive(bench.ledger);
    await predict(bench.ledger, caseId, live.releaseId);
    expect(await propose(bench, caseId)).toBe('NOT_DRAWN');
  });

  test('refuses while the service is stopped, and opens again when it is resumed', async () => {
    const bench = await openBench();
    const caseId = await scored(bench, (await release(bench)).releaseId);
    await stopService(bench.ledger, { service: 'loans', by: 'owner', reason: 'odd scores' });
    expect(await propose(bench, caseId)).toBe('STOPPED');
    await resumeService(bench.ledger, { service: 'loans', by: 'owner' });
    expect(await propose(bench, caseId)).toBe('recorded');
  });

  test('refuses where there is no release, and where it was withdrawn', async () => {
    const bench = await openBench();
    const before = await scored(bench, null);
    expect(await propose(bench, before)).toBe('NO_RELEASE');
    const live = await release(bench);
    const caseId = await scored(bench, live.releaseId);
    await withdrawRelease(bench.ledger, { releaseId: live.releaseId, by: 'approver' });
    expect(await propose(bench, caseId)).toBe('NO_RELEASE');
  });

  test('refuses from the very moment at which the release ends', async () => {
    const bench = await openBench();
    const live = await release(bench, { validForMs: 1000 });
    const early = await scored(bench, live.releaseId);
    const late = await scored(bench, live.releaseId);
    bench.clock.move(999);
    expect(await propose(bench, early)).toBe('recorded');
    bench.clock.move(1);
    expect(await propose(bench, late)).toBe('RELEASE_EXPIRED');
  });

  test('refuses in a pilot', async () => {
    const bench = await openBench();
    const caseId = await scored(bench, (await pilot(bench)).releaseId);
    expect(await propose(bench, caseId)).toBe('PILOT');
  });

  test('refuses without a prediction of the deciding model', async () => {
    const bench = await openBench();
    await release(bench);
    const { caseId } = await receive(bench.ledger);
    await drawAuditSample(bench.ledger, caseId);
    expect(await propose(bench, caseId)).toBe('NO_PREDICTION');
  });

  test('refuses where the release changed between draw, prediction and decision', async () => {
    const bench = await openBench();
    const first = await release(bench);
    const caseId = await scored(bench, first.releaseId);
    const second = await release(bench);
    expect(await propose(bench, caseId)).toBe('RELEASE_CHANGED');
    const drawnAnew = await receive(bench.ledger);
    await drawAuditSample(bench.ledger, drawnAnew.caseId);
    await predict(bench.ledger, drawnAnew.caseId, first.releaseId);
    expect(await propose(bench, drawnAnew.caseId)).toBe('RELEASE_CHANGED');
    expect(await propose(bench, await scored(bench, second.releaseId))).toBe('recorded');
  });

  test('refuses after the routing table was edited, until it is the certified one again', async () => {
    const bench = await openBench();
    const caseId = await scored(bench, (await release(bench)).releaseId);
    await putRoutingTable(bench.ledger, { service: 'loans', digest: 'table-2', by: 'owner' });
    expect(await propose(bench, caseId)).toBe('POLICY_CHANGED');
    await putRoutingTable(bench.ledger, { service: 'loans', digest: 'table-1', by: 'owner' });
    expect(await propose(bench, caseId, { routingTableDigest: 'table-2' })).toBe('POLICY_CHANGED');
    expect(await propose(bench, caseId, { routingTableDigest: 'table-1' })).toBe('recorded');
  });

  test('refuses after the service was changed in what the certificate binds, but not after a change of words', async () => {
    const bench = await openBench();
    const live = await release(bench);
    await putService(bench.ledger, { ...definition, question: { de: 'Gewähren?', en: 'Approve?' } }, 'owner');
    expect(await propose(bench, await scored(bench, live.releaseId))).toBe('recorded');
    await putService(bench.ledger, { ...definition, promise: { ...definition.promise, alpha: 0.01 } }, 'owner');
    expect(await propose(bench, await scored(bench, live.releaseId))).toBe('POLICY_CHANGED');
  });

  test('refuses a case of an older service version whose rules are not the certified ones', async () => {
    const bench = await openBench();
    await putService(bench.ledger, { ...definition, routingFields: [] }, 'owner');
    const live = await release(bench);
    expect(await propose(bench, await scored(bench, live.releaseId, { serviceVersion: 1 }))).toBe('POLICY_CHANGED');
    expect(await propose(bench, await scored(bench, live.releaseId, { serviceVersion: 2 }))).toBe('recorded');
  });

  test('refuses a class that only people decide, and one that the service does not know', async () => {
    const bench = await openBench();
    const live = await release(bench);
    expect(await propose(bench, await scored(bench, live.releaseId, { class: 'decline' }))).toBe('CLASS_NOT_AUTOMATIC');
    expect(await propose(bench, await scored(bench, live.releaseId, { class: 'maybe' }))).toBe('CLASS_NOT_AUTOMATIC');
  });

  test('refuses a score below the certified threshold', async () => {
    const bench = await openBench();
    const caseId = await scored(bench, (await release(bench)).releaseId, { confidence: 0.7999999 });
    expect(await propose(bench, caseId)).toBe('LOW_CONFIDENCE');
  });

  test('refuses a case that is with people already', async () => {
    const bench = await openBench();
    const caseId = await scored(bench, (await release(bench)).releaseId);
    await openReview(bench.ledger, { caseId, reasons: ['BUSINESS_RULE'] });
    expect(await propose(bench, caseId)).toBe('IN_REVIEW');
  });

  test('has a reason of the closed list for every refusal', () => {
    for (const code of refusalCodes) expect(reasonCodes).toContain(reasonOfRefusal(code));
  });
});
