// What is refused at deployment: by element, with line and reason; nothing is ignored.
import { expect, test } from 'vitest';
import { readDiagram } from '../../../engine/model/read-diagram.ts';
import { buildProcess } from '../build-process.ts';
import type { ScopeBuilder } from '../build-process.ts';

const error = async (xml: string) => {
  const read = await readDiagram(xml);
  return 'error' in read ? read.error : 'accepted';
};
const built = (build: (scope: ScopeBuilder) => ScopeBuilder) => error(buildProcess('p', build));
const definition = (name: string) => `<bpmn:${name}EventDefinition/>`;

const unsupported: [string, (scope: ScopeBuilder) => ScopeBuilder, string][] = [
  ['an inclusive gateway', (p) => p.start().add('inclusiveGateway', 'x').end(), 'a InclusiveGateway is not supported'],
  ['an event-based gateway', (p) => p.start().add('eventBasedGateway', 'x').end(), 'a EventBasedGateway is not supported'],
  ['a transaction', (p) => p.start().add('transaction', 'x').end(), 'a Transaction is not supported'],
  ['an ad-hoc sub-process', (p) => p.start().add('adHocSubProcess', 'x').end(), 'a AdHocSubProcess is not supported'],
  ['an event sub-process', (p) => p.start().end().add('subProcess', 'x', '<bpmn:startEvent id="s"/>', { triggeredByEvent: 'true' }), 'an event sub-process is not supported'],
  ['multi-instance', (p) => p.start().add('task', 'x', '<bpmn:multiInstanceLoopCharacteristics/>').end(), `'bpmn:MultiInstanceLoopCharacteristics' is not supported`],
  ['a standard loop', (p) => p.start().add('task', 'x', '<bpmn:standardLoopCharacteristics/>').end(), `'bpmn:StandardLoopCharacteristics' is not supported`],
  ['a signal start event', (p) => p.from().add('startEvent', 'x', definition('signal')).end(), 'with a signal definition is not supported'],
  ['an escalation end event', (p) => p.start().add('endEvent', 'x', definition('escalation')), 'an end event with a escalation definition is not supported'],
  ['a terminate end event', (p) => p.start().add('endEvent', 'x', definition('terminate')), 'an end event with a terminate definition is not supported'],
  ['a link throw event', (p) => p.start().add('intermediateThrowEvent', 'x', '<bpmn:linkEventDefinition name="l"/>'), 'an intermediate throw event with a link definition is not supported'],
  ['a conditional catch event', (p) => p.start().add('intermediateCatchEvent', 'x', definition('conditional')).end(), 'a IntermediateCatchEvent with a conditional definition is not supported'],
  ['a compensation boundary event', (p) => p.start().service('work').end().from().add('boundaryEvent', 'x', definition('compensate'), { attachedToRef: 'work' }), 'a BoundaryEvent with a compensate definition is not supported'],
  ['a job-based user task', (p) => p.start().add('userTask', 'x').end(), 'a user task that is done by job workers is not supported'],
  ['an execution listener', (p) => p.start().add('task', 'x', '<bpmn:extensionElements><zeebe:executionListeners/></bpmn:extensionElements>').end(), `'zeebe:ExecutionListeners' is not supported on a Task`],
];

test('refuses __proto__ as the id of a process and of an element', async () => {
  const refusal = "'__proto__' cannot be an id";
  expect(await error(buildProcess('__proto__', (p) => p.start().end()))).toContain(refusal);
  expect(await built((p) => p.start().service('__proto__').end())).toContain(refusal);
});

test.each(unsupported)('refuses %s by its id and line', async (_what, build, reason) => {
  const found = await built(build);
  expect(found).toContain(reason);
  expect(found).toMatch(/Element: x \(line \d+\)/);
});

const wrong: [string, (scope: ScopeBuilder) => ScopeBuilder, string][] = [
  ['a service task without a job type', (p) => p.start().add('serviceTask', 'x').end(), `must have exactly one 'zeebe:taskDefinition'`],
  ['no start event', (p) => p.service('x').end(), 'must have at least one start event'],
  ['two none start events', (p) => p.start('a').end('c').start('b').end('d'), 'multiple none start events are not allowed'],
  ['a gateway flow without condition', (p) => p.start().exclusive('x').end('a').from('x').end('b'), 'must have a condition or be the default flow'],
  ['a condition that is no expression', (p) => p.start().exclusive('x').connect('x', 'y', 'amount').from().end('y'), `the condition 'amount' must be an expression`],
  ['a condition on the flow of a task', (p) => p.start().service('x').connect('x', 'y', '=true').from().end('y'), 'a condition is supported only on a flow that leaves an exclusive gateway'],
  ['an expression that is no FEEL', (p) => p.start().script('x', '=1 +', 'y').end(), `failed to parse expression '=1 +'`],
  ['a message without correlation key', (p) => p.start().catch('x', { message: { name: 'm' } }).end(), 'must have a zeebe:subscription with a correlation key'],
  ['a catch event without definition', (p) => p.start().add('intermediateCatchEvent', 'x').end(), 'must have a timer or a message'],
  ['a timer without time', (p) => p.start().add('intermediateCatchEvent', 'x', definition('timer')).end(), 'exactly one of timeDuration, timeDate and timeCycle'],
  ['a cycle on an interrupting boundary event', (p) => p.start().service('w').end().boundary('x', 'w', { timer: { cycle: 'R/PT1H' } }).end('y'), 'an interrupting boundary event must not have a timer cycle'],
  ['an error boundary event that does not interrupt', (p) => p.start().service('w').end().boundary('x', 'w', { error: 'E' }, { nonInterrupting: true }).end('y'), 'an error boundary event must be interrupting'],
  ['an error end event without code', (p) => p.start().add('endEvent', 'x', definition('error')), 'must have an error with an error code'],
  ['a sub-process without start event', (p) => p.start().sub('x', (s) => s.service('w')).end(), 'must have exactly one start event'],
  ['a call activity without called element', (p) => p.start().add('callActivity', 'x').end(), `must have exactly one 'zeebe:calledElement'`],
  ['a mapping to no name', (p) => p.start().service('x', {}, { inputs: { 'a b': '=1' } }).end(), `the target 'a b' of a variable mapping`],
  ['two error events with one code on a task', (p) => p.start().service('w').end().boundary('x', 'w', { error: 'E' }).end('y').boundary('z', 'w', { error: 'E' }).end('v'), `more than one error event with the code 'E'`],
  ['an end event with an outgoing flow', (p) => p.start().end('x').from('x').service('y').end('z'), 'an end event must not have outgoing flows'],
];

test.each(wrong)('refuses %s', async (_what, build, reason) => {
  expect(await built(build)).toContain(reason);
});

test('names every problem at once, with name, line and reason', async () => {
  const found = await error(`<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">
  <bpmn:process id="p" isExecutable="true">
    <bpmn:startEvent id="s"/>
    <bpmn:inclusiveGateway id="which" name="Which way?"/>
    <bpmn:serviceTask id="work"/>
  </bpmn:process>
</bpmn:definitions>`);
  expect(found).toContain('- Element: which "Which way?" (line 5) - ERROR: a InclusiveGateway is not supported');
  expect(found).toContain('- Element: work (line 6) - ERROR:');
});

test.each([
  ['a tag that is not closed', '<?xml version="1.0"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">\n<bpmn:process id="p">\n<bpmn:task id="t">\n</bpmn:process></bpmn:definitions>', 'line 5'],
  ['a broken attribute', '<?xml version="1.0"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">\n<bpmn:process id="p" </bpmn:definitions>', 'line 3'],
  ['an unknown element', '<?xml version="1.0"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">\n<bpmn:process id="p" isExecutable="true">\n<bpmn:foo id="q"/></bpmn:process></bpmn:definitions>', 'line 4'],
  ['no XML', 'hello', 'line 1'],
  ['another XML', '<a/>', 'line 1'],
])('refuses %s with the line', async (_what, xml, line) => {
  expect(await error(xml)).toContain(line);
});

test('refuses a reference to what is not there', async () => {
  const xml = buildProcess('p', (p) => p.start().service('work').end()).replace('targetRef="end"', 'targetRef="gone"');
  expect(await error(xml)).toMatch(/targetRef of element 'flow-2' \(line \d+\) points to 'gone', which is not in the file/);
});

test('refuses a file without executable process', async () => {
  expect(await error(buildProcess('p', (p) => p.start().end()).replace('isExecutable="true"', ''))).toContain('at least one executable process');
});

test('leaves drawings and lanes alone', async () => {
  const xml = buildProcess('p', (p) => p.start().service('work').end());
  expect(await error(xml.replace('</bpmn:process>', '<bpmn:textAnnotation id="note"><bpmn:text>hi</bpmn:text></bpmn:textAnnotation><bpmn:dataObjectReference id="data"/></bpmn:process>'))).toBe('accepted');
});
