// Scenarios of multi-instance: collections, what is collected, when it is enough, and what surrounds it.
import { process, subProcess } from '../scenario/diagram.ts';
import { boundary, businessRule, call, catchEvent, cycle, duration, end, error, manual, message, receive, script, service, signal, start, task, userTask } from '../scenario/elements.ts';
import type { Node } from '../scenario/diagram.ts';
import { table } from '../scenario/files.ts';
import { multi, type LoopOptions } from '../scenario/scopes.ts';
import type { Scenario, Values } from '../scenario/scenario.ts';
import { activate, broadcast, cancel, complete, completeNth, create, deploy, fail, finish, pass, publish, resolve, retry, set, setIn, throwError } from './steps.ts';

const parallels = 'multi-instance, parallel';
const sequences = 'multi-instance, sequential';
const places = 'multi-instance, on each kind of activity';

const results = { collection: 'results', element: '=r' };
const one = (node: Node, loop: LoopOptions = {}, collection = '=items', more: readonly Node[] = [], flows: readonly string[] = []) =>
  deploy(process('p', [start(), multi(node, collection, loop), end(), ...more], [`start > ${node.id} > end`, ...flows]));
const three = create({ items: [1, 2, 3] });
const counts = '=numberOfCompletedInstances = 1 and numberOfActiveInstances = 2 and numberOfInstances = 3 and numberOfTerminatedInstances = 0';
const badly: Values = { items: 'many' };

const both = (sequential: boolean): readonly Omit<Scenario, 'feature'>[] => [
  { name: 'runs once per item and collects results', steps: [one(service('t', { inputs: { i: '=item' } }), { sequential, item: 'item', output: results }), three, complete('t', { r: 10 }), complete('t', { r: 20 }), complete('t', { other: 1 })] },
  { name: 'passes an empty collection', steps: [one(service('t'), { sequential, output: results }), create({ items: [] })] },
  { name: 'raises an incident when the collection is none, and goes on when it is cured', steps: [one(service('t'), { sequential, item: 'item' }), create(badly), create({ items: null }), create({}), set({ items: [1] }), resolve('t'), complete('t')] },
  { name: 'is enough when its condition holds', steps: [one(service('t'), { sequential, item: 'item', output: results, condition: '=r = 2' }), three, complete('t', { r: 1 }), complete('t', { r: 2 })] },
  { name: 'counts what was done', steps: [one(service('t'), { sequential, condition: '=numberOfCompletedInstances = 2' }), three, complete('t'), complete('t')] },
  { name: 'knows all counts in its condition', steps: [one(service('t'), { sequential, condition: counts }), three, complete('t')] },
  { name: 'raises an incident when its condition is none', steps: [one(service('t'), { sequential, item: 'item', condition: '=enough' }), three, complete('t'), set({ enough: false }), resolve('t'), complete('t', { enough: true })] },
  { name: 'raises an incident when a result cannot be read', steps: [one(service('t'), { sequential, output: { collection: 'o', element: '=assert(r, r != null)' } }), create({ items: [1] }), complete('t'), setIn('t#2', { r: 5 }, true), resolve('t')] },
  { name: 'sets its own variables back when its activation is tried again', steps: [one(service('t', { inputs: { local: '=assert(known, known != null)', item: '=7' } }), { sequential, item: 'item', output: results }), three, setIn('t#2', { item: 7, loopCounter: 9, r: 5, other: 6 }, true), set({ known: 1 }), resolve('t'), complete('t')] },
  { name: 'takes the item and the counter from its own scope', steps: [one(script('s', '=item * 10 + loopCounter', 'r'), { sequential, item: 'item', output: results }), three] },
  { name: 'maps outputs of each instance', steps: [one(service('t', { outputs: { last: '=r + item' } }), { sequential, item: 'item', output: { collection: 'o', element: '=last' } }), three, complete('t', { r: 1 }), complete('t', { r: 2 }), complete('t', { r: 3 })] },
  { name: 'takes contexts and nulls as items', steps: [one(script('s', '=if item = null then "none" else item.a', 'r'), { sequential, item: 'item', output: results }), create({ items: [{ a: 1 }, null, { b: 2 }] })] },
  { name: 'is interrupted by a timer', steps: [one(service('t'), { sequential, output: results }, '=items', [boundary('late', 't', duration('PT1H')), end('e2')], ['late > e2']), three, complete('t', { r: 1 }), pass(3601)] },
  { name: 'has a boundary event beside', steps: [one(service('t'), { sequential }, '=items', [boundary('b', 't', signal('go'), { nonInterrupting: true }), end('e2')], ['b > e2']), create({ items: [1, 2] }), broadcast('go', { x: 1 }), complete('t'), broadcast('go'), complete('t')] },
  { name: 'lets the error of one instance end all', steps: [one(service('t'), { sequential, item: 'item' }, '=items', [boundary('b', 't', error('E')), end('e2')], ['b > e2']), three, throwError('t', 'E', { why: 1 })] },
  { name: 'raises an incident for one instance', steps: [one(service('t'), { sequential, item: 'item' }), create({ items: [1, 2] }), fail('t', 0), complete('t'), retry('t'), resolve('t'), complete('t'), complete('t')] },
  { name: 'is cancelled with its process', steps: [one(service('t'), { sequential }), three, complete('t'), cancel] },
  { name: 'runs over a literal list and a range', steps: [one(script('s', '=item', 'r'), { sequential, item: 'item', output: results }, '=for i in 1..4 return i * i'), create()] },
  { name: 'keeps its collection while it runs', steps: [one(service('t'), { sequential, item: 'item', output: { collection: 'o', element: '=item' } }), create({ items: [1, 2] }), complete('t', { items: [7, 8, 9, 10] }), complete('t'), complete('t')] },
  { name: 'sets the output variable when it is done only', steps: [one(service('t'), { sequential, output: results }), create({ items: [1, 2], results: 'old' }), complete('t', { r: 1 }), complete('t', { r: 2 })] },
];

export const multiInstanceScenarios: readonly Scenario[] = [
  ...both(false).map((scenario) => ({ ...scenario, feature: parallels })),
  ...both(true).map((scenario) => ({ ...scenario, feature: sequences })),
  { name: 'completes instances in any order', feature: parallels, steps: [one(service('t'), { item: 'item', output: { collection: 'o', element: '=item + r' } }), three, activate('t', { max: 3 }), completeNth('t', 3, { r: 30 }), completeNth('t', 1, { r: 10 }), completeNth('t', 1, { r: 20 })] },
  { name: 'ends the rest when it is enough', feature: parallels, steps: [one(service('t'), { item: 'item', output: results, condition: '=r > 1' }, '=items', [service('z')], []), three, activate('t', { max: 3 }), completeNth('t', 2, { r: 2 }), completeNth('t', 1, { r: 9 })] },
  { name: 'does not begin more when it is enough at once', feature: parallels, deviates: 'Zeebe begins one more inner instance while the body completes, and never ends it', steps: [one(task('t'), { item: 'item', condition: '=true' }), three] },
  { name: 'does not begin more when it is enough at once', feature: sequences, steps: [one(task('t'), { sequential: true, item: 'item', condition: '=true' }), three] },

  { name: 'of a sub-process', feature: places, steps: [one(subProcess('sub', [start('in'), service('w'), script('s', '=item * 2', 'r'), end('out')], ['in > w > s > out']), { item: 'item', output: results }), create({ items: [1, 2] }), complete('w'), complete('w')] },
  { name: 'of a sub-process with mappings', feature: places, steps: [one(subProcess('sub', [start('in'), service('w'), end('out')], ['in > w > out'], { inputs: { l: '=item' }, outputs: { seen: '=l' } }), { item: 'item', sequential: true, output: { collection: 'o', element: '=l' } }), create({ items: [1, 2] }), complete('w', { l: 5 }), complete('w')] },
  { name: 'of a call activity', feature: places, steps: [deploy(process('c', [start('cs'), service('w'), end('ce')], ['cs > w > ce'])), one(call('a', 'c'), { item: 'item', output: results }), create({ items: [1, 2] }), complete('w', { r: 1 }), complete('w', { r: 2 })] },
  { name: 'of a call activity that passes nothing on', feature: places, steps: [deploy(process('c', [start('cs'), service('w'), end('ce')], ['cs > w > ce'])), one(call('a', 'c', { allFromParent: false, allToParent: false, inputs: { n: '=item' } }), { item: 'item', output: results }), create({ items: [1, 2] }), complete('w', { r: 1 }), complete('w', { r: 2 })] },
  { name: 'of a user task', feature: places, steps: [one(userTask('review', { assignee: '=item' }), { item: 'item', output: { collection: 'o', element: '=verdict' } }), create({ items: ['anna', 'ben'] }), finish('review', { verdict: 'yes' }), finish('review', { verdict: 'no' })] },
  { name: 'of a user task, one after the other', feature: places, steps: [one(userTask('review', { groups: '=[item]', priority: '=loopCounter' }), { sequential: true, item: 'item', output: { collection: 'o', element: '=verdict' } }), create({ items: ['a', 'b'] }), finish('review', { verdict: 'yes' }), finish('review', { verdict: 'no' })] },
  { name: 'of a business rule task', feature: places, steps: [deploy(table('d', { hitPolicy: 'FIRST', inputs: ['item'], outputs: ['y'], rules: [['< 2', '"low"'], ['-', '"high"']] })), one(businessRule('rule', 'd', 'level'), { item: 'item', output: { collection: 'levels', element: '=level' } }), three] },
  { name: 'of a receive task', feature: places, steps: [one(receive('r', 'go', '=item'), { item: 'item', output: { collection: 'o', element: '=x' } }), create({ items: ['a', 'b'] }), publish('go', 'b', { x: 2 }), publish('go', 'a', { x: 1 })] },
  { name: 'of tasks that do nothing', feature: places, steps: [one(manual('m'), { item: 'item', sequential: true, output: { collection: 'o', element: '=item' } }), three] },
  { name: 'inside multi-instance', feature: places, steps: [one(subProcess('sub', [start('in'), multi(service('w'), '=item', { sequential: true, item: 'j', output: { collection: 'r', element: '=j * 10' } }), end('out')], ['in > w > out']), { item: 'item', output: results }), create({ items: [[1, 2], [3]] }), complete('w'), complete('w'), complete('w')] },
  { name: 'with a boundary event inside', feature: places, steps: [one(subProcess('sub', [start('in'), service('w'), boundary('b', 'w', message('go', '=item'), { nonInterrupting: true, outputs: { got: '=x' } }), end('e2'), end('out')], ['in > w > out', 'b > e2']), { item: 'item', output: { collection: 'o', element: '=got' } }), create({ items: ['a', 'b'] }), publish('go', 'b', { x: 2 }), complete('w'), complete('w')] },
  { name: 'with a timer inside each instance', feature: places, steps: [one(subProcess('sub', [start('in'), catchEvent('t', duration('=item')), end('out')], ['in > t > out']), { item: 'item' }), create({ items: ['PT1H', 'PT2H'] }), pass(3601), pass(3601)] },
  { name: 'with a timer cycle at its boundary', feature: places, steps: [one(service('t'), { sequential: true }, '=items', [boundary('b', 't', cycle('R3/PT10M'), { nonInterrupting: true }), end('e2')], ['b > e2']), create({ items: [1, 2] }), pass(601), complete('t'), pass(601), complete('t'), pass(601)] },
  { name: 'with a message at its boundary', feature: places, steps: [one(service('t'), {}, '=items', [boundary('b', 't', message('go', '=id')), end('e2')], ['b > e2']), create({ items: [1, 2], id: 'a' }), publish('go', 'a', { x: 1 })] },
  { name: 'with an incident of the boundary event', feature: places, steps: [one(service('t'), {}, '=items', [boundary('b', 't', message('go', '=id')), end('e2')], ['b > e2']), create({ items: [1, 2] }), set({ id: 'a' }), resolve('t'), complete('t'), complete('t')] },
  { name: 'with variables set in one instance', feature: places, steps: [one(service('t'), { item: 'item', output: { collection: 'o', element: '=item' } }), create({ items: [1, 2] }), setIn('t#2', { item: 7 }), complete('t'), complete('t')] },
];
