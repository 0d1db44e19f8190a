// Scenarios of deployments: versions, duplicates, and what is refused at which element.
import { otherwise, process, subProcess, when, type Node } from '../scenario/diagram.ts';
import { bare, boundary, businessRule, call, catchEvent, cycle, date, duration, end, error, exclusive, message, raw, receive, script, service, start, task, throwEvent, timer, userTask } from '../scenario/elements.ts';
import { decisions, form, table } from '../scenario/files.ts';
import type { Resource, Scenario } from '../scenario/scenario.ts';
import { complete, create, deploy } from './steps.ts';

const versions = 'deployment and versions';
const refused = 'refused deployment';
const job = (type: string) => process('p', [start(), service('t', { type }), end()], ['start > t > end']);
const with1 = (node: Node, ...more: Node[]) => process('p', [start(), node, ...more, end()], [`start > ${node.id} > end`]);
const refuse = (name: string, ...resources: Resource[]): Scenario => ({ name: `refuses ${name}`, feature: refused, steps: [deploy(...resources)] });
const file = (name: string, text: string): Resource => ({ name, text });

export const deploymentScenarios: readonly Scenario[] = [
  { name: 'counts versions and knows what it has', feature: versions, steps: [deploy(job('a')), deploy(job('a')), deploy(job('b')), deploy(job('a')), create(), { do: 'create', process: 'p', version: 1 }, { do: 'create', process: 'p', version: 2 }, complete('a')] },
  { name: 'deploys several files at once', feature: versions, steps: [deploy(job('a'), form('f'), table('d', { hitPolicy: 'FIRST', inputs: ['x'], outputs: ['y'], rules: [['-', '1']] }), process('q', [start(), end()], ['start > end']))] },
  { name: 'deploys the same files again', feature: versions, steps: [deploy(job('a'), form('f')), deploy(job('a'), form('f')), deploy(job('b'), form('f'))] },
  { name: 'keeps running instances on their version', feature: versions, steps: [deploy(job('a')), create(), deploy(job('b')), create(), complete('a'), complete('b')] },
  { name: 'deploys nothing when one of the files is refused', feature: refused, steps: [deploy(job('a'), process('q', [start(), service('t', { type: '' }), end()], ['start > t > end'])), create()] },
  refuse('a process without a start event', process('p', [task('t'), end()], ['t > end'])),
  refuse('two none start events', process('p', [start('s1'), start('s2'), end()], ['s1 > end', 's2 > end'])),
  refuse('a service task without a type', with1(raw('serviceTask', 't'))),
  refuse('an empty job type', with1(service('t', { type: '' }))),
  refuse('a script task without a script', with1(raw('scriptTask', 't'))),
  refuse('a script that FEEL cannot read', with1(script('t', '=1 +', 'r'))),
  refuse('a script without a result variable', with1(script('t', '=1', ''))),
  refuse('a business rule task without a decision', with1(raw('businessRuleTask', 't'))),
  refuse('a decision without a result variable', with1(businessRule('t', 'd', ''))),
  refuse('a call activity without a process', with1(raw('callActivity', 't'))),
  refuse('a call activity with an empty process', with1(call('t', ''))),
  refuse('a receive task without a message', with1(raw('receiveTask', 't'))),
  refuse('a message without a correlation key', with1(catchEvent('m', message('go')))),
  refuse('a receive task whose message has no key', with1({ ...receive('r', 'go', '=id'), definitions: ['<bpmn:message id="message-go" name="go"/>'] })),
  refuse('a message without a name', with1(catchEvent('m', bare('messageEventDefinition', 'messageRef="message-x"', ['<bpmn:message id="message-x"/>'])))),
  refuse('a condition that FEEL cannot read', process('p', [start(), exclusive('gw'), end('a'), end('b')], ['start > gw', when('gw', 'a', '=x >'), otherwise('gw', 'b')])),
  refuse('a condition that is no expression', process('p', [start(), exclusive('gw'), end('a'), end('b')], ['start > gw', when('gw', 'a', 'yes'), otherwise('gw', 'b')])),
  refuse('a flow without condition at an exclusive gateway', process('p', [start(), exclusive('gw'), end('a'), end('b')], ['start > gw > a', 'gw > b'])),
  { name: 'takes an exclusive gateway with one flow and no condition', feature: versions, steps: [deploy(process('p', [start(), exclusive('gw'), end()], ['start > gw > end'])), create()] },
  refuse('a default flow with a condition and no other', process('p', [start(), exclusive('gw'), end('a')], ['start > gw', { from: 'gw', to: 'a', isDefault: true, condition: '=x' }])),
  refuse('a duration that is none', with1(catchEvent('w', duration('an hour')))),
  refuse('a date that is none', with1(catchEvent('w', date('tomorrow')))),
  refuse('a cycle at a catch event', with1(catchEvent('w', cycle('R3/PT1H')))),
  refuse('a cycle at an interrupting boundary event', process('p', [start(), service('t'), boundary('b', 't', cycle('R3/PT1H')), end(), end('e2')], ['start > t > end', 'b > e2'])),
  refuse('a cycle that is none', process('p', [start('start', cycle('often')), end()], ['start > end'])),
  refuse('a timer without a time', with1(catchEvent('w', bare('timerEventDefinition')))),
  refuse('a duration that FEEL cannot read', with1(catchEvent('w', duration('=1 +')))),
  refuse('a duration at a start event of a process', process('p', [start('start', timer('timeDuration', 'PT1H')), end()], ['start > end'])),
  refuse('a boundary event without a trigger', process('p', [start(), service('t'), raw('boundaryEvent', 'b', { attributes: { attachedToRef: 't' } }), end(), end('e2')], ['start > t > end', 'b > e2'])),
  refuse('a boundary event with an incoming flow', process('p', [start(), service('t'), boundary('b', 't', duration('PT1H')), end(), end('e2')], ['start > t > end', 'b > e2', 't > b'])),
  refuse('a catch event without a trigger', with1(catchEvent('w'))),
  refuse('a start event of a sub-process with a trigger', with1(subProcess('sub', [start('in', message('go')), end('out')], ['in > out']))),
  refuse('a sub-process without a start event', with1(subProcess('sub', [task('t')], []))),
  refuse('two error boundary events with one code', process('p', [start(), service('t'), boundary('b1', 't', error('E')), boundary('b2', 't', error('E')), end(), end('e2')], ['start > t > end', 'b1 > e2', 'b2 > e2'])),
  refuse('an error end event without a code', process('p', [start(), end('end', error())], ['start > end'])),
  refuse('two message boundary events with one name', process('p', [start(), service('t'), boundary('b1', 't', message('go', '=id')), boundary('b2', 't', message('go', '=id')), end(), end('e2')], ['start > t > end', 'b1 > e2', 'b2 > e2'])),
  refuse('two start events with one message', process('p', [start('s1', message('go')), start('s2', message('go')), end()], ['s1 > end', 's2 > end'])),
  refuse('a non-interrupting error boundary event', process('p', [start(), service('t'), boundary('b', 't', error('E'), { nonInterrupting: true }), end(), end('e2')], ['start > t > end', 'b > e2'])),
  refuse('a mapping that FEEL cannot read', with1(service('t', { inputs: { a: '=1 +' } }))),
  refuse('a mapping without a source', with1(service('t', { inputs: { a: '' } }))),
  refuse('a mapping to a name that is none', with1(service('t', { inputs: { 'a b': '=1' } }))),
  refuse('a loop that never waits', process('p', [start(), exclusive('merge'), task('t'), exclusive('again'), end()], ['start > merge > t > again', when('again', 'merge', '=true'), otherwise('again', 'end')])),
  refuse('a complex gateway', with1(raw('complexGateway', 'g'))),
  refuse('a transaction', with1(raw('transaction', 'sub', { inside: { nodes: [start('in'), end('out')], flows: ['in > out'] } }))),
  refuse('a conditional event', with1(catchEvent('w', { body: '<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=x</bpmn:condition></bpmn:conditionalEventDefinition>' }))),
  refuse('a data-based throw event', with1(throwEvent('t', bare('timerEventDefinition')))),
  refuse('a user task with a bad due date', with1(userTask('u', { due: 'tomorrow' }))),
  refuse('a user task with a bad priority', with1(userTask('u', { priority: '101' }))),
  refuse('a user task with a bad expression', with1(userTask('u', { assignee: '=1 +' }))),
  refuse('an empty file', file('p.bpmn', '')),
  refuse('a file that is no XML', file('p.bpmn', 'hello')),
  refuse('XML that is no BPMN', file('p.bpmn', '<a><b/></a>')),
  refuse('an unclosed element', file('p.bpmn', '<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="p">')),
  refuse('a file of another kind', file('p.txt', 'hello')),
  refuse('a flow to nowhere', file('p.bpmn', job('a').text.replace('targetRef="end"', 'targetRef="nowhere"'))),
  refuse('two elements with one id', file('p.bpmn', job('a').text.replaceAll('id="t"', 'id="end"'))),
  refuse('a process that is not executable', file('p.bpmn', job('a').text.replace('isExecutable="true"', 'isExecutable="false"'))),
  refuse('a second file with the same process', job('a'), file('q.bpmn', job('b').text)),
  refuse('a decision table that FEEL cannot read', table('d', { hitPolicy: 'FIRST', inputs: ['x'], outputs: ['y'], rules: [['< ', '1 +']] })),
  refuse('a DMN file that is no DMN', file('d.dmn', '<a/>')),
  refuse('a decision that requires itself', decisions('g', [{ id: 'd', requires: ['d'], literal: '1', variable: 'v' }])),
  refuse('a form without an id', file('f.form', '{"type":"default","components":[]}')),
  refuse('a form that is no JSON', file('f.form', 'hello')),
];
