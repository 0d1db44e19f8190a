// Ad-hoc sub-process: elements activated by an expression and by callers, until a condition holds; facts measured on Zeebe 8.8.
import { expect, test } from 'vitest';
import { buildProcess } from '../build-process.ts';
import { startEngine } from '../engine-under-test.ts';
import { extended, job } from '../listeners.ts';
import { diagram as diagramFile, refuses, runs } from './diagrams.ts';

const service = (id: string) => `<bpmn:serviceTask id="${id}">${extended(job(id))}</bpmn:serviceTask>`;
const inside = `${service('A')}${service('B')}<bpmn:sequenceFlow id="a-b" sourceRef="A" targetRef="B"/>${service('C')}<bpmn:task id="D" name="Look"/>`;
const condition = (text: string) => `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${text}</bpmn:completionCondition>`;
const diagram = ({ adHoc = 'activeElementsCollection="=els"', more = '', attributes = {}, content = inside }: { adHoc?: string; more?: string; attributes?: Record<string, string>; content?: string } = {}) =>
  buildProcess('p', (p) => p.start('s').add('adHocSubProcess', 'ah', extended(`<zeebe:adHoc ${adHoc}/>`) + content + more, attributes).end('e'));

async function running(variables: Record<string, unknown>, given: Parameters<typeof diagram>[0] = {}) {
  const engine = startEngine();
  await engine.deploy(diagram(given));
  const key = await engine.start('p', variables as never);
  const adHocKey = engine.elementKey(key, 'ah');
  const command = (elements: (string | { elementId: string; variables: object })[], cancelRemaining = false) =>
    ({ type: 'ad-hoc.activate', adHocSubProcessInstanceKey: adHocKey, elements: elements.map((one) => (typeof one === 'string' ? { elementId: one, variables: {} } : one)), cancelRemaining }) as never;
  return { engine, key, adHocKey, command, path: () => engine.path(key).map((one) => String(one).replace('ah#innerInstance', 'inner')) };
}

test('activates the elements of the collection, each in a scope of its own, and ends when all are done', async () => {
  const { engine, key, adHocKey, path } = await running({ els: ['A', 'C'] });
  expect(path()).toEqual(['s', 'ah:ACTIVE', 'inner:ACTIVE', 'A:ACTIVE', 'inner:ACTIVE', 'C:ACTIVE']);
  expect(engine.variables(adHocKey)).toEqual({ adHocSubProcessElements: [{ elementId: 'A' }, { elementId: 'C' }, { elementId: 'D', elementName: 'Look' }] });
  await engine.work('C');
  await engine.work('A');
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.work('B');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('waits for callers when nothing is activated', async () => {
  const { engine, key, command, path } = await running({ els: [] });
  expect(path()).toEqual(['s', 'ah:ACTIVE']);
  await engine.accepted(command([{ elementId: 'C', variables: { own: 1 } }, 'D']));
  expect(path()).toEqual(['s', 'ah:ACTIVE', 'inner:ACTIVE', 'C:ACTIVE', 'inner', 'D']);
  expect((await engine.oneJob('C')).variables).toMatchObject({ own: 1 });
  expect(engine.variables(key)).toEqual({ els: [] });
});

test('ends what runs when a caller says so, and itself when nothing else comes', async () => {
  const { engine, key, command, path } = await running({ els: ['A'] });
  await engine.accepted(command(['C'], true));
  expect(path()).toEqual(['s', 'ah:ACTIVE', 'inner:TERMINATED', 'A:TERMINATED', 'inner:ACTIVE', 'C:ACTIVE']);
  await engine.accepted(command(['A', 'C']));
  await engine.work('C');
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.accepted(command([], true));
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('ends the rest when the completion condition holds', async () => {
  const { engine, key, path } = await running({ els: ['A', 'C'], done: false }, { more: condition('=done') });
  await engine.work('C', { done: true });
  expect(path()).toEqual(['s', 'ah', 'inner:TERMINATED', 'A:TERMINATED', 'inner', 'C', 'e']);
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('lets the rest run to its end when the diagram says so', async () => {
  const { engine, key } = await running({ els: ['A', 'C'], done: false }, { more: condition('=done'), attributes: { cancelRemainingInstances: 'false' } });
  await engine.work('C', { done: true });
  await engine.work('A');
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.work('B');
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('stays open as long as the condition does not hold, and raises an incident when it fails', async () => {
  const { engine, key, command } = await running({ els: ['C'], done: false }, { more: condition('=done') });
  await engine.work('C');
  expect(engine.stateOf(key)).toBe('ACTIVE');
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { done: 'yes' }, local: false });
  await engine.accepted(command(['C']));
  await engine.work('C');
  expect(engine.incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', element: 'ah#innerInstance' }]);
  await engine.accepted({ type: 'variable.set', elementInstanceKey: key, variables: { done: true }, local: false });
  await engine.accepted({ type: 'incident.resolve', incidentKey: engine.incidents()[0]!.key });
  expect(engine.stateOf(key)).toBe('COMPLETED');
});

test('collects what each gives, in the order in which they end', async () => {
  const { engine, key } = await running({ els: ['A', 'C'] }, { adHoc: 'activeElementsCollection="=els" outputCollection="res" outputElement="=r"' });
  await engine.work('C', { r: 7 });
  await engine.work('A', { r: 8 });
  await engine.work('B', { r: 9 });
  expect(engine.variables(key)).toEqual({ els: ['A', 'C'], res: [7, 9] });
});

test.each([[{ els: null }], [{ els: [1] }], [{ els: ['zz', 'B'] }]])('raises an incident when the collection is %j', async (variables) => {
  const { engine } = await running(variables);
  expect(engine.incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', element: 'ah' }]);
});

test('refuses elements that are not there or that a flow leads to, and an instance that does not run', async () => {
  const { engine, key, adHocKey, command } = await running({ els: ['A'] });
  expect(await engine.refused(command(['zz', 'B']))).toEqual({ code: 'NOT_FOUND', reason: `Expected to activate activities for ad-hoc sub-process with key '${adHocKey}', but the given elements [zz, B] do not exist.` });
  await engine.accepted({ type: 'process-instance.cancel', processInstanceKey: key });
  expect(await engine.refused(command(['A']))).toEqual({ code: 'NOT_FOUND', reason: `Expected to activate activities for ad-hoc sub-process but no ad-hoc sub-process instance found with key '${adHocKey}'.` });
});

test.each([
  ['nothing in it', { content: '' }, 'Must have at least one activity.'],
  ['a start event', { content: `${inside}<bpmn:startEvent id="x"/>` }, 'Must not contain a start event.'],
  ['an end event', { content: `${inside}<bpmn:endEvent id="x"/>` }, 'Must not contain an end event.'],
  ['a job beside active elements', { adHoc: 'activeElementsCollection="=els"/><zeebe:taskDefinition type="agent"' }, 'Must not define activeElementsCollection in combination with zeebe:taskDefinition.'],
  ['an event sub-process that interrupts', { content: `${inside}<bpmn:subProcess id="esp" triggeredByEvent="true"><bpmn:startEvent id="es"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:startEvent></bpmn:subProcess>` }, 'An interrupting event subprocess is not allowed inside an ad-hoc subprocess'],
])('is refused with %s', async (_what, given, reason) => {
  expect((await startEngine().refused({ type: 'deployment.create', resources: [{ name: 'p.bpmn', content: diagram(given) }] })).reason).toContain(reason);
});

// The two diagrams of this element.
test('runs the elements that it names', () => runs('ad-hoc-sub-process', { drive: (engine) => engine.work('work'), path: ['start', 'any', 'any#innerInstance', 'work', 'end'] }));

test('an ad-hoc sub-process without activity is refused', () => refuses('ad-hoc-sub-process', 'Element: x', 'Must have at least one activity.'));

test('refuses to activate elements while its end listener works', async () => {
  const engine = startEngine();
  await engine.deploy(diagramFile('ad-hoc-sub-process').replace('<zeebe:adHoc', '<zeebe:executionListeners><zeebe:executionListener eventType="end" type="closing"/></zeebe:executionListeners><zeebe:adHoc'));
  const key = await engine.start('good');
  await engine.work('work');
  const adHocSubProcessInstanceKey = engine.elementKey(key, 'any');
  expect(await engine.refused({ type: 'ad-hoc.activate', adHocSubProcessInstanceKey, elements: [{ elementId: 'work', variables: {} }], cancelRemaining: false }))
    .toEqual({ code: 'INVALID_STATE', reason: `Expected to activate activities for ad-hoc sub-process with key '${adHocSubProcessInstanceKey}', but it is not active.` });
});
