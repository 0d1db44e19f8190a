// After a process was killed its jobs are handed out again at once, on the real embedded engine under a clock that stands still.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createClock, openEngine } from '../../../engine/index.ts';
import type { Ledger } from '../../../ledger/index.ts';
import { createEngineClient, ProcessDefinitionId } from '../../../workers/client.ts';
import { startWorkers } from '../../../workers/runtime/start-workers.ts';
import { defineWorker } from '../../../workers/runtime/worker-definition.ts';
import { defaultWorkerSettings } from '../../../workers/settings.ts';

const diagram = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
  <bpmn:process id="p" isExecutable="true">
    <bpmn:startEvent id="s" /><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t" />
    <bpmn:serviceTask id="t"><bpmn:extensionElements><zeebe:taskDefinition type="work" retries="3" /></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="e" /><bpmn:endEvent id="e" />
  </bpmn:process>
</bpmn:definitions>`;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function setUp(heldBy: string, alone: boolean) {
  const clock = createClock();
  clock.pin(Date.parse('2026-11-23T09:00:00Z'));
  const engine = openEngine({ file: ':memory:', clock });
  closers.push(() => engine.close());
  const client = createEngineClient({ fetch: engine.fetch });
  await client.createDeployment({ resources: [new File([diagram], 'p.bpmn')] });
  await client.createProcessInstance({ processDefinitionId: ProcessDefinitionId.assumeExists('p') });
  const { jobs } = await client.activateJobs({ type: 'work', worker: heldBy, timeout: 600_000, maxJobsToActivate: 10, requestTimeout: -1 });
  expect(jobs).toHaveLength(1);
  const handle = vi.fn(async () => ({}));
  const worker = defineWorker({ type: 'work', input: z.object({}), output: z.object({}), errors: [], handle });
  const settings = defaultWorkerSettings({ servingAddress: () => 'http://127.0.0.1:1' });
  const running = startWorkers({ engine: { fetch: engine.fetch }, ledger: { clock } as unknown as Ledger, settings, workers: [worker], alone, pollMs: 50, pauseMs: 1 });
  closers.push(() => running.stop());
  return { clock, running, handle };
}

describe('jobs held by a killed process', () => {
  it('are handed out again at once when no other process can have them', async () => {
    const { running } = await setUp('stellwerk-work', true);
    await vi.waitFor(() => expect(running.metrics()['work']?.endings.completed).toBe(1), { interval: 5 });
  });

  it.each([
    ['of other clients', 'connector-1', true],
    ['where other processes may live', 'stellwerk-work', false],
  ])('are left alone %s, until their lock runs out', async (_, heldBy, alone) => {
    const { running, handle, clock } = await setUp(heldBy, alone);
    await new Promise((resolve) => setImmediate(resolve));
    expect(handle).not.toHaveBeenCalled();
    clock.pin(clock.now() + 600_001);
    await vi.waitFor(() => expect(running.metrics()['work']?.endings.completed).toBe(1), { interval: 5 });
  });
});
