/**
 * The engine's loop: start → one job → FEEL gateway → end, through `@camunda8/sdk`, on whatever engine a `fetch` or
 * an address leads to. The same loop runs on the embedded engine, its HTTP facade, a stub and a real broker.
 */
import { createEngineClient, ProcessDefinitionId, type EngineConnection } from '../../workers/client.ts';
import { straightThrough } from './diagrams.ts';
import { pool, type Timing } from './measure.ts';

export type EngineLoop = {
  /** Runs so many instances, each awaited to its end, by so many callers at once. */
  run(count: number, atOnce: number): Promise<Timing>;
  close(): void;
};

/** Deploys the process and opens the worker of its job. */
export async function openEngineLoop(connection: EngineConnection): Promise<EngineLoop> {
  const commands = createEngineClient(connection);
  const jobs = createEngineClient(connection);
  await commands.createDeployment({ resources: [new File([straightThrough('zeebe')], 'straight-through.bpmn', { type: 'text/xml' })] });
  const worker = jobs.createJobWorker({
    jobType: 'bench-work',
    workerName: 'bench',
    maxParallelJobs: 100,
    // A poll that is cut off may take jobs with it (the broker notices late): they come again before their caller gives up.
    jobTimeoutMs: 30_000,
    pollTimeoutMs: 10_000,
    jobHandler: (job) => job.complete({ ok: true }),
  });
  const start = (index: number) =>
    commands.createProcessInstance({
      processDefinitionId: ProcessDefinitionId.assumeExists('straight-through'),
      variables: { n: index % 20 },
      awaitCompletion: true,
      requestTimeout: 240_000,
    });
  return { run: (count, atOnce) => pool(count, atOnce, start), close: () => { worker.stop(); } };
}

export type EngineFigures = { oneAtATime: Timing; hundredAtOnce: Timing };

/** Runs the loop on one engine: `warmUp` instances first, then one at a time, then 100 at once. */
export async function runEngineLoop(connection: EngineConnection, sizes: { warmUp: number; sequential: number; parallel: number }): Promise<EngineFigures> {
  const loop = await openEngineLoop(connection);
  try {
    await loop.run(sizes.warmUp, 50);
    return { oneAtATime: await loop.run(sizes.sequential, 1), hundredAtOnce: await loop.run(sizes.parallel, 100) };
  } finally {
    loop.close();
  }
}
