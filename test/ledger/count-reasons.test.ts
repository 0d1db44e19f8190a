// Sums of the reasons that sent cases to people.
import { expect, test } from 'vitest';
import { countReasons, openReview } from '../../ledger/index.ts';
import { openBench, receive } from './fixture.ts';

test('counts each reason of each case under its service', async () => {
  const { ledger } = await openBench();
  const [first, second, third] = [await receive(ledger), await receive(ledger), await receive(ledger)];
  await openReview(ledger, { caseId: first.caseId, reasons: ['AUDIT_SAMPLE', 'LOW_CONFIDENCE'] });
  await openReview(ledger, { caseId: second.caseId, reasons: ['LOW_CONFIDENCE'] });
  const counts = await countReasons(ledger);
  expect(counts.toSorted((a, b) => a.reason.localeCompare(b.reason))).toEqual([
    { service: third.service, reason: 'AUDIT_SAMPLE', count: 1 },
    { service: third.service, reason: 'LOW_CONFIDENCE', count: 2 },
  ]);
});
