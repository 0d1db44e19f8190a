// Each activity in each place that an activity can stand in, and with what can be done to it: every pair is one scenario.
import { atEnd, atStart, process, subProcess, type Extras, type Node } from '../scenario/diagram.ts';
import { boundary, businessRule, call, compensation, duration, end, error, manual, message, parallel, receive, script, send, service, signal, start, task, terminate, userTask, userTaskByWorker } from '../scenario/elements.ts';
import { table } from '../scenario/files.ts';
import { adHoc, eventSubProcess, multi, undoneBy } from '../scenario/scopes.ts';
import type { Resource, Scenario, Step } from '../scenario/scenario.ts';
import { broadcast, cancel, complete, create, deploy, finish, migrate, modify, pass, publish, resolve, set } from './steps.ts';

type Activity = {
  readonly draw: (id: string, extras?: Extras) => Node;
  /** What must be deployed beside it. */
  readonly files?: readonly Resource[];
  /** What brings it to its end; none: it waits for nothing. */
  readonly work: readonly Step[];
};

const called = process('called', [start('called-start'), service('w'), end('called-end')], ['called-start > w > called-end']);
const work = [complete('w', { r: 1 })];

export const activities: Readonly<Record<string, Activity>> = {
  'service task': { draw: (id, extras) => service(id, { type: 'w', headers: { queue: 'a' }, ...extras }), work },
  'send task': { draw: (id, extras) => send(id, { type: 'w', ...extras }), work },
  'receive task': { draw: (id, extras) => receive(id, 'go', '=k', extras), work: [publish('go', '1', { r: 1 })] },
  'user task': { draw: (id, extras) => userTask(id, { assignee: 'anna', ...extras }), work: [finish('x', { r: 1 })] },
  'user task, by a job worker': { draw: (id, extras) => userTaskByWorker(id, { assignee: 'anna', ...extras }), work: [complete('io.camunda.zeebe:userTask', { r: 1 })] },
  'business rule task': { draw: (id, extras) => businessRule(id, 'd', 'r', extras), files: [table('d', { hitPolicy: 'FIRST', inputs: ['v'], outputs: ['y'], rules: [['-', '1']] })], work: [] },
  'script task': { draw: (id, extras) => script(id, '=1 + 1', 'r', extras), work: [] },
  'manual task': { draw: (id, extras) => manual(id, extras), work: [] },
  'undefined task': { draw: (id, extras) => task(id, extras), work: [] },
  'call activity': { draw: (id, extras) => call(id, 'called', { allToParent: true, ...extras }), files: [called], work },
  'embedded sub-process': { draw: (id, extras) => subProcess(id, [start('in'), service('w'), end('out')], ['in > w > out'], extras), work },
  'ad-hoc sub-process': { draw: (id, extras) => adHoc(id, [service('w')], [], { active: '=["w"]', ...extras }), work },
};

/** `x` in a process of its own, with more around it; `v` and the correlation key `k` are there. */
type Place = (activity: Activity) => readonly Step[];
const given = { v: 1, k: '1' };
const chain = (nodes: readonly Node[], flows: readonly string[] = [], id = 'p') => process(id, [start(), ...nodes, end()], ['start > x > end', ...flows]);
const alone = (activity: Activity, extras?: Extras) => deploy(...activity.files ?? [], chain([activity.draw('x', extras)]));
/** One that waits for nothing is held by a listener, so that something can happen to it. */
const held = ({ work }: Activity): Extras => (work.length === 0 ? { listeners: [atStart('before')] } : {});
const letGo = ({ work }: Activity): readonly Step[] => (work.length === 0 ? [complete('before')] : work);

export const places: Readonly<Record<string, Place>> = {
  'alone': (a) => [alone(a), create(given), ...a.work],
  'with mappings': (a) => [alone(a, { inputs: { i: '=v + 1' }, outputs: { o: '=r' } }), create(given), ...a.work],
  'with execution listeners': (a) => [alone(a, { listeners: [atStart('before'), atEnd('after')] }), create(given), complete('before', { v: 2 }), ...a.work, complete('after')],
  'interrupted by a timer': (a) => [deploy(...a.files ?? [], chain([a.draw('x', held(a)), boundary('late', 'x', duration('PT1H')), end('end2')], ['late > end2'])), create(given), pass(3601), ...letGo(a)],
  'with a message beside': (a) => [deploy(...a.files ?? [], chain([a.draw('x', held(a)), boundary('asked', 'x', message('ask', '=k'), { nonInterrupting: true }), end('end2')], ['asked > end2'])), create(given), publish('ask', '1', { q: 1 }), publish('ask', '1'), ...letGo(a)],
  'interrupted by a signal': (a) => [deploy(...a.files ?? [], chain([a.draw('x', held(a)), boundary('called-off', 'x', signal('stop')), end('end2')], ['called-off > end2'])), create(given), broadcast('stop', { why: 1 }), ...letGo(a)],
  'in parallel multi-instance': (a) => [deploy(...a.files ?? [], chain([multi(a.draw('x', { outputs: { o: '=r' } }), '=[1, 2]', { item: 'n', output: { collection: 'all', element: '=o' } })])), create(given), ...a.work, ...a.work],
  'in sequential multi-instance': (a) => [deploy(...a.files ?? [], chain([multi(a.draw('x', { outputs: { o: '=r' } }), '=[1, 2]', { sequential: true, item: 'n', output: { collection: 'all', element: '=o' } })])), create(given), ...a.work, ...a.work],
  'inside a sub-process that is interrupted': (a) => [deploy(...a.files ?? [], process('p', [start(), subProcess('around', [start('s'), a.draw('x', held(a)), end('e')], ['s > x > e']), boundary('late', 'around', duration('PT1H')), end(), end('end2')], ['start > around > end', 'late > end2'])), create(given), create(given), ...letGo(a), pass(3601)],
  'inside an event sub-process': (a) => [deploy(...a.files ?? [], process('p', [start(), service('main'), end(), eventSubProcess('aside', [start('asked', message('ask', '=k')), a.draw('x'), end('e')], ['asked > x > e'])], ['start > main > end'])), create(given), publish('ask', '1', { q: 1 }), ...a.work],
  'inside an ad-hoc sub-process': (a) => [deploy(...a.files ?? [], process('p', [start(), adHoc('free', [a.draw('x'), service('other')], [], { active: '=["x", "other"]', condition: '=r != null' }), end()], ['start > free > end'])), create(given), ...a.work, complete('other')],
  'beside a branch that terminates all': (a) => [deploy(...a.files ?? [], process('p', [start(), parallel('fork'), a.draw('x', held(a)), service('other'), end('all', terminate), end()], ['start > fork > x > end', 'fork > other > all'])), create(given), complete('other'), ...letGo(a)],
  'undone by a compensation': (a) => [deploy(...a.files ?? [], process('p', [start(), a.draw('x'), ...undoneBy('x'), end('end', compensation())], ['start > x > end'])), create(given), ...a.work, complete('undo-x')],
  'as a handler of compensation': (a) => [deploy(...a.files ?? [], process('p', [start(), service('t'), ...undoneBy('t', a.draw('x')), end('end', compensation())], ['start > t > end'])), create(given), complete('t'), ...a.work],
  'with an incident at an input': (a) => [alone(a, { inputs: { i: '=assert(w, w != null)' } }), create(given), resolve('x'), set({ w: 1 }), resolve('x'), ...a.work],
  'with an incident at an output': (a) => [alone(a, { outputs: { o: '=assert(w, w != null)' } }), create(given), ...a.work, set({ w: 1 }), resolve('x')],
  'in a process that catches an error at it': (a) => [deploy(...a.files ?? [], chain([a.draw('x', held(a)), boundary('caught', 'x', error('E')), end('end2')], ['caught > end2'])), create(given), ...letGo(a)],
  'started at': (a) => [alone(a), { do: 'create', process: 'p', variables: given, startAt: ['x'] }, ...a.work],
  'ended after': (a) => [deploy(...a.files ?? [], process('p', [start(), a.draw('x'), service('never'), end()], ['start > x > never > end'])), { do: 'create', process: 'p', variables: given, terminateAfter: ['x'] }, ...a.work],
  'begun by a modification': (a) => [deploy(...a.files ?? [], process('p', [start(), service('t'), a.draw('x'), end()], ['start > t > x > end'])), create(given), modify({ activate: [{ element: 'x', variables: [{ scope: 'x', values: { mine: 1 } }] }], terminate: ['t'] }), ...a.work],
  'ended by a modification': (a) => [deploy(...a.files ?? [], process('p', [start(), a.draw('x', held(a)), service('t'), end()], ['start > x > t > end'])), create(given), modify({ activate: [{ element: 't' }], terminate: ['x'] }), complete('t')],
  'taken along by a migration': (a) => [deploy(...a.files ?? [], chain([a.draw('x', held(a))])), deploy(process('q', [start(), a.draw('x', held(a)), service('more'), end()], ['start > x > more > end'])), create(given), migrate({ x: 'x', w: 'w' }), ...letGo(a), complete('more')],
  'cancelled with its instance': (a) => [alone(a, held(a)), create(given), cancel],
};

/** By the words of the matrix. */
export const nameOf = (activity: string, place: string): string => `${activity}: ${place}`;

export const eachActivityScenarios: readonly Scenario[] = Object.entries(activities).flatMap(([activity, about]) =>
  Object.entries(places).map(([place, steps]) => ({ name: nameOf(activity, place), feature: 'each activity in each place', steps: steps(about) })));
