// Scenarios of incidents: one of each type, and how it is resolved.
import { otherwise, process, when } from '../scenario/diagram.ts';
import { businessRule, call, duration, catchEvent, end, error, escalation, exclusive, message, receive, script, service, start, userTask } from '../scenario/elements.ts';
import type { Node } from '../scenario/diagram.ts';
import { table } from '../scenario/files.ts';
import { adHoc } from '../scenario/scopes.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { activate, cancel, complete, create, deploy, fail, finish, pass, publish, resolve, retry, set, throwError } from './steps.ts';

const feature = 'incidents';
/** Five of them are more than the 4 MB of a message. */
const large = 'x'.repeat(900_000);
const tooLarge = [create({ a: large }), set({ b: large }), set({ c: large }), set({ d: large }), set({ e: large })];
const one = (node: Node) => deploy(process('p', [start(), node, end()], [`start > ${node.id} > end`]));
const child = deploy(process('c', [start('cs'), service('t'), end('ce')], ['cs > t > ce']));

export const incidentScenarios: readonly Scenario[] = [
  { name: 'CALLED_ELEMENT_ERROR: the called process is not there', feature, steps: [one(call('a', 'c')), create(), resolve('a'), child, resolve('a'), complete('t')] },
  { name: 'CALLED_ELEMENT_ERROR: the id of the called process is none', feature, steps: [child, one(call('a', '=id')), create(), set({ id: 'c' }), resolve('a'), complete('t')] },
  { name: 'CALLED_DECISION_ERROR: the id of the decision is none', feature, steps: [deploy(table('d', { hitPolicy: 'FIRST', inputs: ['x'], outputs: ['y'], rules: [['-', '1']] })), one(businessRule('r', '=id', 'v')), create(), set({ id: 'd' }), resolve('r')] },
  { name: 'CONDITION_ERROR: no flow can be taken', feature, steps: [deploy(process('p', [start(), exclusive('gw'), end('a'), end('b')], ['start > gw', when('gw', 'a', '=x'), when('gw', 'b', '=not(x)')])), create({ x: null }), set({ x: true }), resolve('gw')] },
  { name: 'EXTRACT_VALUE_ERROR: the type of a job is none', feature, steps: [one(service('t', { type: '=kind' })), create(), set({ kind: 'k' }), resolve('t'), complete('k')] },
  { name: 'EXTRACT_VALUE_ERROR: the retries of a job are none', feature, steps: [one(service('t', { retries: '=n' })), create(), set({ n: 2 }), resolve('t'), complete('t')] },
  { name: 'EXTRACT_VALUE_ERROR: a duration is none', feature, steps: [one(catchEvent('w', duration('=d'))), create({ d: 5 }), set({ d: 'PT1M' }), resolve('w'), pass(61)] },
  { name: 'EXTRACT_VALUE_ERROR: the name of a message is none', feature, steps: [one(catchEvent('m', message('=name', '="k"'))), create(), set({ name: 'go' }), resolve('m'), publish('go', 'k')] },
  { name: 'EXTRACT_VALUE_ERROR: the assignee is none', feature, steps: [one(userTask('review', { assignee: '=5' })), create(), cancel] },
  { name: 'IO_MAPPING_ERROR: an input cannot be read', feature, steps: [one(service('t', { inputs: { a: '=assert(x, x != null)' } })), create(), set({ x: 1 }), resolve('t'), complete('t')] },
  { name: 'IO_MAPPING_ERROR: an output cannot be read', feature, steps: [one(receive('r', 'go', '="k"', { outputs: { a: '=assert(x, x != null)' } })), create(), publish('go', 'k'), set({ x: 1 }), resolve('r')] },
  { name: 'UNHANDLED_ERROR_EVENT: nobody catches what a job throws', feature, steps: [one(service('t')), create(), throwError('t', 'E', { a: 1 }), retry('t'), resolve('t'), complete('t')] },
  { name: 'UNHANDLED_ERROR_EVENT: nobody catches an error end event', feature, steps: [deploy(process('p', [start(), end('e', error('E'))], ['start > e'])), create(), resolve('e'), cancel] },
  { name: 'JOB_NO_RETRIES: two at once, resolved one after the other', feature, steps: [deploy(process('p', [start(), service('a'), end()], ['start > a > end'])), create(), create(), fail('a', 0), fail('a', 0), retry('a'), resolve('a'), complete('a'), cancel] },
  { name: 'FORM_NOT_FOUND: the id of the form is none', feature, steps: [one(userTask('review', { form: '=id' })), create(), set({ id: 'nothing' }), resolve('review'), finish('review')] },
  { name: 'MESSAGE_SIZE_EXCEEDED: a job is too large for a worker', feature, steps: [one(service('t')), ...tooLarge, activate('t'), resolve('t'), activate('t'), set({ b: '' }), resolve('t'), complete('t')] },
  { name: 'MESSAGE_SIZE_EXCEEDED: a worker that asks for fewer variables gets the job', feature, steps: [one(service('t')), ...tooLarge, activate('t', { fetch: ['a'] }), complete('t')] },
  { name: 'MESSAGE_SIZE_EXCEEDED: jobs that do not fit together are handed out one after the other', feature, steps: [one(service('t')), ...[1, 2, 3, 4, 5].map(() => create({ a: large })), activate('t', { max: 5 }), activate('t', { max: 5 })] },
  { name: 'an incident that comes again has a new number', feature, steps: [one(script('s', '=assert(x, x > 1)', 'y')), create({ x: 0 }), resolve('s'), set({ x: 1 }), resolve('s'), set({ x: 2 }), resolve('s')] },
  { name: 'the default flow needs no cure', feature, steps: [deploy(process('p', [start(), exclusive('gw'), end('a'), end('b')], ['start > gw', when('gw', 'a', '=x'), otherwise('gw', 'b')])), create({ x: false })] },
  { name: 'refuses an escalation as the start of a process', feature: 'refused deployment', deviates: 'Zeebe takes a start event that nothing can ever trigger; ours refuses it and says so', steps: [deploy(process('p', [start('s', escalation('X')), end()], ['s > end']))] },
  { name: 'refuses an error as the start of a process', feature: 'refused deployment', deviates: 'Zeebe takes a start event that nothing can ever trigger; ours refuses it and says so', steps: [deploy(process('p', [start('s', error('X')), end()], ['s > end']))] },
  { name: 'refuses a completion condition beside the worker of an ad-hoc sub-process', feature: 'refused deployment', steps: [one(adHoc('tools', [service('a')], [], { type: 'agent', condition: '=true' }))] },
];
