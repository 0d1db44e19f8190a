// Waiting for a case, and hearing of its changes.
import { describe, expect, test } from 'vitest';
import { onCaseChange, openReview, recordDecision, waitForCase, type CaseChange } from '../../ledger/index.ts';
import { inReview, judge, openBench, receive, release, scored } from './fixture.ts';

const long = 60_000;

describe('waiting for a case', () => {
  test('resolves when it is decided', async () => {
    const bench = await openBench();
    const caseId = await scored(bench, (await release(bench)).releaseId);
    const waiting = waitForCase(bench.ledger, caseId, { until: 'decided', timeoutMs: long });
    await recordDecision(bench.ledger, { caseId, proposed: { by: 'model' } });
    expect(await waiting).toMatchObject({ status: 'decided', decision: { class: 'grant' } });
    expect(await waitForCase(bench.ledger, caseId, { until: 'decided', timeoutMs: long })).toMatchObject({ status: 'decided' });
  });

  test('resolves when it is with people, where the caller waits for that too', async () => {
    const { ledger } = await openBench();
    const { caseId } = await receive(ledger);
    const waiting = waitForCase(ledger, caseId, { until: 'settled', timeoutMs: long });
    await openReview(ledger, { caseId, reasons: ['NO_RELEASE'] });
    expect(await waiting).toMatchObject({ status: 'in-review' });
  });

  test('goes on through changes that are not the awaited one', async () => {
    const bench = await openBench();
    const caseId = await inReview(bench);
    const waiting = waitForCase(bench.ledger, caseId, { until: 'decided', timeoutMs: long });
    await judge(bench, caseId, 'grant');
    await recordDecision(bench.ledger, { caseId, proposed: { by: 'expert' } });
    expect(await waiting).toMatchObject({ status: 'decided' });
  });

  test('resolves with the case as it is when the time is over', async () => {
    const { ledger } = await openBench();
    const { caseId } = await receive(ledger);
    expect(await waitForCase(ledger, caseId, { until: 'decided', timeoutMs: 5 })).toMatchObject({ status: 'received' });
  });

  test('resolves with null for an unknown case', async () => {
    const { ledger } = await openBench();
    expect(await waitForCase(ledger, 'nobody', { until: 'decided', timeoutMs: long })).toBeNull();
  });

  test('rejects with the reason of its signal, before and during the wait, and leaves no listener', async () => {
    const { ledger } = await openBench();
    const { caseId } = await receive(ledger);
    const controller = new AbortController();
    const waiting = waitForCase(ledger, caseId, { until: 'decided', timeoutMs: long, signal: controller.signal });
    setImmediate(() => controller.abort(new Error('the caller went away')));
    await expect(waiting).rejects.toThrow('the caller went away');
    await expect(waitForCase(ledger, caseId, { until: 'decided', timeoutMs: long, signal: controller.signal })).rejects.toThrow('the caller went away');
  });
});

describe('listening to cases', () => {
  test('hears each commit once, in order, and nothing of what was undone', async () => {
    const bench = await openBench();
    const heard: string[] = [];
    const stop = onCaseChange(bench.ledger, (change: CaseChange) => heard.push(change.what));
    const caseId = await inReview(bench);
    await judge(bench, caseId, 'grant');
    await recordDecision(bench.ledger, { caseId, proposed: { by: 'expert' } });
    await recordDecision(bench.ledger, { caseId, proposed: { by: 'expert' } });
    stop();
    await receive(bench.ledger);
    expect(heard).toEqual(['received', 'in-review', 'verdict', 'decided']);
  });

  test('a listener that throws fails no commit and stops no other listener', async () => {
    const { ledger } = await openBench();
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    const heard: string[] = [];
    onCaseChange(ledger, () => {
      throw new Error('listener defect');
    });
    onCaseChange(ledger, ({ what }) => heard.push(what));
    await receive(ledger);
    expect(heard).toEqual(['received']);
    expect((await warned).message).toBe('listener defect');
  });
});
