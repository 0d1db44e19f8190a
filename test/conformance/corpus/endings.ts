// Scenarios of ends that come while other tokens are on their way: what still gets on, and in which order timers that are due together end things.
import { process, subProcess, when, otherwise, type Node } from '../scenario/diagram.ts';
import { boundary, businessRule, call, catchEvent, cycle, duration, end, error, escalation, exclusive, parallel, script, service, start, task, terminate } from '../scenario/elements.ts';
import { table } from '../scenario/files.ts';
import { adHoc, eventSubProcess, multi } from '../scenario/scopes.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { create, deploy, pass, resolve, set } from './steps.ts';

/** Five tasks that need nobody, so that there is always something on its way. */
const chain = (id: string): readonly [readonly Node[], readonly string[]] => {
  const tasks = ['1', '2', '3', '4', '5'].map((number) => task(`${id}${number}`));
  return [[start(`${id}s`), ...tasks, end(`${id}e`)], [[`${id}s`, ...tasks.map((one) => one.id), `${id}e`].join(' > ')]];
};
const deep = () => subProcess('deep', ...chain('d'));
const beside = [parallel('f'), task('a'), task('b'), end('ae'), deep()];
const flows = (first: string) => [`${first} > f`, 'f > k', 'f > a > b > ae', 'f > deep'];
const caught = eventSubProcess('esp', [start('es', escalation('S')), end('ee')], ['es > ee']);
const called = process('c', ...chain('c'));
const calls = (last: Node, more: readonly Node[] = []) => deploy(called, process('p', [start(), parallel('f'), call('call', 'c'), task('w'), task('v'), last, ...more], ['start > f > w > v > k', 'f > call']));
const inputs = { inputs: { x: '=x + 1', l: '=x' } };
const fails = (node: Node, feature: string): Scenario => ({ name: 'keeps its inputs when the step fails after them', feature, steps: [deploy(process('p', [start(), node, end()], [`start > ${node.id} > end`])), create({ x: 0 }), resolve(node.id), set({ x: 9 }), resolve(node.id)] });

export const endingScenarios: readonly Scenario[] = [
  { name: 'ends what is on its way below', feature: 'terminate end event', steps: [deploy(process('p', [start(), ...beside, end('k', terminate)], flows('start'))), create()] },
  { name: 'ends what is on its way in a called process', feature: 'terminate end event', steps: [calls(end('k', terminate)), create()] },
  { name: 'interrupts what is on its way below', feature: 'event sub-process', steps: [deploy(process('p', [start(), ...beside, end('k', escalation('S')), caught], flows('start'))), create()] },
  { name: 'interrupts what is on its way in a called process', feature: 'event sub-process', steps: [calls(end('k', escalation('S')), [caught]), create()] },
  { name: 'ends what is on its way below', feature: 'error boundary event', steps: [deploy(process('p', [start(), subProcess('sub', [start('ss'), ...beside, end('k', error('E'))], flows('ss')), boundary('on', 'sub', error('E')), end(), end('after')], ['start > sub > end', 'on > after'])), create()] },
  { name: 'is enough while others are on their way', feature: 'multi-instance, parallel', steps: [deploy(process('p', [start(), multi(subProcess('m', [start('ms'), exclusive('g'), deep(), task('t'), end('me')], ['ms > g', when('g', 't', '=item = 1'), otherwise('g', 'deep'), 't > me']), '=[1, 2, 2]', { item: 'item', condition: '=numberOfCompletedInstances = 1' }), end()], ['start > m > end'])), create()] },
  { name: 'is enough while others are about to complete', feature: 'multi-instance, parallel', steps: [deploy(process('p', [start(), multi(subProcess('m', [start('ms'), task('t'), end('me')], ['ms > t > me']), '=[1, 1, 1]', { item: 'item', condition: '=numberOfCompletedInstances = 1' }), end()], ['start > m > end'])), create()] },
  { name: 'is enough while others are on their way', feature: 'ad-hoc sub-process', steps: [deploy(process('p', [start(), adHoc('ad', [task('t'), deep(), service('j')], [], { active: '=["deep", "j", "t"]', condition: '=true' }), end()], ['start > ad > end'])), create()] },
  { name: 'is enough while others are about to complete', feature: 'ad-hoc sub-process', steps: [deploy(process('p', [start(), adHoc('ad', [task('t'), task('u'), task('v')], [], { active: '=["t", "u", "v"]', condition: '=true' }), end()], ['start > ad > end'])), create()] },
  { name: 'comes before one that is due at the same instant when its scope is older', feature: 'timer event sub-process', steps: [deploy(process('p', [start(), catchEvent('c', duration('PT2H')), end(), eventSubProcess('esp', [start('es', cycle('R2/PT1H'), { nonInterrupting: true }), service('j'), end('ee')], ['es > j > ee'])], ['start > c > end'])), create(), pass(3601), pass(3601)] },
  { name: 'comes in its order also when a decision has to be read first', feature: 'timer event sub-process', steps: [deploy(process('p', [start(), subProcess('sub', [start('ss'), service('j'), end('se'), eventSubProcess('inner', [start('is', duration('PT1H'), { nonInterrupting: true }), service('k'), end('ie')], ['is > k > ie'])], ['ss > j > se']), end(), eventSubProcess('outer', [start('os', duration('PT1H')), businessRule('r', 'd', 'y'), end('oe')], ['os > r > oe'])], ['start > sub > end']), table('d', { hitPolicy: 'UNIQUE', inputs: ['x'], outputs: ['result'], rules: [['1', '2']] })), create({ x: 1 }), pass(3601)] },
  fails(script('t', '=assert(x, x > 90)', 'r', inputs), 'input and output mappings'),
  fails(call('t', 'nowhere', inputs), 'call activity'),
  fails(adHoc('t', [service('a'), service('b')], ['a > b'], { active: '=["b"]', ...inputs }), 'ad-hoc sub-process'),
];
