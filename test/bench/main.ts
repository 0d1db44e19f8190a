// `npm run bench [-- --short]`: measures the engine's loop, the decision path and the inbox; prints tables and writes bench-results.json.
// `--broker URL` (or CAMUNDA_BENCH_BROKER) runs the same loop on a real Camunda 8 broker and prints the ratio.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClock } from '../../engine/clock.ts';
import { openEngine } from '../../engine/index.ts';
import { brokerFetch } from './broker-fetch.ts';
import { measureDecisions, type Load } from './decision-overhead.ts';
import { runEngineLoop, type EngineFigures } from './engine-loop.ts';
import { measureInbox } from './inbox-page.ts';
import { load, round } from './measure.ts';
import { serveProduct } from './served-product.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false }, broker: { type: 'string', default: process.env['CAMUNDA_BENCH_BROKER'] ?? '' } } });
const sizes = values.short
  ? { loop: { warmUp: 300, sequential: 200, parallel: 2_000 }, cases: 200, openTasks: 300 }
  : { loop: { warmUp: 2_000, sequential: 1_000, parallel: 10_000 }, cases: 1_500, openTasks: 10_000 };

const folder = mkdtempSync(join(tmpdir(), 'stellwerk-bench-'));
const results: Record<string, unknown> = { at: new Date().toISOString(), node: process.version, cpus: cpus().length, loadBefore: load(), short: values.short };
try {
  const embedded = await benchEmbedded();
  const rows: Record<string, unknown>[] = [engineRow('embedded, through the SDK', embedded)];
  results['engine'] = { embedded };
  if (values.broker !== '') {
    const broker = await runEngineLoop({ address: values.broker, fetch: brokerFetch }, { warmUp: 300, sequential: 200, parallel: 2_000 });
    rows.push(engineRow('Camunda 8 broker', broker));
    const ratio = round(embedded.hundredAtOnce.perSecond / broker.hundredAtOnce.perSecond);
    results['engine'] = { embedded, broker, ratio };
    console.log(`ratio to the real broker, 100 at once: ${ratio}`);
  }
  console.log(`\nEngine: start → one job → FEEL gateway → end, fsynced (load ${load()})`);
  console.table(rows);
  if (values.broker === '') console.log('The real broker was not measured: name it with --broker URL (start one with its REST address).');
  await benchProduct();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
results['loadAfter'] = load();
writeFileSync('bench-results.json', `${JSON.stringify(results, null, 2)}\n`);
console.log('\nWritten to bench-results.json.');
process.exit(0);

async function benchEmbedded(): Promise<EngineFigures> {
  const engine = openEngine({ file: join(folder, 'engine.db'), clock: createClock() });
  try {
    return await runEngineLoop({ fetch: engine.fetch }, sizes.loop);
  } finally {
    await engine.close();
  }
}

function engineRow(where: string, { oneAtATime, hundredAtOnce }: EngineFigures) {
  return { engine: where, '1 at a time: p50 ms': oneAtATime.p50Ms, 'p99 ms': oneAtATime.p99Ms, '100 at once: per s': hundredAtOnce.perSecond, 'p50 ms': hundredAtOnce.p50Ms };
}

async function benchProduct(): Promise<void> {
  const product = await serveProduct(join(folder, 'data'));
  try {
    const decisions = await measureDecisions(product, { perSecond: 50, cases: sizes.cases, warmUp: 200 });
    results['decisions'] = decisions;
    const { oneAtATime, eightCallers, thirtyTwoCallers, steady, automatic, modelCall, floor } = decisions;
    console.log(`\nA case in the product's own process, from POST to answer (load ${load()})`);
    console.table([loadRow('automatic, one at a time', oneAtATime), loadRow('automatic, 8 callers', eightCallers), loadRow('automatic, 32 callers', thirtyTwoCallers), loadRow('all kinds, 50 a second', steady)]);
    console.log(`\nDecision path at 50 cases a second: ${automatic.count} of ${sizes.cases} automatic (load ${load()})`);
    console.table([
      { part: 'automatic answer', 'p50 ms': automatic.p50Ms, 'p99 ms': automatic.p99Ms },
      { part: 'model call', 'p50 ms': modelCall.p50Ms, 'p99 ms': modelCall.p99Ms },
      { part: 'overhead (answer minus model call p50)', 'p50 ms': decisions.overheadP50Ms, 'p99 ms': decisions.overheadP99Ms },
      { part: 'floor (SDK, as many jobs, stub engine)', 'p50 ms': floor.p50Ms, 'p99 ms': floor.p99Ms },
    ]);
    console.log(`overhead is ${decisions.timesFloorP50} times the floor (p50)`);
    const inbox = await measureInbox(product, sizes.openTasks);
    results['inbox'] = inbox;
    console.log(`\nInbox with ${inbox.openTasks} open tasks: first page ${inbox.firstMs} ms, then p50 ${inbox.page.p50Ms} ms, p99 ${inbox.page.p99Ms} ms (load ${load()})`);
  } finally {
    await product.close();
  }
}

function loadRow(cases: string, { answer, cost }: Load) {
  return { cases, 'per s': answer.perSecond, 'p50 ms': answer.p50Ms, 'p99 ms': answer.p99Ms, 'CPU ms a case': cost.cpuMs, 'durable commits': cost.durableCommits, statements: cost.statements };
}
