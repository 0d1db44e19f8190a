/** A restart with everything still there: decided cases, cases with people, a verdict in its undo window, releases, accounts, and the records. */
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../api/settings.ts';
import { startStellwerk } from '../../api/start.ts';
import { activeRelease, getCase, verifyChain } from '../../ledger/index.ts';
import { startTestCase, taskOf, type CaseView } from '../api/product.ts';
import { creditInput } from '../api/open-api.ts';
import { sendDigit, startProductWithModels } from './product-with-models.ts';

describe('after a restart', () => {
  it('everything is still there and goes on', async () => {
    const one = await startProductWithModels();
    const releaseId = await one.release('digits-v1');
    const { view: decided } = await sendDigit(one);
    const waiting = await startTestCase(one, 'credit-risk', creditInput);
    const answered = await startTestCase(one, 'credit-risk', { ...creditInput, amount: 4527 });
    const expert = await one.as('expert');
    const { userTaskKey } = await taskOf(expert, answered.caseId);
    await taskOf(expert, waiting.caseId);
    await expert.post(`/api/inbox/tasks/${userTaskKey}/verdict`, { class: 'decline', durationMs: 1200 });
    const record = await one.application.get(`/api/cases/${decided.caseId}/record`);
    // Within the undo window: the completion is owed when the server goes.
    await one.stellwerk.close();

    const read = readSettings(one.env);
    if (!read.ok) throw new Error(read.problems.join('\n'));
    const again = await startStellwerk(read.settings);
    try {
      const get = async <T>(path: string, headers = one.application.headers) => (await (await fetch(again.url + path, { headers })).json()) as T;
      expect(await get(`/api/cases/${decided.caseId}/record`)).toEqual(record);
      expect(await get<CaseView>(`/api/cases/${answered.caseId}?wait=20`)).toMatchObject({ status: 'decided', decision: 'decline', decidedBy: 'expert' });
      const { items } = await get<{ items: { caseId: string }[] }>('/api/inbox/tasks?list=all', expert.headers);
      expect(items.map(({ caseId }) => caseId)).toEqual([waiting.caseId]);
      expect(await activeRelease(again.ledger, 'digits')).toMatchObject({ state: 'live', policyInForce: true, release: { releaseId } });
      expect((await getCase(again.ledger, waiting.caseId))?.review?.reasons).toEqual(['NO_RELEASE']);
      expect(await verifyChain(again.ledger)).toMatchObject({ ok: true });
      // The same process version: nothing was deployed anew.
      expect((await again.engineClient.searchProcessDefinitions({ filter: { processDefinitionId: 'anomaly-routing' } }, { consistency: { waitUpToMs: 0 } })).items).toHaveLength(1);
    } finally {
      await again.close();
      await one.close();
    }
  }, 60_000);
});
