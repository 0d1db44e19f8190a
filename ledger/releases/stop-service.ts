/** The stop button: no outcome is automatic from the commit on, until someone resumes. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact, type Tx } from '../store/transact.ts';
import { findStop } from './find-stop.ts';
import { findOpenReleases } from './open-releases.ts';
import { oweNews } from './owe-message.ts';
import type { Stop } from './release.ts';

type StopRequest = { service: string; by: string; reason?: string };

/** Pressing again returns the stop that holds. The watch of the live release is told. */
export async function stopService(ledger: Ledger, request: StopRequest): Promise<Stop> {
  return transact(ledger, async (tx) => (await findStop(tx, request.service)) ?? pressStop(tx, request));
}

/** Where it is not pressed yet. */
export async function pressStop(tx: Tx, request: StopRequest): Promise<Stop> {
  await writeRecord(tx, {
    kind: 'service-stopped',
    caseId: null,
    facts: { service: request.service, pressed: true, pressedBy: request.by, pressedAt: tx.now },
    ...(request.reason !== undefined && { sealed: { key: tx.vault.ownKey, entries: [{ kind: 'reason', value: request.reason }] } }),
  });
  const { live } = await findOpenReleases(tx.db, request.service);
  if (live) await oweNews(tx, 'release-stopped', live.releaseId, `${live.releaseId}:stop:${tx.now}`);
  return { by: request.by, at: tx.now, reason: request.reason ?? null };
}
