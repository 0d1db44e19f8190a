/** Stores a decision service: a new version where its definition changed, else the version it has. */
import { digestOf } from '../chain/digest.ts';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { DecisionServiceDefinition } from './definition.ts';
import { findService } from './get-service.ts';
import type { StoredService } from './service.ts';

/** Throws a ZodError where the definition is not one. */
export async function putService(ledger: Ledger, definition: DecisionServiceDefinition, by: string): Promise<StoredService> {
  const checked = DecisionServiceDefinition.parse(definition);
  const digest = digestOf(checked);
  return transact(ledger, async (tx) => {
    const latest = await findService(tx, checked.id);
    if (latest?.digest === digest) return latest;
    const stored = { definition: checked, version: (latest?.version ?? 0) + 1, digest, putBy: by, putAt: tx.now };
    await writeRecord(tx, {
      kind: 'service-changed',
      caseId: null,
      facts: { service: checked.id, version: stored.version, digest, definition: checked, putBy: by, putAt: tx.now },
    });
    return stored;
  });
}
