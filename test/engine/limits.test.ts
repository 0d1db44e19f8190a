// What is too large, too deep or without end becomes a clear error or an incident, and every other instance goes on.
import { expect, test } from 'vitest';
import { buildProcess } from './build-process.ts';
import { startEngine } from './engine-under-test.ts';
import type { ScopeBuilder } from './build-process.ts';

/** Why the file is refused; an instance that runs meanwhile goes on, and nothing of the file is left. */
async function refusal(content: string, name = 'p.bpmn'): Promise<string> {
  const engine = startEngine();
  await engine.deploy(other);
  const bystander = await engine.start('other');
  const [{ reason }] = await Promise.all([engine.refused({ type: 'deployment.create', resources: [{ name, content }] }), engine.work('o')]);
  expect(engine.stateOf(bystander)).toBe('COMPLETED');
  await goesOn(engine);
  expect(engine.rows('SELECT bpmn_process_id FROM process_definitions')).toEqual([{ bpmn_process_id: 'other' }]);
  return reason;
}

/** Another process that must work before and after. */
const other = buildProcess('other', (p) => p.start().service('o').end());
async function goesOn(engine: ReturnType<typeof startEngine>) {
  const key = await engine.start('other');
  await engine.work('o');
  expect(engine.stateOf(key)).toBe('COMPLETED');
}

test('a diagram of 5,000 elements is deployed and run', async () => {
  const engine = startEngine();
  const chain = (p: ScopeBuilder) => {
    p.start();
    for (let index = 0; index < 4_997; index++) p.add('task', `t${index}`);
    return p.service('last').end('e');
  };
  const began = performance.now();
  await engine.deploy(buildProcess('long', chain), other);
  expect(performance.now() - began, 'milliseconds for the deployment').toBeLessThan(10_000);
  const key = await engine.start('long');
  await engine.core.settled();
  await engine.work('last');
  expect(engine.stateOf(key)).toBe('COMPLETED');
  await goesOn(engine);
}, 30_000);

const nested = (depth: number, inner: (p: ScopeBuilder) => ScopeBuilder): ((p: ScopeBuilder) => ScopeBuilder) =>
  depth === 0 ? inner : (p) => p.start(`s${depth}`).sub(`sub${depth}`, nested(depth - 1, inner)).end(`e${depth}`);

test('100 sub-processes within one another run, and end when they are canceled', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('deep', nested(100, (p) => p.start('s').service('bottom').end('e'))));
  const [completed, canceled] = [await engine.start('deep'), await engine.start('deep')];
  await engine.work('bottom');
  await engine.core.settled();
  expect(engine.stateOf(completed)).toBe('COMPLETED');
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: canceled });
  await engine.core.settled();
  expect(engine.rows(`SELECT count(*) AS active FROM element_instances WHERE state = 'ACTIVE'`)).toEqual([{ active: 0 }]);
  await engine.deploy(other);
  await goesOn(engine);
});

test('a loop that never waits is refused', async () => {
  expect(await refusal(buildProcess('p', (p) => p.start().exclusive('again', 'end').add('task', 'count').connect('count', 'again').from().end('end').otherwise('again', 'end'))))
    .toMatch(/straight-through processing loop/);
});

test('a process that calls itself stops at a depth of 1,000 with an incident', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('self', (p) => p.start('s').call('again', 'self').end('e')), other);
  const key = await engine.start('self');
  await engine.core.settled();
  expect(engine.incidents()).toMatchObject([{ type: 'CALLED_ELEMENT_ERROR', element: 'again', message: expect.stringContaining('The call activity has reached the maximum depth of 1000.') }]);
  expect(engine.rows('SELECT count(*) AS running, max(call_depth) AS depth FROM process_instances WHERE end_date IS NULL')).toEqual([{ running: 1_000, depth: 1_000 }]);
  await goesOn(engine);
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  await engine.core.settled();
  expect(engine.rows('SELECT count(*) AS running FROM process_instances WHERE end_date IS NULL')).toEqual([{ running: 0 }]);
}, 30_000);

test.each([
  ['counts without end', '=count(for i in 1..1000000000 return i)'],
  ['calls itself without end', '={f: function(n) f(n + 1), r: f(1)}.r'],
  ['builds a text without end', '=string join(for i in 1..1000000 return "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")'],
])('an expression that %s becomes an incident', async (_what, expression) => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start().script('think', expression, 'r').end()), other);
  const key = await engine.start('p');
  const [incident] = engine.incidents();
  // A function does not know itself by name in FEEL, so its call is null and the process goes on.
  if (incident === undefined) expect(engine.variables(key)).toEqual({ r: null });
  else expect(incident).toMatchObject({ type: 'EXTRACT_VALUE_ERROR', element: 'think' });
  await goesOn(engine);
});

test.each([[300, 'the expression nests deeper than 200 levels'], [5_000, 'failed to parse expression']])('an expression that nests %i levels is refused at deployment, in a short message', async (levels, reason) => {
  const deep = `=${'('.repeat(levels)}1${')'.repeat(levels)}`;
  const message = await refusal(buildProcess('p', (p) => p.start().script('think', deep, 'r').end()));
  expect(message).toContain(reason);
  expect(message.length).toBeLessThan(1_500);
});

test('variables of 4 MiB are kept; a worker for which that is too much is told so by an incident, and gets the job when it asks for less', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start().service('a', {}, { inputs: { copy: '=large' } }).end()), other);
  const large = 'ä'.repeat(2 * 1024 * 1024 - 20);
  const key = await engine.start('p', { large });
  expect(await engine.activate('a')).toEqual([]);
  expect(engine.incidents()).toMatchObject([{ type: 'MESSAGE_SIZE_EXCEEDED', element: 'a', message: expect.stringContaining('with 8.0 MB it is larger than the configured message size') }]);
  await goesOn(engine);
  await engine.accepted({ type: 'incident.resolve', incidentKey: engine.incidents()[0]!.key });
  const [job] = await engine.activate('a', { fetchVariables: ['copy'] });
  expect(job?.variables).toEqual({ copy: large });
  await engine.accepted({ type: 'job.complete', jobKey: job!.key, variables: { result: large } });
  expect(engine.stateOf(key)).toBe('COMPLETED');
  await goesOn(engine);
});

const bomb = `<?xml version="1.0"?><!-- laughs --><!DOCTYPE lolz [<!ENTITY a "${'ha'.repeat(10)}"><!ENTITY b "${'&a;'.repeat(10)}"><!ENTITY c "${'&b;'.repeat(10)}">]>`;
const fromOutside = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>';
const withoutHead = (xml: string) => xml.replace(/<\?xml.*?\?>/, '');

test.each([['an XML bomb', bomb], ['an external entity', fromOutside]])('%s is refused', async (_what, head) => {
  const bpmn = head + withoutHead(buildProcess('p', (p) => p.start().add('task', 't', '<bpmn:documentation>&c;&file;</bpmn:documentation>').end()));
  expect(await refusal(bpmn)).toContain('a DOCTYPE is not allowed');
  const dmn = `${head}<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="&c;" namespace="n"><decision id="x" name="x"><literalExpression><text>1</text></literalExpression></decision></definitions>`;
  expect(await refusal(dmn, 'd.dmn')).toContain('a DOCTYPE is not allowed');
});

test('a diagram that speaks of a DOCTYPE only in its text is deployed', async () => {
  const engine = startEngine();
  await engine.deploy(buildProcess('p', (p) => p.start().add('task', 't', '<bpmn:documentation><![CDATA[<!DOCTYPE html>]]></bpmn:documentation>').end()));
});

test.each([['cut in the middle', '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="p"'], ['no XML', '\u0000\u0001'], ['empty', '']])('a file that is %s is refused', async (_what, content) => {
  expect(await refusal(content)).toMatch(/p\.bpmn/);
});

const ring = (p: ScopeBuilder) => p.start().exclusive('merge').exclusive('spin').connect('spin', 'merge');
const twice = (p: ScopeBuilder) => p.start('s').parallel('fork').call('left', 'tree').end('l').from('fork').call('right', 'tree').end('r');
const wide = (p: ScopeBuilder) => p.start().script('each', '=item', 'out').each({ over: '=for i in 1..50000 return i', as: 'item', collect: ['results', '=out'] }).end();

test.each([
  ['a cycle without a wait state', ring],
  ['a process that calls itself twice, and each of those twice again', twice],
  ['a multi-instance of 50,000', wide],
])('%s: instances that began before and after it go on, it can be seen and canceled', async (_what, draw) => {
  const engine = startEngine();
  await engine.deploy(buildProcess('tree', draw), other);
  const before = await engine.start('other');
  const bad = await engine.start('tree');
  const { batches, unfinishedTurns } = engine.core.metrics();
  expect(unfinishedTurns).toBe(1);
  await engine.work('o');
  expect(engine.stateOf(before)).toBe('COMPLETED');
  await goesOn(engine);
  // Five commands, each in one of the next batches.
  expect(engine.core.metrics().batches - batches).toBeLessThanOrEqual(12);
  expect(engine.stateOf(bad)).toBe('ACTIVE');
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: bad });
  await engine.core.settled();
  expect(engine.rows(`SELECT count(*) AS active FROM process_instances WHERE state = 'ACTIVE'`)).toEqual([{ active: 0 }]);
  expect(engine.core.metrics()).toMatchObject({ unfinishedTurns: 0, defects: 0 });
}, 60_000);
