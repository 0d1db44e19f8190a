// The figures of the engine: each tells what happened, in the text that Prometheus reads.
import { expect, onTestFinished, test } from 'vitest';
import { createMetrics } from '../../../engine/standalone/metrics.ts';
import { serve } from '../../../engine/standalone/serve.ts';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const HOUR = 3_600_000;

test('tells commands, commits, jobs, incidents, backlog and purge', async () => {
  const engine = startEngine({ keepHistoryMs: HOUR });
  const { core } = engine;
  const metrics = createMetrics(core);
  await engine.deploy(
    buildProcess('one', (p) => p.start().service('work').end()),
    buildProcess('stuck', (p) => p.start().service('never', { type: '=unknown' }).end()),
  );
  for (let n = 0; n < 3; n++) await engine.start('one');
  await engine.start('stuck');
  await engine.refused({ type: 'process-instance.cancel', processInstanceKey: 1 });
  await engine.work('work');
  const lines = async () => Object.fromEntries((await metrics.text()).split('\n').filter((line) => line.startsWith('stellwerk_')).map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
  expect(await lines()).toMatchObject({
    stellwerk_engine_commands_total: 8,
    stellwerk_engine_rejections_total: 1,
    stellwerk_engine_defects_total: 0,
    stellwerk_engine_incidents: 1,
    'stellwerk_engine_waiting_jobs{type="work"}': 2,
    stellwerk_engine_waiting_commands: 0,
    stellwerk_engine_overdue_seconds: 0,
    stellwerk_engine_purge_overdue_seconds: 0,
    stellwerk_engine_purged_instances_total: 0,
  });
  expect((await lines())['stellwerk_engine_commit_seconds_count']).toBeGreaterThan(5);
  expect((await lines())['stellwerk_engine_store_bytes']).toBeGreaterThan(10_000);

  await engine.passTime(HOUR + 5_000);
  expect(await lines()).toMatchObject({ stellwerk_engine_purge_overdue_seconds: 5 });
  await core.purgeHistory();
  expect(await lines()).toMatchObject({ stellwerk_engine_purge_overdue_seconds: 0, stellwerk_engine_purged_instances_total: 1 });
  for (let n = 0; n < 2; n++) await engine.work('work');
  expect((await lines())['stellwerk_engine_waiting_jobs{type="work"}']).toBeUndefined();
});

test('/metrics answers them on the loopback', async () => {
  const { core } = startEngine();
  const serving = await serve(() => Promise.reject(new Error('not asked')), { host: '127.0.0.1', port: 0 }, createMetrics(core));
  onTestFinished(() => serving.close(0));
  const answer = await fetch(serving.address.replace('/v2', '/metrics'));
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toContain('stellwerk_engine_commands_total 0');
});
