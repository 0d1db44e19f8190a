/**
 * From `POST` to the automatic answer, beside the model call and the floor of the same run. The product is a process of
 * its own, so that its CPU time and commits are not mixed with those of the callers. On a shared machine CPU time and
 * commits per case are the figures to compare; wall time follows the machine's load.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import { createEngineClient, createInferenceClient, defaultWorkerSettings } from '../../workers/index.ts';
import { at, createCaller, findAutomatic, type Input } from './case-caller.ts';
import { pool, quantile, round, steadily, type Timing } from './measure.ts';
import type { Split } from './profile-split.ts';
import type { ServedProduct } from './served-product.ts';
import { createStubEngine } from './stub-engine.ts';

/** What one case used of the product's process. */
export type CostOfCase = { cpuMs: number; statements: number; durableCommits: number; lightCommits: number };
export type Load = { answer: Timing; cost: CostOfCase };

export type DecisionFigures = {
  /** Automatic cases one after the other, and by 8 and by 32 callers at once. */
  oneAtATime: Load;
  eightCallers: Load;
  thirtyTwoCallers: Load;
  /** Of an automatic case, one after the other: what the product's main thread did, in ms a case, from a CPU profile. */
  parts: Split;
  /** All kinds of cases at the rate, whether earlier ones have answered or not. */
  steady: Load;
  /** Of those, the ones that the model decided; others are answered when they are in review. */
  automatic: Timing;
  modelCall: Timing;
  floor: Timing;
  /** One page and a half written at the end of a file in the product's folder, and waited for on the disk. */
  diskWait: Timing;
  /** The floor with the model call and as many waits for the disk as a lone case makes: what durability alone costs. */
  durableFloorP50Ms: number;
  overheadP50Ms: number;
  overheadP99Ms: number;
  /** The answer as a multiple of the floor: as many calls through the SDK against a stub, and the model call. */
  timesFloorP50: number;
};

/** An automatic case passes so many jobs in the anomaly-routing process. */
const jobsOfACase = 4;
const model = 'digits-v1';
const classes = Array.from({ length: 10 }, (_, digit) => String(digit));

export async function measureDecisions(product: ServedProduct, sizes: { perSecond: number; cases: number; warmUp: number; folder: string }): Promise<DecisionFigures> {
  const inputs = (await readDemoCases('digits', 'held-out')).map(({ input }) => input);
  const start = createCaller(product);
  const automaticInputs = await findAutomatic(start, inputs, sizes.warmUp);
  const automaticOnly = (index: number) => start(at(automaticInputs, index));
  await pool(sizes.warmUp, 8, automaticOnly);
  const oneAtATime = await costing(product, sizes.cases, () => pool(sizes.cases, 1, automaticOnly));
  const eightCallers = await costing(product, sizes.cases, () => pool(sizes.cases, 8, automaticOnly));
  const thirtyTwoCallers = await costing(product, sizes.cases, () => pool(sizes.cases, 32, automaticOnly));

  const parts = await splitByPart(product, sizes.cases, automaticOnly);

  const automaticMs: number[] = [];
  const steady = await costing(product, sizes.cases, () =>
    steadily(sizes.cases, sizes.perSecond, async (index) => (await start(at(inputs, index))).decidedBy === 'model', (ms, isAutomatic) => { if (isAutomatic) automaticMs.push(ms); }),
  );
  const automatic = timingOf(automaticMs, steady.answer);
  const modelCall = await measureModel(product, sizes, inputs);
  const floor = await measureFloor(sizes);
  const diskWait = await measureDisk(sizes.folder, sizes.cases);
  const overheadP50Ms = round(automatic.p50Ms - modelCall.p50Ms);
  return {
    ...{ oneAtATime, eightCallers, thirtyTwoCallers, parts, steady, automatic, modelCall, floor, diskWait },
    durableFloorP50Ms: round(floor.p50Ms + modelCall.p50Ms + oneAtATime.cost.durableCommits * diskWait.p50Ms),
    ...{ overheadP50Ms, overheadP99Ms: round(automatic.p99Ms - modelCall.p50Ms), timesFloorP50: round(automatic.p50Ms / (floor.p50Ms + modelCall.p50Ms)) },
  };
}

async function splitByPart(product: ServedProduct, cases: number, automaticOnly: (index: number) => Promise<unknown>): Promise<Split> {
  await product.profile();
  await pool(cases, 1, automaticOnly);
  const split = await product.split();
  return Object.fromEntries(Object.entries(split).map(([part, ms]) => [part, round(ms / cases)])) as Split;
}

async function costing(product: ServedProduct, cases: number, run: () => Promise<Timing>): Promise<Load> {
  const before = await product.usage();
  const answer = await run();
  // What is done after the last answers belongs to their cases.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const after = await product.usage();
  const perCase = (name: keyof CostOfCase): number => round((after[name] - before[name]) / cases);
  return { answer, cost: { cpuMs: perCase('cpuMs'), statements: perCase('statements'), durableCommits: perCase('durableCommits'), lightCommits: perCase('lightCommits') } };
}

function timingOf(timesMs: number[], { concurrency, perSecond }: Timing): Timing {
  const sorted = timesMs.toSorted((a, b) => a - b);
  return { count: sorted.length, concurrency, perSecond, p50Ms: round(quantile(sorted, 0.5)), p99Ms: round(quantile(sorted, 0.99)) };
}

function measureModel({ modelServerUrl }: ServedProduct, sizes: { perSecond: number; cases: number }, inputs: readonly Input[]): Promise<Timing> {
  const inference = createInferenceClient(defaultWorkerSettings({ servingAddress: () => modelServerUrl }).serving, { now: () => Date.now() });
  return steadily(sizes.cases, sizes.perSecond, (index) =>
    inference.predict({ model, protocol: 'v2', row: at(inputs, index)['pixels'] as number[], classes, requestId: `bench-${index}`, signal: AbortSignal.timeout(10_000) }),
  );
}

/** What one wait for this disk takes while nothing else of ours runs. */
async function measureDisk(folder: string, count: number): Promise<Timing> {
  const file = await open(join(folder, 'disk-wait'), 'w');
  const written = Buffer.alloc(6_144, 1);
  try {
    return await pool(count, 1, async () => {
      await file.write(written);
      await file.datasync();
    });
  } finally {
    await file.close();
  }
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
