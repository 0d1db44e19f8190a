/** From `POST` to the automatic answer at a steady rate, beside the model call and the floor of the same run. */
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import type { Stellwerk } from '../../api/start.ts';
import { createEngineClient } from '../../workers/index.ts';
import { round, steadily, type Timing } from './measure.ts';
import { createStubEngine } from './stub-engine.ts';

export type DecisionFigures = {
  /** All cases at the rate. Automatic ones are answered when decided, others when they are in review. */
  answer: Timing;
  automatic: number;
  modelCall: Timing;
  floor: Timing;
  overheadP50Ms: number;
  overheadP99Ms: number;
  /** Overhead as a multiple of the floor. */
  timesFloorP50: number;
};

/** An automatic case passes so many jobs in the anomaly-routing process. */
const jobsOfACase = 4;

export async function measureDecisions(stellwerk: Stellwerk, sizes: { perSecond: number; cases: number; warmUp: number }): Promise<DecisionFigures> {
  const heldOut = await readDemoCases('digits', 'held-out');
  const apiKey = stellwerk.firstRun?.apiKey ?? '';
  const run = Date.now().toString(36);
  const start = async (index: number) => {
    const response = await fetch(`${stellwerk.url}/api/decision-services/digits/cases`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': `bench-${run}-${index}`, prefer: 'wait=30' },
      body: JSON.stringify({ input: heldOut[index % heldOut.length]?.input }),
    });
    if (!response.ok) throw new Error(`case ${index} was refused with ${response.status}: ${await response.text()}`);
    return (await response.json()) as { decidedBy: string | null };
  };
  for (let index = 0; index < sizes.warmUp; index++) await start(1_000_000 + index);
  let automatic = 0;
  const answer = await steadily(sizes.cases, sizes.perSecond, async (index) => { if ((await start(index)).decidedBy === 'model') automatic += 1; });
  const modelCall = await steadily(sizes.cases, sizes.perSecond, (index) => {
    const pixels = heldOut[index % heldOut.length]?.input['pixels'] as number[];
    const classes = Array.from({ length: 10 }, (_, digit) => String(digit));
    return stellwerk.inference.predict({ model: 'digits-v1', protocol: 'v2', row: pixels, classes, requestId: `bench-${index}`, signal: AbortSignal.timeout(10_000) });
  });
  const floor = await measureFloor(sizes);
  const overheadP50Ms = round(answer.p50Ms - modelCall.p50Ms);
  return { answer, automatic, modelCall, floor, overheadP50Ms, overheadP99Ms: round(answer.p99Ms - modelCall.p50Ms), timesFloorP50: round(overheadP50Ms / floor.p50Ms) };
}

/** The same number of jobs through the same SDK, on an engine that only hands them out. */
async function measureFloor(sizes: { perSecond: number; cases: number }): Promise<Timing> {
  const stub = createStubEngine(jobsOfACase);
  const commands = createEngineClient({ fetch: stub.fetch });
  const workers = stub.jobTypes.map((jobType) =>
    createEngineClient({ fetch: stub.fetch }).createJobWorker({ jobType, workerName: 'bench', maxParallelJobs: 32, jobTimeoutMs: 60_000, pollTimeoutMs: 30_000, jobHandler: (job) => job.complete({}) }),
  );
  const waiting = new Map<string, () => void>();
  stub.onDone((caseId) => { waiting.get(caseId)?.(); });
  try {
    return await steadily(sizes.cases, sizes.perSecond, async (index) => {
      const caseId = `floor-${index}`;
      const ended = new Promise<void>((resolve) => waiting.set(caseId, resolve));
      await commands.publishMessage({ name: 'case-received', correlationKey: caseId, timeToLive: 60_000 });
      await ended;
    });
  } finally {
    for (const worker of workers) worker.stop();
  }
}
