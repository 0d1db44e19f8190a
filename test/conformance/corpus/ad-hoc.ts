// Scenarios of ad-hoc sub-processes: what is active, what callers and job workers activate, when it is enough.
import { process, subProcess, type Node } from '../scenario/diagram.ts';
import { boundary, duration, end, error, parallel, script, service, signal, start, userTask } from '../scenario/elements.ts';
import { adHoc, eventSubProcess, multi, undoneBy, type AdHocOptions } from '../scenario/scopes.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { activateInside, broadcast, cancel, complete, completeWith, create, deploy, fail, finish, pass, resolve, retry, set, setIn, throwError } from './steps.ts';

const byExpression = 'ad-hoc sub-process';
const byWorker = 'ad-hoc sub-process, by a job worker';

const three = [service('a'), service('b'), service('c')];
const one = (options: AdHocOptions, nodes: readonly Node[] = three, flows: readonly string[] = ['a > b'], more: readonly Node[] = [], around: readonly string[] = []) =>
  deploy(process('p', [start(), adHoc('tools', nodes, flows, options), end(), ...more], ['start > tools > end', ...around]));
const results = { collection: 'results', element: '=r' };
const agent = { type: 'agent' };

const scenarios: readonly Omit<Scenario, 'feature'>[] = [
  { name: 'activates the elements that an expression names', steps: [one({ active: '=list' }), create({ list: ['a', 'c'] }), complete('a'), complete('b'), complete('c')] },
  { name: 'waits when nothing is active', steps: [one({}), create(), cancel] },
  { name: 'waits when the list is empty', steps: [one({ active: '=[]' }), create(), activateInside('tools', [{ element: 'a', variables: { x: 1 } }]), complete('a'), complete('b')] },
  { name: 'raises an incident when the list is none', steps: [one({ active: '=list' }), create({ list: 'a' }), create({ list: [1] }), create({}), set({ list: ['c'] }), resolve('tools'), complete('c')] },
  { name: 'raises an incident for an element that is not there', steps: [one({ active: '=list' }), create({ list: ['nothing'] }), create({ list: ['b'] }), create({ list: ['a', 'nothing', 'else'] })] },
  { name: 'raises an incident for an element to which a flow leads', steps: [one({ active: '=["b"]' }), create()] },
  { name: 'activates an element twice', steps: [one({ active: '=["c", "c"]' }), create(), complete('c'), complete('c')] },
  { name: 'is enough when its condition holds', steps: [one({ active: '=["a", "c"]', condition: '=done' }), create({ done: false }), complete('c'), complete('a', { done: true }), create({ done: false }), complete('c', { done: true })] },
  { name: 'lets the rest end when it does not cancel it', steps: [one({ active: '=["a", "c"]', condition: '=done', cancelRemaining: false }), create({ done: false }), complete('c', { done: true }), complete('a'), complete('b')] },
  { name: 'waits on when the condition never holds', steps: [one({ active: '=["c"]', condition: '=false' }), create(), complete('c'), activateInside('tools', [{ element: 'c' }]), complete('c'), cancel] },
  { name: 'raises an incident when its condition is none', steps: [one({ active: '=["c"]', condition: '=done' }), create(), complete('c'), set({ done: true }), resolve('tools#innerInstance'), resolve('tools')] },
  { name: 'collects results', steps: [one({ active: '=["a", "c"]', output: results }), create(), complete('c', { r: 1 }), complete('a', { r: 2 }), complete('b', { r: 3 })] },
  { name: 'collects results by a larger expression', steps: [one({ active: '=["c", "c"]', output: { collection: 'o', element: '={v: r, w: x}' } }), create({ x: 1 }), complete('c', { r: 1 }), complete('c', { r: 2 })] },
  { name: 'maps inputs and outputs', steps: [one({ active: '=["c"]', inputs: { l: '=x' }, outputs: { o: '=l + 1' } }), create({ x: 1 }), complete('c', { l: 5 })] },
  { name: 'activates elements for a caller', steps: [one({ active: '=["c"]' }), create(), activateInside('tools', [{ element: 'a', variables: { v: 1 } }, { element: 'c', variables: { v: 2 } }]), complete('c'), complete('c'), complete('a'), complete('b')] },
  { name: 'refuses a caller that names what is not there', steps: [one({ active: '=["c"]' }), create(), activateInside('tools', [{ element: 'b' }]), activateInside('tools', [{ element: 'x' }, { element: 'a' }]), activateInside('tools', []), complete('c'), activateInside('tools', [{ element: 'a' }])] },
  { name: 'refuses a caller that names an element twice', steps: [one({ active: '=["c"]' }), create(), activateInside('tools', [{ element: 'a' }, { element: 'a' }])] },
  { name: 'ends what runs when a caller says so', steps: [one({ active: '=["a", "c"]' }), create(), activateInside('tools', [{ element: 'c' }], true), complete('c')] },
  { name: 'has tasks that are done at once', steps: [one({ active: '=["s", "t"]', output: results }, [script('s', '=1', 'r'), script('t', '=2', 'r')], []), create()] },
  { name: 'has user tasks, sub-processes and forks inside', steps: [one({ active: '=["review", "sub", "f"]' }, [userTask('review'), subProcess('sub', [start('in'), service('w'), end('out')], ['in > w > out']), parallel('f'), service('x'), service('y')], ['f > x', 'f > y']), create(), finish('review'), complete('w'), complete('x'), complete('y')] },
  { name: 'has a boundary event on an element inside', steps: [one({ active: '=["a"]' }, [service('a'), boundary('b', 'a', duration('PT1H')), service('z')], ['b > z']), create(), pass(3601), complete('z')] },
  { name: 'is interrupted by its boundary event', steps: [one({ active: '=["a", "c"]' }, three, ['a > b'], [boundary('late', 'tools', duration('PT1H')), end('e2')], ['late > e2']), create(), complete('a'), pass(3601)] },
  { name: 'lets an error out', steps: [one({ active: '=["a", "c"]' }, three, [], [boundary('bad', 'tools', error('E')), end('e2')], ['bad > e2']), create(), throwError('a', 'E', { why: 1 })] },
  { name: 'has an event sub-process inside', steps: [one({ active: '=["a"]' }, [service('a'), eventSubProcess('esp', [start('es', signal('go'), { nonInterrupting: true }), service('q'), end('ee')], ['es > q > ee'])], []), create(), broadcast('go'), complete('a'), complete('q')] },
  { name: 'is interrupted by an event sub-process inside', steps: [one({ active: '=["a"]' }, [service('a'), eventSubProcess('esp', [start('es', signal('go')), service('q'), end('ee')], ['es > q > ee'])], []), create(), broadcast('go'), complete('q')] },
  { name: 'runs in multi-instance', steps: [deploy(process('p', [start(), multi(adHoc('tools', [service('a'), service('c')], [], { active: '=item' }), '=items', { item: 'item', sequential: true }), end()], ['start > tools > end'])), create({ items: [['a'], ['c', 'a']] }), complete('a'), complete('a'), complete('c')] },
  { name: 'runs in multi-instance with multi-instance inside', steps: [deploy(process('p', [start(), multi(adHoc('tools', [multi(service('a'), '=[1, 2]', { item: 'j' }), service('c')], [], { active: '=["a", "c"]' }), '=[1, 2]', { item: 'i' }), end()], ['start > tools > end'])), create(), complete('c')], deviates: 'Zeebe takes the body inside for an ad-hoc sub-process and fails over it (PROCESSING_ERROR); ours runs it' },
  { name: 'sets its own variables back when its activation is tried again', steps: [deploy(process('p', [start(), multi(adHoc('tools', [service('a')], [], { active: '=list' }), '=items', { item: 'item', output: results }), end()], ['start > tools > end'])), create({ items: [1, 2] }), setIn('tools#2', { item: 7, r: 5, adHocSubProcessElements: 3 }, true), set({ list: ['a'] }), resolve('tools'), complete('a')] },
  { name: 'stands inside another one', steps: [one({ active: '=["inner"]' }, [adHoc('inner', [service('a'), service('c')], [], { active: '=["a"]' }), service('z')], []), create(), activateInside('inner', [{ element: 'c' }]), complete('a'), complete('c')] },
  { name: 'has compensation inside', steps: [one({ active: '=["a"]' }, [service('a'), ...undoneBy('a'), service('c')], []), create(), complete('a')] },
  { name: 'raises an incident inside and goes on', steps: [one({ active: '=["a"]' }), create(), fail('a', 0), retry('a'), resolve('a'), complete('a'), complete('b')] },

  { name: 'is refused a job type beside active elements', steps: [one({ active: '=["c"]', ...agent })] },
  { name: 'is done when the worker says so', steps: [one(agent), create({ x: 1 }), completeWith('agent', { of: 'ad-hoc', isFulfilled: true }, { y: 1 })] },
  { name: 'activates what the worker names, and asks again', steps: [one(agent), create(), completeWith('agent', { of: 'ad-hoc', activate: [{ element: 'a', variables: { v: 1 } }, { element: 'c' }] }, { z: 1 }), complete('a'), complete('b'), complete('c'), completeWith('agent', { of: 'ad-hoc', isFulfilled: true })] },
  { name: 'asks after each element that is done', steps: [one({ ...agent, output: results }), create(), completeWith('agent', { of: 'ad-hoc', activate: [{ element: 'a' }, { element: 'c' }] }), complete('c', { r: 1 }), completeWith('agent', { of: 'ad-hoc' }), complete('a', { r: 2 }), complete('b', { r: 3 }), completeWith('agent', { of: 'ad-hoc', isFulfilled: true })] },
  { name: 'ends what runs when the worker says so', steps: [one(agent), create(), completeWith('agent', { of: 'ad-hoc', activate: [{ element: 'a' }, { element: 'c' }] }), complete('c'), completeWith('agent', { of: 'ad-hoc', isFulfilled: true, cancelRemaining: true })] },
  { name: 'lets the rest end when the worker is content', steps: [one(agent), create(), completeWith('agent', { of: 'ad-hoc', activate: [{ element: 'a' }, { element: 'c' }] }), complete('c'), completeWith('agent', { of: 'ad-hoc', isFulfilled: true }), complete('a'), complete('b')] },
  { name: 'ends what runs and begins anew', steps: [one(agent), create(), completeWith('agent', { of: 'ad-hoc', activate: [{ element: 'a' }] }), activateInside('tools', [{ element: 'c' }]), complete('c'), completeWith('agent', { of: 'ad-hoc', activate: [{ element: 'c' }], cancelRemaining: true }), complete('c')] },
  { name: 'waits when the worker says nothing', steps: [one(agent), create(), complete('agent', { x: 1 }), activateInside('tools', [{ element: 'c' }]), complete('c'), completeWith('agent', { of: 'ad-hoc', isFulfilled: true })] },
  { name: 'refuses a worker that names what is not there', steps: [one(agent), create(), completeWith('agent', { of: 'ad-hoc', activate: [{ element: 'nothing' }] }), completeWith('agent', { of: 'ad-hoc', activate: [{ element: 'b' }] })] },
  { name: 'has a job that fails', steps: [one({ ...agent, retries: '2' }), create(), fail('agent', 0), retry('agent'), resolve('tools'), completeWith('agent', { of: 'ad-hoc', isFulfilled: true })] },
  { name: 'has a job that throws an error', steps: [one(agent, three, [], [boundary('bad', 'tools', error('E')), end('e2')], ['bad > e2']), create(), throwError('agent', 'E')] },
  { name: 'is interrupted while the worker thinks', steps: [one(agent, three, [], [boundary('late', 'tools', duration('PT1H')), end('e2')], ['late > e2']), create(), pass(3601)] },
  { name: 'is cancelled while the worker thinks', steps: [one(agent), create(), cancel, create(), completeWith('agent', { of: 'ad-hoc', activate: [{ element: 'a' }] }), cancel] },
];

const isByWorker = ({ steps }: Omit<Scenario, 'feature'>) => steps.some((step) => step.do === 'deploy' && step.resources.some(({ text }) => text.includes('type="agent"')));
export const adHocScenarios: readonly Scenario[] = scenarios.map((scenario) => ({ ...scenario, feature: isByWorker(scenario) ? byWorker : byExpression }));
