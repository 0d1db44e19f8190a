// Migration of a running instance to another definition; facts and sentences measured on Zeebe 8.8.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine, START } from '../engine-under-test.ts';

const HOUR = 3_600_000;
const go = { message: { name: 'go', key: '=k' } };
const source = buildProcess('p', (p) => p.start('s').service('a').end('e').boundary('t1', 'a', { timer: { duration: 'PT1H' } }).end('e1').boundary('m1', 'a', go).end('e2'));
const target = buildProcess('q', (p) => p.start('s').service('a2', { type: 'new' }).service('more').end('e')
  .boundary('t2', 'a2', { timer: { duration: 'PT2H' } }).end('e1').boundary('m2', 'a2', { message: { name: 'go2', key: '=k' } }).end('e2'));

async function deployed(...diagrams: string[]) {
  const engine = startEngine();
  await engine.deploy(...diagrams);
  const definition = (id: string) => Number(engine.rows('SELECT key FROM process_definitions WHERE bpmn_process_id = ? ORDER BY version DESC', id)[0]!['key']);
  const command = (key: number, id: string, mapping: Record<string, string>) =>
    ({ type: 'process-instance.migrate', processInstanceKey: key, targetProcessDefinitionKey: definition(id), mapping: Object.entries(mapping).map(([from, to]) => ({ source: from, target: to })) }) as const;
  return {
    engine,
    migrate: (key: number, id: string, mapping: Record<string, string>) => engine.accepted(command(key, id, mapping)),
    refused: async (key: number, id: string, mapping: Record<string, string>) => {
      const { code, reason } = await engine.refused(command(key, id, mapping));
      return `${code}: ${reason.replaceAll(String(key), '<key>')}`;
    },
  };
}

test('moves what runs to the mapped elements; the job keeps its type, the way goes on in the target', async () => {
  const { engine, migrate } = await deployed(source, target);
  const key = await engine.start('p', { k: '1' });
  await migrate(key, 'q', { a: 'a2' });
  const [instance] = engine.rows('SELECT bpmn_process_id, process_definition_key FROM process_instances');
  expect(instance).toMatchObject({ bpmn_process_id: 'q' });
  expect(engine.rows('SELECT element_id, type, state, bpmn_process_id FROM jobs')).toEqual([{ element_id: 'a2', type: 'a', state: 'MIGRATED', bpmn_process_id: 'q' }]);
  await engine.work('a');
  await engine.work('more');
  expect(engine.path(key)).toEqual(['s', 'a2', 'more', 'e']);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('leaves boundary events behind that are not mapped, and waits for those of the target', async () => {
  const { engine, migrate } = await deployed(source, target);
  const key = await engine.start('p', { k: '1' });
  await engine.passTime(HOUR / 2);
  await migrate(key, 'q', { a: 'a2' });
  expect(engine.rows('SELECT element_id, due_at FROM timers')).toEqual([{ element_id: 't2', due_at: START + HOUR / 2 + 2 * HOUR }]);
  expect(engine.rows('SELECT element_id, message_name FROM message_subscriptions WHERE open = 1')).toEqual([{ element_id: 'm2', message_name: 'go2' }]);
});

test('keeps the due date and the message name of boundary events that are mapped', async () => {
  const { engine, migrate } = await deployed(source, target);
  const key = await engine.start('p', { k: '1' });
  await migrate(key, 'q', { a: 'a2', t1: 't2', m1: 'm2' });
  expect(engine.rows('SELECT element_id, due_at FROM timers')).toEqual([{ element_id: 't2', due_at: START + HOUR }]);
  await engine.accepted({ type: 'message.publish', name: 'go', correlationKey: '1', timeToLive: 0, variables: {} });
  expect(engine.path(key)).toEqual(['s', 'a2:TERMINATED', 'm2', 'e2']);
});

test('takes user tasks, incidents and inner elements along', async () => {
  const { engine, migrate } = await deployed(
    buildProcess('p', (p) => p.start('s').sub('sub', (s) => s.start('is').user('u', { assignee: 'anna' }).end('ie')).end('e')),
    buildProcess('q', (p) => p.start('s').sub('part', (s) => s.start('is').user('v', { assignee: 'bert' }).service('x', { type: '=t' }).end('ie')).end('e')),
    buildProcess('r', (p) => p.start('s').sub('part', (s) => s.start('is').service('y', { type: '=t' }).end('ie')).end('e')));
  const key = await engine.start('p');
  await migrate(key, 'q', { sub: 'part', u: 'v' });
  const task = engine.openTask();
  expect(task).toMatchObject({ element_id: 'v', assignee: 'anna', bpmn_process_id: 'q' });
  await engine.accepted({ type: 'user-task.complete', userTaskKey: task.key, variables: {} });
  await migrate(key, 'r', { part: 'part', x: 'y' });
  expect(engine.incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', element: 'y' }]);
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { t: 'later' }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: engine.incidents()[0]!.key });
  await engine.work('later');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('takes a token that waits at a join along when gateway and flow are mapped', async () => {
  const forked = (id: string, join: string) => buildProcess(id, (p) => p.start('s').parallel('f').service('a').parallel(join).end('e').from('f').service('b').connect('b', join));
  const { engine, migrate, refused } = await deployed(forked('p', 'j'), forked('q', 'k'));
  const key = await engine.start('p');
  await engine.work('a');
  const [waiting] = engine.rows('SELECT flow_id FROM waiting_tokens');
  const flow = String(waiting?.['flow_id']);
  expect(await refused(key, 'q', { b: 'b' })).toContain("INVALID_ARGUMENT: Expected to migrate process instance '<key>' but gateway 'j' has at least one incoming sequence flow taken.");
  expect(await refused(key, 'q', { b: 'b', j: 'k' })).toContain(`joining gateway with id 'j' has a taken sequence flow with id '${flow}'. Taken sequence flows must be mapped`);
  await migrate(key, 'q', { b: 'b', j: 'k', [flow]: flow });
  await engine.work('b');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('refuses what cannot be mapped, and changes nothing', async () => {
  const other = (id: string, build: Parameters<typeof buildProcess>[1]) => buildProcess(id, build);
  const { engine, refused } = await deployed(source, target,
    other('typed', (p) => p.start('s').user('a').end('e')),
    other('nested', (p) => p.start('s').sub('x', (s) => s.start('is').service('a').end('ie')).end('e')));
  const key = await engine.start('p', { k: '1' });
  const of = "Expected to migrate process instance '<key>' but";
  expect(await refused(key, 'q', {})).toBe(`INVALID_STATE: ${of} no mapping instruction defined for active element with id 'a'. Elements cannot be migrated without a mapping.`);
  expect(await refused(key, 'q', { zz: 'a2' })).toBe(`INVALID_ARGUMENT: ${of} mapping instructions contain a non-existing source element id 'zz'. Elements provided in mapping instructions must exist in the source process definition.`);
  expect(await refused(key, 'q', { a: 'zz' })).toBe(`INVALID_ARGUMENT: ${of} mapping instructions contain a non-existing target element id 'zz'. Elements provided in mapping instructions must exist in the target process definition.`);
  expect(await refused(key, 'typed', { a: 'a' })).toBe(`INVALID_STATE: ${of} active element with id 'a' and type 'SERVICE_TASK' is mapped to an element with id 'a' and different type 'USER_TASK'. Elements must be mapped to elements of the same type.`);
  expect(await refused(key, 'nested', { a: 'a' })).toBe(`INVALID_STATE: ${of} the flow scope of active element with id 'a' is changed. The flow scope of the active element is expected to be 'nested' but was 'x'. The flow scope of an element cannot be changed during migration yet.`);
  expect(await refused(key, 'q', { a: 'a2', t1: 'm2' })).toContain("has a catch event with id 't1' that is mapped to a catch event with id 'm2'. These catch events have different event types: 'TIMER' and 'MESSAGE'.");
  const twice = await engine.refused({ type: 'process-instance.migrate', processInstanceKey: key, targetProcessDefinitionKey: Number(engine.rows(`SELECT key FROM process_definitions WHERE bpmn_process_id = 'q'`)[0]!['key']), mapping: [{ source: 'a', target: 'a2' }, { source: 'a', target: 'a2' }] });
  expect(twice.reason).toContain("the mapping instructions contain duplicate source element ids '[a]'.");
  expect(await engine.refused({ type: 'process-instance.migrate', processInstanceKey: 99, targetProcessDefinitionKey: 1, mapping: [] })).toMatchObject({ code: 'NOT_FOUND', reason: "Expected to migrate process instance but no process instance found with key '99'" });
  expect(await engine.refused({ type: 'process-instance.migrate', processInstanceKey: key, targetProcessDefinitionKey: 4711, mapping: [] })).toMatchObject({ code: 'NOT_FOUND', reason: "Expected to migrate process instance to process definition but no process definition found with key '4711'" });
  expect(engine.rows('SELECT DISTINCT bpmn_process_id FROM process_instances')).toEqual([{ bpmn_process_id: 'p' }]);
});
