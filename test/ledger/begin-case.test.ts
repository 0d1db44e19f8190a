// The first step of a case, when it is taken a second time: what the engine held of the first is lost, the ledger has it.
import { expect, test } from 'vitest';
import { beginCase, recordDecision, stopService, withdrawRelease } from '../../ledger/index.ts';
import { openBench, predict, receive, release, type Bench } from './fixture.ts';

const begin = ({ ledger }: Bench, caseId: string) => beginCase(ledger, { caseId, processInstanceKey: '7', processDefinitionId: 'anomaly-routing', processDefinitionVersion: 1 });

async function begun() {
  const bench = await openBench();
  const live = await release(bench);
  const { caseId } = await receive(bench.ledger);
  const first = await begin(bench, caseId);
  await predict(bench.ledger, caseId, live.releaseId);
  return { bench, live, caseId, first };
}

test('a case that the model decided keeps the release that it was decided under, also when that was withdrawn or its service stopped', async () => {
  const { bench, live, caseId, first } = await begun();
  expect(await recordDecision(bench.ledger, { caseId, proposed: { by: 'model' } })).toMatchObject({ kind: 'recorded' });
  await stopService(bench.ledger, { service: 'loans', by: 'owner' });
  expect(await begin(bench, caseId)).toEqual(first);
  await withdrawRelease(bench.ledger, { releaseId: live.releaseId, by: 'owner' });
  expect(await begin(bench, caseId)).toMatchObject({ draw: { releaseId: live.releaseId }, release: { state: 'live', policyInForce: true, release: { releaseId: live.releaseId } } });
});

test('a case that is not decided has the release of the moment, whatever its draw', async () => {
  const { bench, caseId } = await begun();
  await stopService(bench.ledger, { service: 'loans', by: 'owner' });
  expect(await begin(bench, caseId)).toMatchObject({ kind: 'begun', release: { state: 'stopped' } });
});
