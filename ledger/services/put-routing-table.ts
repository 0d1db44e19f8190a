/** Records which routing table is deployed for a service: it is part of the policy that a certificate binds. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { routingTableInForce } from './routing-table-in-force.ts';

/** The deployer calls it after each deployment. The same digest again changes nothing. */
export async function putRoutingTable(ledger: Ledger, table: { service: string; digest: string; by: string }): Promise<void> {
  await transact(ledger, async (tx) => {
    if ((await routingTableInForce(tx.db, table.service)) === table.digest) return;
    await writeRecord(tx, {
      kind: 'routing-table-changed',
      caseId: null,
      facts: { service: table.service, digest: table.digest, putBy: table.by, putAt: tx.now },
    });
  });
}
