// Instances are written once a command: what a command's later steps and the commands after it see is what its steps so far have made.
import { expect, test } from 'vitest';
import { dumpRebuilt, dumpTables } from '../dump-store.ts';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { writtenStatements } from '../written-statements.ts';

/** The writes of instances during the work, as `INSERT table` and `UPDATE table`. */
const writesOf = async (work: () => Promise<unknown>) =>
  (await writtenStatements(work)).flatMap((sql) => {
    const [, verb = '', table = ''] = /^(INSERT|UPDATE)(?: INTO)?\s+(process_instances|element_instances)\b/.exec(sql) ?? [];
    return table === '' ? [] : [`${verb} ${table}`];
  });

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
