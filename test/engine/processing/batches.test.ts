// Group commit: many commands, one transaction; a defect takes back only itself.
import { expect, test } from 'vitest';
import { readLog } from '../../../engine/log/log.ts';
import { buildDecisions } from '../build-decision.ts';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const diagram = buildProcess('one', (p) => p.start().service('work').end());
/** Its element meets a defect of ours, which the test plants: the store does not take it. */
const broken = buildProcess('broken', (p) => p.start().add('task', 'defect').end());
const plantDefect = (engine: ReturnType<typeof startEngine>) =>
  engine.rows(`CREATE TEMP TRIGGER planted BEFORE INSERT ON main.element_instances WHEN NEW.element_id = 'defect' BEGIN SELECT RAISE(ABORT, 'a planted defect'); END`);
const create = (bpmnProcessId: string) => ({ type: 'process-instance.create', definition: { bpmnProcessId }, variables: {} }) as const;

test('commands that wait share one batch, and each gets its own answer', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  const before = engine.core.metrics().batches;
  const answers = await Promise.all(Array.from({ length: 50 }, () => engine.accepted(create('one'))));
  expect(engine.core.metrics().batches - before).toBe(1);
  expect(new Set(answers.map((answer) => answer.processInstanceKey)).size).toBe(50);
});

test('a command with a defect rejects its own caller only and leaves nothing behind', async () => {
  const engine = startEngine();
  await engine.deploy(diagram, broken);
  plantDefect(engine);
  const before = engine.core.metrics().batches;
  const [first, failed, refused, last] = await Promise.allSettled([
    engine.core.submit(create('one')),
    engine.core.submit(create('broken')),
    engine.core.submit(create('absent')),
    engine.core.submit(create('one')),
  ]);
  expect(engine.core.metrics().batches - before).toBe(1);
  expect(first).toMatchObject({ status: 'fulfilled', value: { ok: true } });
  expect(failed).toMatchObject({ status: 'rejected', reason: expect.objectContaining({ message: expect.stringContaining('a planted defect') as string }) as Error });
  expect(refused).toMatchObject({ status: 'fulfilled', value: { ok: false } });
  expect(last).toMatchObject({ status: 'fulfilled', value: { ok: true } });
  expect(engine.rows('SELECT bpmn_process_id FROM process_instances')).toEqual([{ bpmn_process_id: 'one' }, { bpmn_process_id: 'one' }]);
  expect(engine.core.metrics().defects).toBe(1);
});

test('a due timer with a defect is set aside and does not hold up the others', async () => {
  const engine = startEngine();
  await engine.deploy(
    buildProcess('later-broken', (p) => p.start().catch('pause', { timer: { duration: 'PT1H' } }).add('task', 'defect').end()),
    buildProcess('later', (p) => p.start().catch('pause', { timer: { duration: 'PT1H' } }).end()),
  );
  const stuck = await engine.start('later-broken');
  plantDefect(engine);
  const fine = await engine.start('later');
  await engine.passTime(1_000);
  const next = await engine.start('later');
  await engine.passTime(3_599_000);
  expect(engine.stateOf(fine)).toBe('COMPLETED');
  expect(engine.path(stuck)).toEqual(['start', 'pause:ACTIVE']);
  const { commands } = engine.core.metrics();
  await engine.passTime(500);
  expect(engine.core.metrics().commands).toBe(commands);
  // What becomes due while one is set aside has its turn all the same, by a clock that runs too.
  await engine.passTime(500);
  expect(engine.stateOf(next)).toBe('COMPLETED');
  expect(engine.path(stuck)).toEqual(['start', 'pause:ACTIVE']);
});

test('a defect while a waiting request is served fails that request alone', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  engine.rows(`CREATE TEMP TRIGGER planted BEFORE UPDATE OF phase ON main.jobs WHEN NEW.worker = 'doomed' BEGIN SELECT RAISE(ABORT, 'a planted defect'); END`);
  const ask = (worker: string) => engine.core.activateJobs({ jobType: 'work', worker, timeout: 60_000, maxJobs: 1, requestTimeout: 3_600_000 });
  const [doomed, fine] = [ask('doomed'), ask('w')];
  const failing = expect(doomed).rejects.toThrow('a planted defect');
  const key = await engine.start('one');
  await failing;
  expect(await fine).toMatchObject([{ processInstanceKey: key, worker: 'w' }]);
  expect(engine.core.metrics().defects).toBe(1);
});

test('more due timers and jobs with a defect than one look takes do not hold up those behind them', async () => {
  const engine = startEngine();
  const many = 501;
  await engine.deploy(
    buildProcess('later-broken', (p) => p.start().catch('pause', { timer: { duration: 'PT1H' } }).add('task', 'defect').end()),
    buildProcess('later', (p) => p.start().catch('pause', { timer: { duration: 'PT2H' } }).end()),
    diagram,
  );
  plantDefect(engine);
  engine.rows(`CREATE TEMP TRIGGER planted_too BEFORE UPDATE OF state ON main.jobs WHEN NEW.state = 'TIMED_OUT' AND OLD.worker = 'doomed' BEGIN SELECT RAISE(ABORT, 'a planted defect'); END`);
  await Promise.all(Array.from({ length: many }, () => engine.start('later-broken')));
  await Promise.all(Array.from({ length: many }, () => engine.start('one')));
  const doomed = await engine.core.activateJobs({ jobType: 'work', worker: 'doomed', timeout: 3_600_000, maxJobs: many, requestTimeout: -1 });
  expect(doomed).toHaveLength(many);
  const fine = await engine.start('later');
  await engine.start('one');
  await engine.core.activateJobs({ jobType: 'work', worker: 'w', timeout: 7_200_000, maxJobs: 1, requestTimeout: -1 });
  await engine.passTime(3_600_000);
  expect(engine.core.metrics().defects).toBe(2 * many);
  await engine.passTime(3_600_000);
  expect(engine.stateOf(fine)).toBe('COMPLETED');
  expect(engine.rows(`SELECT phase FROM jobs WHERE worker = 'w'`)).toEqual([{ phase: 'ACTIVATABLE' }]);
});

test('a full disk fails the batch with all its commands; nothing is half done, and work goes on when there is room', async () => {
  const engine = startEngine();
  await engine.deploy(diagram, buildProcess('later', (p) => p.start().catch('pause', { timer: { duration: 'PT1H' } }).end()));
  const parked = await engine.start('later');
  const waiting = engine.core.activateJobs({ jobType: 'work', worker: 'w', timeout: 60_000, maxJobs: 1, requestTimeout: 60_000 });
  await engine.core.settled();
  engine.rows('PRAGMA max_page_count = 1');
  const large = { ...create('one'), variables: { text: 'x'.repeat(100_000) } };
  const answers = await Promise.allSettled([engine.core.submit(create('one')), engine.core.submit(large), engine.core.submit(create('one'))]);
  expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(engine.rows(`SELECT 1 FROM process_instances WHERE bpmn_process_id = 'one'`)).toEqual([]);
  engine.rows('PRAGMA max_page_count = 1073741823');
  const key = await engine.start('one');
  expect(await waiting).toMatchObject([{ processInstanceKey: key }]);
  await engine.passTime(3_600_000);
  expect(engine.stateOf(parked)).toBe('COMPLETED');
});

test('a command that waits for its decision graph is not told of the failure of the batch it left', async () => {
  const engine = startEngine();
  await engine.deploy({ name: 'routing.dmn', content: buildDecisions() }, buildProcess('deciding', (p) => p.start().rule('decide', 'route', 'result').end()), diagram);
  engine.rows('PRAGMA max_page_count = 1');
  const large = { ...create('one'), variables: { text: 'x'.repeat(100_000) } };
  const deciding = engine.core.submit({ ...create('deciding'), variables: { score: 7 } });
  await expect(engine.core.submit(large)).rejects.toThrow();
  engine.rows('PRAGMA max_page_count = 1073741823');
  expect(await deciding).toMatchObject({ ok: true });
  expect(engine.rows(`SELECT 1 AS one FROM process_instances WHERE bpmn_process_id = 'deciding'`)).toEqual([{ one: 1 }]);
});

test('accepted commands are logged with their events; refusals and empty activations are not', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  await engine.start('one');
  await engine.refused(create('absent'));
  await engine.activate('nothing');
  await engine.work('work');
  const entries = [...readLog(engine.core.db)];
  expect(entries.map((entry) => entry.command)).toEqual(['deployment.deploy', 'process-instance.create', 'job.activate', 'job.complete']);
  expect(entries[3]?.events.map((event) => event.type)).toEqual([
    'job.completed', 'element.completed', 'element.activating', 'element.activated', 'element.completed', 'process-instance.completed',
  ]);
});

test('keys rise and are given once', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  await Promise.allSettled([engine.core.submit(create('one')), engine.core.submit(create('absent')), engine.core.submit(create('one'))]);
  const keys = ['process_instances', 'element_instances', 'jobs', 'process_definitions', 'deployments'].flatMap((table) => engine.rows(`SELECT key FROM ${table}`).map((row) => Number(row['key'])));
  expect(new Set(keys).size).toBe(keys.length);
  expect(Math.min(...keys)).toBe(2 ** 51 + 1);
});

test('after closing nothing is accepted', async () => {
  const engine = startEngine();
  await engine.core.close();
  await expect(engine.core.submit(create('one'))).rejects.toThrow('The engine is closed.');
});
