// `draw-audit-sample`: binding, draw and release, each once however often the job runs.
import { describe, expect, it } from 'vitest';
import { getCase, stopService } from '../../ledger/index.ts';
import { drawAuditSample } from '../../workers/draw-audit-sample.ts';
import { BpmnError, TerminalFailure } from '../../workers/runtime/failures.ts';
import { model, newCase, openTestLedger, toolsFor } from './ledger-fixture.ts';

const input = (caseId: string) => ({ caseId, service: 'risk', serviceVersion: 1 });

describe('draw-audit-sample', () => {
  it('binds the case, draws, and tells the release; a second run says the same', async () => {
    const { ledger } = await openTestLedger();
    const { caseId } = await newCase(ledger);
    const first = await drawAuditSample.handle(input(caseId), toolsFor(ledger));
    expect(first).toMatchObject({ audit: false, noveltyNamed: false, prediction: null, novelty: null, modelFailure: null, refusal: null });
    expect(first.release).toMatchObject({ state: 'live', mode: 'automatic', model, threshold: 0.8, policyInForce: true });
    expect(await drawAuditSample.handle(input(caseId), toolsFor(ledger))).toEqual(first);
    expect(await getCase(ledger, caseId)).toMatchObject({ binding: { processInstanceKey: '1' }, draw: { audit: false } });
  });

  it('throws CASE_ALREADY_STARTED in a second instance for the same case', async () => {
    const { ledger } = await openTestLedger();
    const { caseId } = await newCase(ledger);
    await drawAuditSample.handle(input(caseId), toolsFor(ledger));
    const second = drawAuditSample.handle(input(caseId), toolsFor(ledger, { job: { processInstanceKey: '2' } }));
    await expect(second).rejects.toThrow(BpmnError);
    await expect(second).rejects.toMatchObject({ code: 'CASE_ALREADY_STARTED' });
  });

  it('draws every case when the share is near one', async () => {
    const { ledger } = await openTestLedger({ auditShare: 0.999_999 });
    const { caseId } = await newCase(ledger);
    expect(await drawAuditSample.handle(input(caseId), toolsFor(ledger))).toMatchObject({ audit: true });
  });

  it.each([
    ['none', { release: 'none' as const }, { state: 'none', model: null }],
    ['a pilot', { release: 'pilot' as const }, { state: 'live', mode: 'pilot', threshold: null }],
  ])('tells when the release is %s', async (_, options, release) => {
    const { ledger } = await openTestLedger(options);
    const { caseId } = await newCase(ledger);
    expect(await drawAuditSample.handle(input(caseId), toolsFor(ledger))).toMatchObject({ release });
  });

  it('tells when the release is over, and when someone pressed stop', async () => {
    const { ledger, clock } = await openTestLedger();
    const { caseId } = await newCase(ledger);
    clock.time += 91 * 86_400_000;
    expect(await drawAuditSample.handle(input(caseId), toolsFor(ledger))).toMatchObject({ release: { state: 'expired' } });
    await stopService(ledger, { service: 'risk', by: 'someone' });
    expect(await drawAuditSample.handle(input(caseId), toolsFor(ledger))).toMatchObject({ release: { state: 'stopped', policyInForce: false } });
  });

  it('fails for good when the ledger does not know the case', async () => {
    const { ledger } = await openTestLedger();
    await expect(drawAuditSample.handle(input('nobody'), toolsFor(ledger))).rejects.toThrow(TerminalFailure);
  });
});
