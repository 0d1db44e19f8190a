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
  ['a complex gateway', (p) => p.start().add('complexGateway', 'x').end(), 'a ComplexGateway is not supported'],
  ['a transaction', (p) => p.start().add('transaction', 'x').end(), 'a Transaction is not supported'],
  ['an empty ad-hoc sub-process', (p) => p.start().add('adHocSubProcess', 'x').end(), 'Must have at least one activity.'],
  ['a standard loop', (p) => p.start().add('task', 'x', '<bpmn:standardLoopCharacteristics/>').end(), `'bpmn:StandardLoopCharacteristics' is not supported`],
  ['an escalation start event', (p) => p.from().add('startEvent', 'x', definition('escalation')).end(), 'with a escalation definition is not supported'],
  ['an escalation catch event', (p) => p.start().add('intermediateCatchEvent', 'x', definition('escalation')).end(), 'with a escalation definition is not supported'],
  ['a cancel end event', (p) => p.start().add('endEvent', 'x', definition('cancel')), 'End events must be one of: none, error, message, terminate, signal, escalation or compensation'],
  ['a conditional boundary event', (p) => p.start().service('work').end().from().add('boundaryEvent', 'x', definition('conditional'), { attachedToRef: 'work' }), 'with a conditional definition is not supported'],
  ['a conditional catch event', (p) => p.start().add('intermediateCatchEvent', 'x', definition('conditional')).end(), 'a IntermediateCatchEvent with a conditional definition is not supported'],
  ['a task listener away from a user task', (p) => p.start().add('task', 'x', '<bpmn:extensionElements><zeebe:taskListeners/></bpmn:extensionElements>').end(), `'zeebe:TaskListeners' is not supported on a Task`],
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
  ['a header that only the engine writes', (p) => p.start().service('x', { headers: { 'io.camunda.zeebe:assignee': 'a' } }).end(), "Attribute 'key' contains 'io.camunda.zeebe:assignee'"],
  ['an empty name among the groups of a user task', (p) => p.start().user('x', { groups: 'a,,b' }).end(), "Expected static value to be a list of comma-separated values, e.g. 'a,b,c', but found 'a,,b'."],
  ['two forms of a Camunda user task', (p) => p.start().user('x', { formId: 'a', externalReference: 'b' }).end(), "Exactly one of the attributes 'formId, externalReference' must be present and not blank for native user tasks"],
  ['two forms of a user task that a job worker does', (p) => p.start().userByWorker('x', { formId: 'a', formKey: 'b' }).end(), "Exactly one of the attributes 'formId, formKey' must be present and not blank"],
  ['a service task without a job type', (p) => p.start().add('serviceTask', 'x').end(), `must have exactly one 'zeebe:taskDefinition'`],
  ['no start event', (p) => p.service('x').end(), 'must have at least one start event'],
  ['two none start events', (p) => p.start('a').end('c').start('b').end('d'), 'multiple none start events are not allowed'],
  ['a gateway flow without condition', (p) => p.start().exclusive('x').end('a').from('x').end('b'), '- Element: flow-2 (line 8) - ERROR: Must have a condition or be default flow'],
  ['a condition that is no expression', (p) => p.start().exclusive('x').connect('x', 'y', 'amount').from().end('y'), `the condition 'amount' must be an expression`],
  ['a condition on the flow of a task', (p) => p.start().service('x').connect('x', 'y', '=true').from().end('y'), '- Element: x (line 5) - ERROR: Conditional sequence flows are only supported at exclusive or inclusive gateway'],
  ['an expression that is no FEEL', (p) => p.start().script('x', '=1 +', 'y').end(), `failed to parse expression '=1 +'`],
  ['a message without correlation key', (p) => p.start().catch('x', { message: { name: 'm' } }).end(), 'must have a zeebe:subscription with a correlation key'],
  ['a catch event without definition', (p) => p.start().add('intermediateCatchEvent', 'x').end(), 'Event definition must be one of: message, timer, signal, or link'],
  ['a timer without time', (p) => p.start().add('intermediateCatchEvent', 'x', definition('timer')).end(), 'exactly one type of timer: timeDuration, timeDate or timeCycle'],
  ['a cycle on an interrupting boundary event', (p) => p.start().service('w').end().boundary('x', 'w', { timer: { cycle: 'R/PT1H' } }).end('y'), 'an interrupting boundary event must not have a timer cycle'],
  ['an error boundary event that does not interrupt', (p) => p.start().service('w').end().boundary('x', 'w', { error: 'E' }, { nonInterrupting: true }).end('y'), 'an error boundary event must be interrupting'],
  ['an error end event without code', (p) => p.start().add('endEvent', 'x', definition('error')), 'Must reference an error with an error code'],
  ['a sub-process without start event', (p) => p.start().sub('x', (s) => s.service('w')).end(), 'Must have exactly one start event'],
  ['a call activity without called element', (p) => p.start().add('callActivity', 'x').end(), `must have exactly one 'zeebe:calledElement'`],
  ['a mapping to no name', (p) => p.start().service('x', {}, { inputs: { 'a b': '=1' } }).end(), `the target 'a b' of a variable mapping`],
  ['two error events with one code on a task', (p) => p.start().service('w').end().boundary('x', 'w', { error: 'E' }).end('y').boundary('z', 'w', { error: 'E' }).end('v'), `Element: w (line 5) - ERROR: Multiple error catch events with the same error code 'E' are not supported on the same scope.`],
  ['an end event with an outgoing flow', (p) => p.start().end('x').from('x').service('y').end('z'), 'End events must not have outgoing sequence flows to other elements.'],
  ['a boundary timer of static nonsense', (p) => p.start().service('w').end().boundary('x', 'w', { timer: { duration: 'an hour' } }).end('y'), "- ERROR: Invalid timer duration expression (Invalid duration format 'an hour'"],
  ['two boundary events with one message', (p) => p.start().service('w').end().boundary('x', 'w', { message: { name: 'go', key: '=1' } }).end('y').boundary('z', 'w', { message: { name: 'go', key: '=2' } }).end('v'), "Element: w (line 5) - ERROR: Multiple message event definitions with the same name 'go' are not allowed."],
  ['a due date that is none', (p) => p.start().user('x', { due: 'soon' }).end(), "Expected static value to be a valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found 'soon'."],
  ['a priority above 100', (p) => p.start().user('x', { priority: '101' }).end(), "Priority must be a number between 0 and 100, but was '101'."],
  ['a loop in which nothing waits', (p) => p.start().script('count', '=n + 1', 'n').exclusive('gw', 'end').connect('gw', 'count', '=n < 5').from().end('end').otherwise('gw', 'end'), '- Process: p (line 3) - ERROR: Processes are not allowed to contain a straight-through processing loop: count > gw > count'],
  ['a loop over a link', (p) => p.start().add('task', 'a').throws('out', { link: 'L' }).from().catch('in', { link: 'L' }).connect('in', 'a'), 'straight-through processing loop: a > out > in > a'],
  ['a link throw event without its catch event', (p) => p.start().throws('x', { link: 'L' }), "Element: p \"p\" (line 3) - ERROR: Can't find an catch link event for the throw link event with the name 'L'."],
  ['two link catch events of one name', (p) => p.start().throws('x', { link: 'L' }).from().catch('y', { link: 'L' }).end().from().catch('z', { link: 'L' }).end('e'), "Multiple intermediate catch link event definitions with the same name 'L' are not allowed."],
  ['an event-based gateway with one way', (p) => p.start().eventBased('x').catch('y', { signal: 'go' }).end(), 'Event-based gateway must have at least 2 outgoing sequence flows.'],
  ['an event-based gateway before a task', (p) => p.start().eventBased('x').service('y').end().from('x').catch('z', { signal: 'go' }).end('e'), 'must not have an outgoing sequence flow to other elements than message/timer/signal intermediate catch events'],
  ['an escalation boundary event on a task', (p) => p.start().service('w').end().boundary('x', 'w', { escalation: 'E' }).end('y'), 'An escalation boundary event should only be attached to a subprocess, or a call activity.'],
  ['a signal throw event without a signal', (p) => p.start().add('intermediateThrowEvent', 'x', definition('signal')).end(), 'Must reference a signal'],
  ['two event sub-processes for one signal', (p) => p.start().end().onEvent('x', { signal: 'go' }, (s) => s.end('xe')).onEvent('y', { signal: 'go' }, (s) => s.end('ye')), "Multiple signal event definitions with the same name 'go' are not allowed."],
  ['an event sub-process without trigger', (p) => p.start().end().add('subProcess', 'x', '<bpmn:startEvent id="s"/>', { triggeredByEvent: 'true' }), 'Start events in event subprocesses must be one of: message, timer, error, signal or escalation'],
  ['an error event sub-process that does not interrupt', (p) => p.start().end().onEvent('x', { error: 'E' }, (s) => s.end('xe'), { nonInterrupting: true }), 'Non-Interrupting event of this type is not allowed'],
  ['a compensation boundary event without handler', (p) => p.start().service('work').end().from().add('boundaryEvent', 'x', definition('compensate'), { attachedToRef: 'work' }), 'Compensation boundary events must have a compensation association and no outgoing sequence flows'],
  ['the compensation of an activity without handler', (p) => p.start().service('work').throws('x', { compensation: 'work' }).end(), "The referenced compensation activity 'work' must have either a compensation boundary event or be a subprocess"],
  ['multi-instance without a collection', (p) => p.start().add('task', 'x', '<bpmn:multiInstanceLoopCharacteristics/>').end(), "Must have exactly one 'zeebe:loopCharacteristics' extension element"],
  ['an output collection without element', (p) => p.start().service('x').each({ over: '=items', collect: ['results', ''] }).end(), "Attribute 'outputElement' must be present if the attribute 'outputCollection' is set"],
  ['a message throw event without job', (p) => p.start().add('intermediateThrowEvent', 'x', definition('message')).end(), "Must have either one 'zeebe:publishMessage' or one 'zeebe:taskDefinition' extension element"],
];

test.each(wrong)('refuses %s', async (_what, build, reason) => {
  expect(await built(build)).toContain(reason);
});

test('names every problem at once, with name, line and reason', async () => {
  const found = await error(`<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">
  <bpmn:process id="p" isExecutable="true">
    <bpmn:startEvent id="s"/>
    <bpmn:complexGateway id="which" name="Which way?"/>
    <bpmn:serviceTask id="work"/>
  </bpmn:process>
</bpmn:definitions>`);
  expect(found).toContain('- Element: which "Which way?" (line 5) - ERROR: a ComplexGateway is not supported');
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
  expect(await error(buildProcess('p', (p) => p.start().end()).replace('isExecutable="true"', ''))).toContain('- Element: definitions - ERROR: Must contain at least one executable process');
});

test('leaves drawings and lanes alone', async () => {
  const xml = buildProcess('p', (p) => p.start().service('work').end());
  expect(await error(xml.replace('</bpmn:process>', '<bpmn:textAnnotation id="note"><bpmn:text>hi</bpmn:text></bpmn:textAnnotation><bpmn:dataObjectReference id="data"/></bpmn:process>'))).toBe('accepted');
});
