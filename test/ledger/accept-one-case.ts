/** Child process of a test: accepts cases in a folder, says each id, claims one outbox row, and waits to be killed. */
import { acceptCase, claimOutbox, openLedger, putService } from '../../ledger/index.ts';
import { definition } from './fixture-definition.ts';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('Name the data folder.');
const ledger = await openLedger({ clock: { now: () => Date.now() }, dataDir });
await putService(ledger, definition, 'owner');
const request = { service: 'loans', serviceVersion: 1, application: 'bank', input: { amount: 1, region: 'north' }, objection: false };
for (let index = 0; ; index += 1) {
  const result = await acceptCase(ledger, { ...request, idempotencyKey: `key-${index}` });
  if (result.kind !== 'accepted') throw new Error(result.kind);
  await new Promise((resolve) => process.stdout.write(`${result.case.caseId}\n`, resolve));
  if (index % 3 === 0) await claimOutbox(ledger, { limit: 1 });
}
