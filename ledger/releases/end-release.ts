/** Ends a release and discloses the seed of its audit draw, so that anyone can check who was drawn. */
import { writeRecord } from '../chain/write-record.ts';
import type { Tx } from '../store/transact.ts';
import { seedOfRelease } from './seed-of-release.ts';

export async function endRelease(tx: Tx, releaseId: string, end: { how: 'superseded' | 'withdrawn'; by: string }): Promise<void> {
  await writeRecord(tx, {
    kind: 'release-ended',
    caseId: null,
    facts: { releaseId, how: end.how, endedBy: end.by, endedAt: tx.now, seed: await seedOfRelease(tx, releaseId) },
  });
}
