// Batch operations in the core: they go on after a crash, let callers through between items, and set a defect's item aside.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

const oneJob = buildProcess('one', (p) => p.start().service('work').end());

test('go on where they were after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'engine.db');
  const first = startEngine({ file });
  await first.deploy(oneJob);
  const keys: number[] = [];
  for (let n = 0; n < 120; n++) keys.push(await first.start('one'));
  const created = await first.accepted({ type: 'batch-operation.create', plan: { type: 'CANCEL_PROCESS_INSTANCE' }, items: keys.map((key) => ({ itemKey: key, processInstanceKey: key })) });
  const done = () => first.rows(`SELECT count(*) AS n FROM batch_operation_items WHERE state = 'COMPLETED'`)[0]?.['n'];
  await first.accepted({ type: 'batch-operation.suspend', ...created });
  expect(done()).toBeLessThan(120);
  await first.accepted({ type: 'batch-operation.resume', ...created });
  await first.core.close();

  const second = startEngine({ file });
  await second.core.settled();
  expect(second.rows('SELECT state, completed, failed FROM batch_operations')).toEqual([{ state: 'COMPLETED', completed: 120, failed: 0 }]);
  expect(keys.every((key) => second.stateOf(key) === 'TERMINATED')).toBe(true);
});

test('let what callers ask through between their items', async () => {
  const engine = startEngine();
  await engine.deploy(oneJob);
  const items = Array.from({ length: 2000 }, (_, n) => ({ itemKey: n, processInstanceKey: n }));
  await engine.accepted({ type: 'batch-operation.create', plan: { type: 'CANCEL_PROCESS_INSTANCE' }, items });
  await engine.start('one');
  const [{ n } = { n: 0 }] = engine.rows(`SELECT count(*) AS n FROM batch_operation_items WHERE state = 'ACTIVE'`);
  expect(Number(n)).toBeGreaterThan(1000);
  await engine.core.settled();
  expect(engine.rows('SELECT state, completed, failed, due_at FROM batch_operations')).toEqual([{ state: 'COMPLETED', completed: 0, failed: 2000, due_at: null }]);
  expect(engine.rows('SELECT DISTINCT error_message FROM batch_operation_items WHERE item_key = 7')).toEqual([{ error_message: "Expected to cancel a process instance with key '7', but no such process was found" }]);
});

test('move tokens inside the scope in which they are, and end each with what belongs to it', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('deep', (p) => p.start().sub('scope', (s) => s.start('is').service('a').service('b').end('ie')).end()));
  const key = await engine.start('deep');
  const moving = async (source: string, target: string) => {
    await engine.accepted({ type: 'batch-operation.create', plan: { type: 'MODIFY_PROCESS_INSTANCE', moves: [{ source, target }] }, items: [{ itemKey: key, processInstanceKey: key }] });
    await engine.core.settled();
    return engine.rows('SELECT error_message FROM batch_operation_items ORDER BY id DESC LIMIT 1')[0]?.['error_message'];
  };
  const scope = engine.elementKey(key, 'scope');
  expect(await moving('a', 'b')).toBeNull();
  expect(engine.rows(`SELECT element_id, scope_key FROM element_instances WHERE state = 'ACTIVE' AND element_id <> 'scope'`)).toEqual([{ element_id: 'b', scope_key: scope }]);
  expect(await moving('b', 'nowhere')).toContain('could not be found');
  expect(engine.rows(`SELECT key FROM jobs WHERE phase = 'ACTIVATABLE'`)).toHaveLength(1);
});
