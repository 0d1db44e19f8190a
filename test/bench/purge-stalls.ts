/** What commands wait for while ended process instances are purged, beside the same load without; what the purge costs, and how fast it is. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { createClock } from '../../engine/clock.ts';
import { openCore, type Core } from '../../engine/core.ts';
import { buildProcess } from '../engine/build-process.ts';
import { ownCpuMs, quantile, round } from './measure.ts';

export type PurgeSizes = { instances: number; perSecond: number; /** Of the load without purging. */ seconds: number; folder: string };

/** Times in ms: from when an instance (start, activation, completion) was due to its end. */
export type PurgeLoad = { count: number; seconds: number; p50: number; p99: number; p999: number; longest: number; cpuMsEach: number };

export type PurgeFigures = {
  instances: number;
  perSecond: number;
  fileMb: number;
  without: PurgeLoad;
  /** Its CPU time holds the purge's. */
  purging: PurgeLoad;
  purged: number;
  /** From the first slice to the end of the first pass through the log. */
  purgeSeconds: number;
  /** Of one purged instance, rows and log: what the load used more than without. */
  cpuMicrosecondsEach: number;
};

const dayMs = 86_400_000;
/** A purge that takes longer than this is not waited for. */
const mostSeconds = 400;

export async function measurePurgeStalls({ instances, perSecond, seconds, folder }: PurgeSizes): Promise<PurgeFigures> {
  const file = join(folder, 'engine.db');
  const clock = createClock();
  clock.pin(Date.now() - 10 * dayMs);
  const filling = openCore({ file, clock });
  await deploy(filling);
  await fill(filling, instances);
  await filling.close();
  clock.reset();
  const fileMb = round(statSync(file).size / 1e6);

  const unpurged = openCore({ file, clock });
  await load(unpurged, perSecond, (sent) => sent < seconds * perSecond);
  const without = await load(unpurged, perSecond, (sent) => sent < seconds * perSecond);
  await unpurged.close();

  const core = openCore({ file, clock, keepHistoryMs: dayMs });
  try {
    // The first look comes ten seconds after the start; the load begins before it.
    let began: number | undefined;
    let ended: number | undefined;
    const isPurging = (): boolean => {
      const { purgeSlices, logPasses } = core.metrics();
      if (purgeSlices > 0) began ??= performance.now();
      if (logPasses > 0) ended ??= performance.now();
      return logPasses === 0;
    };
    await waitFor(() => core.metrics().purgeSlices > 0);
    const purging = await load(core, perSecond, (sent) => isPurging() && sent < mostSeconds * perSecond);
    const purged = core.metrics().purgedInstances;
    if (began === undefined || ended === undefined) throw new Error(`${purged} of ${instances} instances were purged within ${mostSeconds} seconds, and the log was not sifted. Give it fewer instances, or a quieter machine.`);
    const cpuMs = (purging.cpuMsEach - without.cpuMsEach) * purging.count;
    return { instances, perSecond, fileMb, without, purging, purged, purgeSeconds: round((ended - began) / 1000), cpuMicrosecondsEach: Math.round((1000 * cpuMs) / purged) };
  } finally {
    await core.close();
  }
}

async function deploy(engine: Core): Promise<void> {
  const content = buildProcess('one', (p) => p.start().service('work').exclusive('which', 'end').connect('which', 'more', '=n > 5').from().end('more').end('end').otherwise('which', 'end'));
  const deployed = await engine.submit({ type: 'deployment.create', resources: [{ name: 'one.bpmn', content }] });
  if (!deployed.ok) throw new Error(deployed.rejection.reason);
}

async function one(engine: Core): Promise<void> {
  const started = await engine.submit({ type: 'process-instance.create', definition: { bpmnProcessId: 'one' }, variables: { n: 7, text: 'x'.repeat(200) } });
  if (!started.ok) throw new Error(started.rejection.reason);
  const [job] = await engine.activateJobs({ jobType: 'work', worker: 'w', timeout: 60_000, maxJobs: 1, requestTimeout: 0 });
  if (job === undefined) throw new Error('There is no job.');
  await engine.submit({ type: 'job.complete', jobKey: job.key, variables: { done: true } });
}

async function fill(engine: Core, count: number): Promise<void> {
  let left = count;
  await Promise.all(Array.from({ length: 100 }, async () => {
    while (left-- > 0) await one(engine);
  }));
}

async function waitFor(hasBegun: () => boolean): Promise<void> {
  const most = performance.now() + 30_000;
  while (!hasBegun()) {
    if (performance.now() > most) throw new Error('The purge did not begin within 30 seconds.');
    await after(1);
  }
}

/** Starts and ends instances at a fixed rate, whatever the answers take, as long as `goesOn` says; a late start counts its delay. */
async function load(engine: Core, perSecond: number, goesOn: (sent: number) => boolean): Promise<PurgeLoad> {
  const took: number[] = [];
  const underWay = new Set<Promise<void>>();
  const [began, cpuBefore] = [performance.now(), ownCpuMs()];
  let sent = 0;
  while (goesOn(sent)) {
    const due = began + (sent * 1_000) / perSecond;
    await after(Math.max(0, due - performance.now()));
    sent += 1;
    const doing = one(engine).then(() => { took.push(performance.now() - due); });
    underWay.add(doing);
    void doing.finally(() => underWay.delete(doing));
  }
  await Promise.all(underWay);
  const cpuMs = ownCpuMs() - cpuBefore;
  took.sort((a, b) => a - b);
  return { count: took.length, seconds: round((performance.now() - began) / 1000), p50: round(quantile(took, 0.5)), p99: round(quantile(took, 0.99)), p999: round(quantile(took, 0.999)), longest: round(took.at(-1) ?? 0), cpuMsEach: cpuMs / took.length };
}
