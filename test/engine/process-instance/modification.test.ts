// Modification of a running instance and a start at chosen elements; facts and sentences measured on Zeebe 8.8.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { executionListeners, extended } from '../listeners.ts';

const diagram = buildProcess('p', (p) => p.start('s').service('a')
  .sub('sub', (s) => s.start('is').service('b').sub('inner', (i) => i.start('iis').service('c').end('iie')).end('ie')).service('d').end('e')
  .boundary('late', 'a', { timer: { duration: 'PT1H' } }).end('e2')
  .boundary('slow', 'sub', { timer: { duration: 'PT2H' } }).end('e3'));

async function running() {
  const engine = startEngine();
  await engine.deploy(diagram);
  const key = await engine.start('p', { x: 1 });
  const at = (id: string) => engine.elementKey(key, id);
  const command = (activate: object[], terminate: number[] = []) =>
    ({ type: 'process-instance.modify', processInstanceKey: key, activate: activate.map((one) => ({ variables: [], ...one })), terminate }) as never;
  return {
    engine, key, at,
    modify: (activate: object[], terminate: number[] = []) => engine.accepted(command(activate, terminate)),
    refused: async (activate: object[], terminate: number[] = []) => (await engine.refused(command(activate, terminate))).reason,
  };
}

test('puts a token on an element within scopes that do not run yet, and goes on from there to the end', async () => {
  const { engine, key, at, modify } = await running();
  await modify([{ elementId: 'c', variables: [{ variables: { g: 1 } }, { scopeId: 'sub', variables: { l: 2 } }, { scopeId: 'c', variables: { own: 3 } }] }]);
  expect(engine.path(key)).toEqual(['s', 'a:ACTIVE', 'sub:ACTIVE', 'inner:ACTIVE', 'c:ACTIVE']);
  expect(engine.variables(key)).toEqual({ x: 1, g: 1 });
  expect(engine.variables(at('sub'))).toEqual({ l: 2 });
  expect(engine.variables(at('c'))).toEqual({ own: 3 });
  expect(engine.rows('SELECT element_id FROM timers ORDER BY element_id')).toEqual([{ element_id: 'late' }, { element_id: 'slow' }]);
  await engine.work('c');
  await engine.work('d');
  expect(engine.stateOf(key)).toBe('ACTIVE');
  for (const type of ['a', 'b', 'c', 'd']) await engine.work(type);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('takes the scope that runs, and makes one for several instructions', async () => {
  const { engine, key, modify } = await running();
  await modify([{ elementId: 'b' }, { elementId: 'c' }]);
  await modify([{ elementId: 'c' }]);
  expect(engine.path(key)).toEqual(['s', 'a:ACTIVE', 'sub:ACTIVE', 'inner:ACTIVE', 'b:ACTIVE', 'c:ACTIVE', 'c:ACTIVE']);
});

test('moves a token from one element to another', async () => {
  const { engine, key, at, modify } = await running();
  await modify([{ elementId: 'd' }], [at('a')]);
  expect(engine.path(key)).toEqual(['s', 'a:TERMINATED', 'd:ACTIVE']);
  await engine.work('d');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('ends scopes and the instance when nothing is left in them', async () => {
  const { engine, key, at, modify } = await running();
  await modify([{ elementId: 'c' }], [at('a')]);
  await modify([], [at('c')]);
  expect(engine.path(key)).toEqual(['s', 'a:TERMINATED', 'sub:TERMINATED', 'inner:TERMINATED', 'c:TERMINATED']);
  expect(engine.stateOf(key)).toBe('TERMINATED');
  expect(engine.rows('SELECT key FROM timers')).toEqual([]);
});

test('ends a scope with all in it, and the whole instance by its own key', async () => {
  const { engine, key, at, modify } = await running();
  await modify([{ elementId: 'c' }]);
  await modify([], [at('sub'), at('c')]);
  expect(engine.path(key)).toEqual(['s', 'a:ACTIVE', 'sub:TERMINATED', 'inner:TERMINATED', 'c:TERMINATED']);
  await modify([], [key]);
  expect(engine.stateOf(key)).toBe('TERMINATED');
});

test('puts a token on a joining gateway without waiting for the others', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start('s').parallel('fork').service('a').parallel('join').end('e').from('fork').service('b').connect('b', 'join')));
  const key = await engine.start('p');
  await engine.accepted({ type: 'process-instance.modify', processInstanceKey: key, activate: [{ elementId: 'join', variables: [] }], terminate: [engine.elementKey(key, 'a'), engine.elementKey(key, 'b')] });
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('refuses what cannot be done, and changes nothing', async () => {
  const { engine, key, at, modify, refused } = await running();
  const of = "Expected to modify instance of process 'p' but it contains one or more";
  expect(await refused([{ elementId: 'zz' }, { elementId: 'd' }])).toBe(`${of} activate instructions with an element that could not be found: 'zz'`);
  expect(await refused([{ elementId: 's' }, { elementId: 'late' }])).toContain(`${of} activate instructions for elements that are unsupported: 's', 'late'. The activation of elements with type 'START_EVENT', 'BOUNDARY_EVENT' is not supported.`);
  expect(await refused([], [4711, 4712])).toBe(`${of} terminate instructions with an element instance that could not be found: '4711', '4712'`);
  expect(await refused([{ elementId: 'd', ancestorKey: at('a') }])).toBe(`${of} activate instructions with an ancestor scope key that does not exist, or is not in an active state: '${at('a')}'`);
  expect(await refused([{ elementId: 'c', variables: [{ scopeId: 'd', variables: {} }] }])).toContain(`${of} variable instructions with a scope element that doesn't belong to the activating element's flow scope.`);
  expect(await refused([{ elementId: 'c', variables: [{ scopeId: 'zz', variables: {} }] }])).toBe(`${of} variable instructions with a scope element id that could not be found: 'zz'`);
  expect(engine.path(key)).toEqual(['s', 'a:ACTIVE']);
  await modify([{ elementId: 'sub' }]);
  await modify([{ elementId: 'sub' }]);
  expect(await refused([{ elementId: 'b' }])).toContain(`${of} activate instructions for an element that has a flow scope with more than one active instance: 'sub'.`);
  await modify([{ elementId: 'b', ancestorKey: at('sub') }]);
  expect(engine.rows(`SELECT count(*) AS jobs FROM jobs WHERE type = 'b'`)).toEqual([{ jobs: 3 }]);
});

test('refuses an instance that does not run', async () => {
  const { engine, key } = await running();
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(await engine.refused({ type: 'process-instance.modify', processInstanceKey: key, activate: [], terminate: [] })).toEqual({ code: 'NOT_FOUND', reason: `Expected to modify process instance but no process instance found with key '${key}'` });
});

test('starts at chosen elements instead of the start event', async () => {
  const engine = startEngine();
  await engine.deploy(diagram);
  const create = (...startAt: string[]) => ({ type: 'process-instance.create', definition: { bpmnProcessId: 'p' }, variables: { x: 1 }, tags: ['t'], startAt }) as const;
  const { processInstanceKey: key } = await engine.accepted(create('b', 'd'));
  expect(engine.path(key)).toEqual(['sub:ACTIVE', 'b:ACTIVE', 'd:ACTIVE']);
  for (const type of ['d', 'b', 'c', 'd']) await engine.work(type);
  expect(engine.stateOf(key)).toBe('COMPLETED');
  expect((await engine.refused(create('zz'))).reason).toBe("Expected to create instance of process with start instructions but no element found with id 'zz'.");
  expect((await engine.refused(create('late'))).reason).toContain("Expected to create instance of process with start instructions but the element with id 'late' targets unsupported element type 'BOUNDARY_EVENT'.");
});

test('starts at chosen elements once the listeners of the process are done', async () => {
  const engine = startEngine();
  await engine.deploy(diagram.replace('isExecutable="true">', `isExecutable="true">${extended(executionListeners(['start', 'first']))}`));
  const { processInstanceKey: key } = await engine.accepted({ type: 'process-instance.create', definition: { bpmnProcessId: 'p' }, variables: {}, startAt: ['c'] });
  expect(engine.path(key)).toEqual([]);
  await engine.work('first');
  expect(engine.path(key)).toEqual(['sub:ACTIVE', 'inner:ACTIVE', 'c:ACTIVE']);
});
