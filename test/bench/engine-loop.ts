/**
 * The engine's loop: start → one job → FEEL gateway → end, through `@camunda8/sdk`, on whatever engine a `fetch` or
 * an address leads to. The same loop runs on the embedded engine, its HTTP facade and a real broker.
 */
import { createEngineClient, ProcessDefinitionId, type EngineConnection } from '../../workers/client.ts';
import { pool, type Timing } from './measure.ts';

const diagram = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="straight-through" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="work" />
    <bpmn:serviceTask id="work"><bpmn:extensionElements><zeebe:taskDefinition type="bench-work" /></bpmn:extensionElements><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:sequenceFlow id="b" sourceRef="work" targetRef="decide" />
    <bpmn:exclusiveGateway id="decide" default="d"><bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing><bpmn:outgoing>d</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="c" sourceRef="decide" targetRef="high"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">= n &gt; 10 and ok</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="d" sourceRef="decide" targetRef="low" />
    <bpmn:endEvent id="high"><bpmn:incoming>c</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="low"><bpmn:incoming>d</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

export type EngineFigures = { oneAtATime: Timing; hundredAtOnce: Timing };

/** Runs the loop on one engine: `warmUp` instances first, then one at a time, then 100 at once, each awaited to its end. */
export async function runEngineLoop(connection: EngineConnection, sizes: { warmUp: number; sequential: number; parallel: number }): Promise<EngineFigures> {
  const commands = createEngineClient(connection);
  const jobs = createEngineClient(connection);
  await commands.createDeployment({ resources: [new File([diagram], 'straight-through.bpmn', { type: 'text/xml' })] });
  const worker = jobs.createJobWorker({
    jobType: 'bench-work',
    workerName: 'bench',
    maxParallelJobs: 100,
    jobTimeoutMs: 60_000,
    pollTimeoutMs: 1_000,
    jobHandler: (job) => job.complete({ ok: true }),
  });
  const start = (index: number) =>
    commands.createProcessInstance({
      processDefinitionId: ProcessDefinitionId.assumeExists('straight-through'),
      variables: { n: index % 20 },
      awaitCompletion: true,
      requestTimeout: 30_000,
    });
  try {
    await pool(sizes.warmUp, 50, start);
    return { oneAtATime: await pool(sizes.sequential, 1, start), hundredAtOnce: await pool(sizes.parallel, 100, start) };
  } finally {
    worker.stop();
  }
}
