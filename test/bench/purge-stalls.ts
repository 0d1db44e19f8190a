/**
 * `node test/bench/purge-stalls.ts [instances] [commands per second]`: what commands wait for while ended process instances
 * are purged, beside the same load without. Prints percentiles in milliseconds, how fast the purge is, and the file's size.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { createClock } from '../../engine/clock.ts';
import { openCore, type Core } from '../../engine/core.ts';
import { buildProcess } from '../engine/build-process.ts';

const [instances = 100_000, rate = 200] = process.argv.slice(2).map(Number);
const DAY_MS = 86_400_000;
const SECONDS = 20;

const folder = mkdtempSync(join(tmpdir(), 'purge-'));
const file = join(folder, 'engine.db');
const clock = createClock();
clock.pin(Date.now() - 10 * DAY_MS);

const filling = openCore({ file, clock });
await deploy(filling);
await fill(filling, instances);
await filling.close();
clock.reset();
report('file when filled', sizeOf());

const without = openCore({ file, clock });
report('without purging', await load(without, () => SECONDS * rate));
await without.close();

const core = openCore({ file, clock, keepHistoryMs: DAY_MS });
// The first look comes ten seconds after the start.
await after(10_000);
const began = performance.now();
const cpu = process.cpuUsage();
const figures = await load(core, (sent) => (core.metrics().logPasses > 0 || sent > 400 * rate ? 0 : sent + 1));
report('while purging', { ...figures, seconds: (performance.now() - began) / 1_000, cpuSeconds: process.cpuUsage(cpu).user / 1e6, ...core.metrics() });
report('file after it', sizeOf());
await core.close();
rmSync(folder, { recursive: true });

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

/** Starts and ends instances at a fixed rate, whatever the answers take, as long as `most` says; a late start counts its delay. */
async function load(engine: Core, most: (sent: number) => number): Promise<Record<string, number>> {
  const took: number[] = [];
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  let sent = 0;
  while (sent < most(sent)) {
    const due = began + (sent * 1_000) / rate;
    await after(Math.max(0, due - performance.now()));
    sent += 1;
    const doing = one(engine).then(() => { took.push(performance.now() - due); });
    underWay.add(doing);
    void doing.finally(() => underWay.delete(doing));
  }
  await Promise.all(underWay);
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { count: took.length, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}

function sizeOf(): Record<string, number> {
  return { MB: statSync(file).size / 1e6 };
}

function report(what: string, figures: Record<string, number>): void {
  const all = Object.entries(figures).map(([name, value]) => `${name} ${Number.isInteger(value) ? value : value.toFixed(1)}`);
  process.stdout.write(`${what}: ${all.join(', ')}\n`);
}
