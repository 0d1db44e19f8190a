/** Lifts the stop of a service. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { findStop } from './find-stop.ts';

/** Changes nothing where the service is not stopped. */
export async function resumeService(ledger: Ledger, request: { service: string; by: string }): Promise<void> {
  await transact(ledger, async (tx) => {
    if (!(await findStop(tx, request.service))) return;
    await writeRecord(tx, {
      kind: 'service-resumed',
      caseId: null,
      facts: { service: request.service, pressed: false, pressedBy: request.by, pressedAt: tx.now },
    });
  });
}
