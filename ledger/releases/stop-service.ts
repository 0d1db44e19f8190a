/** The stop button: no outcome is automatic from the commit on, until someone resumes. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { findStop } from './find-stop.ts';
import type { Stop } from './release.ts';

/** Pressing again returns the stop that holds. */
export async function stopService(ledger: Ledger, request: { service: string; by: string; reason?: string }): Promise<Stop> {
  return transact(ledger, async (tx) => {
    const pressed = await findStop(tx, request.service);
    if (pressed) return pressed;
    await writeRecord(tx, {
      kind: 'service-stopped',
      caseId: null,
      facts: { service: request.service, pressed: true, pressedBy: request.by, pressedAt: tx.now },
      ...(request.reason !== undefined && { sealed: { key: tx.vault.ownKey, entries: [{ kind: 'reason', value: request.reason }] } }),
    });
    return { by: request.by, at: tx.now, reason: request.reason ?? null };
  });
}
