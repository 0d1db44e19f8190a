// Instances are written once a command: what a command's later steps and the commands after it see is what its steps so far have made.
import { StatementSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { dumpRebuilt, dumpTables } from '../dump-store.ts';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';

/** The writes of instances during the work, as `INSERT table` and `UPDATE table`. */
async function writesOf(work: () => Promise<unknown>): Promise<string[]> {
  const writes: string[] = [];
  const run: (this: StatementSync, ...values: never[]) => unknown = Reflect.get(StatementSync.prototype, 'run');
  const spy = vi.spyOn(StatementSync.prototype, 'run').mockImplementation(function (this: StatementSync, ...values: never[]) {
    const found = /^(INSERT INTO|UPDATE)\s+(process_instances|element_instances)\b/.exec(this.sourceSQL);
    if (found !== null) writes.push(`${found[1] === 'UPDATE' ? 'UPDATE' : 'INSERT'} ${found[2] ?? ''}`);
    return run.call(this, ...values) as ReturnType<StatementSync['run']>;
  });
  await work();
  spy.mockRestore();
  return writes;
}

test('an element that is passed within a command is written once, as it was left', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').end()));
  expect(await writesOf(() => engine.start('one'))).toEqual(['INSERT process_instances', 'INSERT element_instances', 'INSERT element_instances']);
  expect(await writesOf(() => engine.work('work'))).toEqual(['UPDATE process_instances', 'UPDATE element_instances', 'INSERT element_instances']);
  const [original, again] = [dumpTables(engine.core.db), dumpRebuilt(engine.core.db)];
  for (const table of Object.keys(original)) expect(again[table], table).toEqual(original[table]);
});

test('a defect halfway takes back the rows of its command, and the next command of the batch finds them as they were', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('one', (p) => p.start().service('work').add('task', 'doomed').end()));
  const key = await engine.start('one');
  const job = await engine.oneJob('work');
  engine.rows(`CREATE TEMP TRIGGER planted BEFORE INSERT ON main.element_instances WHEN NEW.element_id = 'doomed' BEGIN SELECT RAISE(ABORT, 'a planted defect'); END`);
  const [failed, cancelled] = await Promise.allSettled([
    engine.core.submit({ type: 'job.complete', jobKey: job.key, variables: {} }),
    engine.core.submit({ type: 'process-instance.cancel', processInstanceKey: key }),
  ]);
  expect([failed.status, cancelled.status]).toEqual(['rejected', 'fulfilled']);
  expect(engine.path(key)).toEqual(['start', 'work:TERMINATED']);
  expect(engine.stateOf(key)).toBe('TERMINATED');
});
