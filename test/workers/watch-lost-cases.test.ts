// A case whose instance is gone is told of, at once and again, until it is decided.
import { describe, expect, it, vi } from 'vitest';
import { bindInstance } from '../../ledger/index.ts';
import type { EngineClient } from '../../workers/client.ts';
import { findLostCases, watchLostCases } from '../../workers/watch-lost-cases.ts';
import { newCase, openTestLedger } from './ledger-fixture.ts';

const states: Record<string, string> = { '11': 'ACTIVE', '12': 'TERMINATED', '13': 'COMPLETED' };
const client = {
  getProcessInstance: ({ processInstanceKey }: { processInstanceKey: string }) => {
    const state = states[processInstanceKey];
    return state === undefined ? Promise.reject(Object.assign(new Error('x'), { status: 404 })) : Promise.resolve({ state });
  },
} as unknown as EngineClient;

describe('cases without an instance', () => {
  it('are those bound to one that ended or is unknown; active and not yet bound ones are not', async () => {
    const { ledger, clock } = await openTestLedger();
    const ids: string[] = [];
    for (const key of ['11', '12', '13', '14']) {
      const { caseId } = await newCase(ledger, { key });
      await bindInstance(ledger, { caseId, processInstanceKey: key, processDefinitionId: 'anomaly-routing', processDefinitionVersion: 1 });
      ids.push(caseId);
    }
    await newCase(ledger, { key: 'not yet bound' });
    expect(await findLostCases({ ledger, client })).toEqual([]);
    clock.time += 60_000;
    expect((await findLostCases({ ledger, client })).toSorted()).toEqual(ids.slice(1).toSorted());
  });

  it('are logged as errors and counted', async () => {
    const { ledger, clock } = await openTestLedger();
    const { caseId } = await newCase(ledger);
    await bindInstance(ledger, { caseId, processInstanceKey: '12', processDefinitionId: 'anomaly-routing', processDefinitionVersion: 1 });
    clock.time += 60_000;
    const errors: unknown[] = [];
    const watch = watchLostCases({ ledger, client, log: { info: () => undefined, warn: () => undefined, error: (fields) => void errors.push(fields) } });
    await vi.waitFor(() => expect(errors).toEqual([{ caseId }]), { interval: 5 });
    expect(watch.count()).toBe(1);
    await watch.stop();
  });
});
