// Scenarios of execution listeners and of task listeners.
import { atEnd, atStart, executionListeners, otherwise, process, subProcess, when, type Extras, type Node } from '../scenario/diagram.ts';
import { boundary, businessRule, call, catchEvent, compensation, duration, end, error, eventBased, exclusive, inclusive, link, manual, message, parallel, receive, script, send, service, signal, start, task, terminate, throwEvent, userTask, type TaskListener } from '../scenario/elements.ts';
import { table } from '../scenario/files.ts';
import { adHoc, eventSubProcess, multi, undoneBy } from '../scenario/scopes.ts';
import type { Resource, Scenario, Step } from '../scenario/scenario.ts';
import { assign, broadcast, cancel, complete, correct, create, deny, deploy, fail, finish, modify, pass, publish, resolve, retry, set, setIn, throwError, update } from './steps.ts';

const executions = 'execution listeners';
const tasks = 'task listeners';

const listeners = { listeners: [atStart('before'), atEnd('after')] };
const between: readonly Step[] = [complete('before', { b: 1 }), complete('after', { a: 2 })];
const one = (node: Node, more: readonly Node[] = [], flows: readonly string[] = [], ...files: Resource[]) => deploy(...files, process('p', [start(), node, end(), ...more], [`start > ${node.id} > end`, ...flows]));
const called = process('c', [start('cs'), end('ce')], ['cs > ce']);
const rules = table('d', { hitPolicy: 'FIRST', inputs: ['x'], outputs: ['y'], rules: [['-', '1']] });

/** On each kind of element: both events, in the steps that the kind itself needs between them. */
const kinds: readonly (readonly [kind: string, deployment: Step, between: readonly Step[]])[] = [
  ['a service task', one(service('t', listeners)), [complete('before', { b: 1 }), complete('t', { r: 1 }), complete('after', { a: 2 })]],
  ['a send task', one(send('t', listeners)), [complete('before'), complete('t'), complete('after')]],
  ['a receive task', one(receive('t', 'go', '="k"', listeners)), [complete('before'), publish('go', 'k', { x: 1 }), complete('after')]],
  ['a user task', one(userTask('t', listeners)), [complete('before'), finish('t', { x: 1 }), complete('after')]],
  ['a script task', one(script('t', '=1 + 1', 'r', listeners)), between],
  ['a business rule task', one(businessRule('t', 'd', 'r', listeners), [], [], rules), between],
  ['a manual task', one(manual('t', listeners)), between],
  ['an undefined task', one(task('t', listeners)), between],
  ['a call activity', one(call('t', 'c', listeners), [], [], called), between],
  ['a sub-process', one(subProcess('t', [start('in'), service('w'), end('out')], ['in > w > out'], listeners)), [complete('before'), complete('w'), complete('after')]],
  ['a multi-instance task', one(multi(service('t', listeners), '=[1, 2]', { sequential: true, item: 'i', output: { collection: 'o', element: '=r' } })), [complete('before'), complete('t', { r: 1 }), complete('after'), complete('before'), complete('t', { r: 2 }), complete('after', { r: 3 })]],
  ['a parallel multi-instance task', one(multi(service('t', listeners), '=[1, 2]', { item: 'i' })), [complete('before'), complete('before'), complete('t'), complete('after'), complete('t'), complete('after')]],
  ['a catch event', one(catchEvent('t', message('go', '="k"'), listeners)), [complete('before'), publish('go', 'k', { x: 1 }), complete('after')]],
  ['a timer catch event', one(catchEvent('t', duration('PT1H'), listeners)), [complete('before'), pass(3601), complete('after')]],
  ['a throw event', one(throwEvent('t', undefined, listeners)), between],
  ['a signal throw event', one(throwEvent('t', signal('go'), listeners), [start('ss', signal('go')), end('se')], ['ss > se']), between],
  ['a compensation throw event', deploy(process('p', [start(), service('w'), ...undoneBy('w'), throwEvent('t', compensation(), listeners), end()], ['start > w > t > end'])), [complete('w'), complete('before'), complete('undo-w'), complete('after')]],
  ['a link throw event', deploy(process('p', [start(), throwEvent('t', link('A'), listeners), catchEvent('c', link('A')), end()], ['start > t', 'c > end'])), between],
  ['an ad-hoc sub-process', one(adHoc('t', [service('w')], [], { active: '=["w"]', ...listeners })), [complete('before'), complete('w'), complete('after')]],
  ['an end event', deploy(process('p', [start(), end('t', undefined, listeners)], ['start > t'])), between],
  ['a terminate end event', deploy(process('p', [start(), parallel('f'), service('w'), end(), end('t', terminate, listeners)], ['start > f > w > end', 'f > t'])), between],
  ['a handler of compensation', deploy(process('p', [start(), service('w'), ...undoneBy('w', service('u', listeners)), throwEvent('t', compensation()), end()], ['start > w > t > end'])), [complete('w'), complete('before'), complete('u'), complete('after')]],
  ['an event sub-process', deploy(process('p', [start(), service('w'), end(), eventSubProcess('t', [start('es', signal('go')), end('ee')], ['es > ee'], listeners)], ['start > w > end'])), [broadcast('go', { x: 1 }), ...between]],
];
const gateways: readonly (readonly [kind: string, (extras: Extras) => Node])[] = [['an exclusive gateway', (extras) => exclusive('gw', extras)], ['a parallel gateway', (extras) => parallel('gw', extras)], ['an inclusive gateway', (extras) => inclusive('gw', extras)]];
const service2 = (extras: Extras, more: readonly Node[] = [], flows: readonly string[] = []) => one(service('t', extras), more, flows);
const ofProcess = (list: Parameters<typeof executionListeners>[0]) => deploy(process('p', [start(), service('t'), end()], ['start > t > end'], { extensions: executionListeners(list) }));
const review = (list: readonly TaskListener[], options = {}, more: readonly Node[] = [], flows: readonly string[] = []) => one(userTask('review', { taskListeners: list, ...options }), more, flows);
const all: readonly TaskListener[] = [{ event: 'creating', type: 'creating' }, { event: 'assigning', type: 'assigning' }, { event: 'updating', type: 'updating' }, { event: 'completing', type: 'completing' }, { event: 'canceling', type: 'canceling' }];
const only = (event: TaskListener['event'], ...types: readonly string[]): readonly TaskListener[] => (types.length === 0 ? [event] : types).map((type) => ({ event, type }));

export const listenerScenarios: readonly Scenario[] = [
  ...kinds.map(([kind, deployment, steps]): Scenario => ({ name: `run before and after ${kind}`, feature: executions, steps: [deployment, create({ x: 1 }), ...steps] })),
  ...gateways.map(([kind, gateway]): Scenario => ({ name: `run before ${kind}`, feature: executions, steps: [deploy(process('p', [start(), gateway({ listeners: [atStart('before')] }), service('a'), end()], ['start > gw', ...(kind.includes('parallel') ? ['gw > a'] : [when('gw', 'a', '=x > 0')]), 'a > end'])), create({ x: 0 }), complete('before', { x: 1 }), complete('a')] })),
  { name: 'run before an event-based gateway', feature: executions, steps: [deploy(process('p', [start(), eventBased('gw', { listeners: [atStart('before')] }), catchEvent('m', message('go', '="k"')), catchEvent('t', duration('PT1H')), end()], ['start > gw > m > end', 'gw > t > end'])), create(), complete('before'), publish('go', 'k')] },
  { name: 'run after a start event', feature: executions, steps: [deploy(process('p', [start('s', undefined, { listeners: [atEnd('after')] }), service('t'), end()], ['s > t > end'])), create({ x: 1 }), complete('after', { x: 2, y: 3 }), complete('t')] },
  { name: 'run after a boundary event', feature: executions, steps: [one(service('t'), [boundary('b', 't', signal('go'), { listeners: [atEnd('after')] }), end('e2')], ['b > e2']), create(), broadcast('go', { x: 1 }), complete('after', { y: 1 })] },
  { name: 'run before an error end event', feature: executions, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), end('bad', error('E'), { listeners: [atStart('before')] })], ['in > bad']), boundary('b', 'sub', error('E')), end(), end('e2')], ['start > sub > end', 'b > e2'])), create(), complete('before')] },
  { name: 'run before and after a process', feature: executions, steps: [ofProcess([atStart('before'), atEnd('after')]), create({ x: 1 }), complete('before', { y: 1 }), complete('t'), complete('after', { z: 1 })] },
  { name: 'run before and after a called process', feature: executions, steps: [deploy(process('c', [start('cs'), service('t'), end('ce')], ['cs > t > ce'], { extensions: executionListeners([atStart('before'), atEnd('after')]) }), process('p', [start(), call('a', 'c'), end()], ['start > a > end'])), create({ x: 1 }), complete('before'), complete('t'), complete('after', { z: 1 })] },
  { name: 'hold up a process that is started by a message', feature: executions, steps: [deploy(process('p', [start('s', message('go')), service('t'), end()], ['s > t > end'], { extensions: executionListeners([atStart('before')]) })), publish('go', 'a', { x: 1 }), complete('before'), complete('t')] },
  { name: 'run one after the other', feature: executions, steps: [service2({ listeners: [atStart('b1'), atStart('b2'), atEnd('a1'), atEnd('a2')] }), create(), complete('b1', { v: 1 }), complete('b2', { v: 2 }), complete('t'), complete('a1', { w: 1 }), complete('a2')] },
  { name: 'fail, are tried again and raise an incident', feature: executions, steps: [service2({ listeners: [atStart('before', '2'), atEnd('after')] }), create(), fail('before', 1), fail('before', 0), retry('before'), resolve('t'), complete('before'), complete('t'), fail('after', 0), retry('after'), resolve('t'), complete('after')] },
  { name: 'fail before and after a process', feature: executions, steps: [ofProcess([atStart('before'), atEnd('after')]), create(), fail('before', 0), retry('before'), resolve('p'), complete('before'), complete('t'), fail('after', 0), retry('after'), resolve('p'), complete('after')] },
  { name: 'may not throw errors', feature: executions, steps: [service2(listeners, [boundary('b', 't', error('E')), end('e2')], ['b > e2']), create(), throwError('before', 'E'), complete('before'), complete('t'), throwError('after', 'E')] },
  { name: 'take their type and retries from expressions', feature: executions, steps: [service2({ listeners: [atStart('=kind', '=n')] }), create({ kind: 'x', n: 5 }), complete('x'), create({ n: 1 }), set({ kind: 'y' }), resolve('t')] },
  { name: 'run after the inputs and before the outputs leave', feature: executions, steps: [service2({ inputs: { i: '=x' }, outputs: { o: '=i + r' }, listeners: [atStart('before'), atEnd('after')] }), create({ x: 1 }), complete('before', { i: 5 }), complete('t', { r: 1 }), complete('after', { o: 9, r: 7 })] },
  { name: 'carry the headers of their element', feature: executions, steps: [service2({ headers: { to: 'anna' }, ...listeners }), create(), { do: 'activate', type: 'before' }, complete('before')] },
  { name: 'are cancelled with their instance', feature: executions, steps: [service2(listeners), create(), cancel, create(), complete('before'), complete('t'), cancel] },
  { name: 'are cancelled with their process', feature: executions, steps: [ofProcess([atStart('before'), atEnd('after')]), create(), cancel] },
  { name: 'are interrupted by a boundary event', feature: executions, steps: [service2(listeners, [boundary('b', 't', duration('PT1H')), end('e2')], ['b > e2']), create(), pass(3601), complete('before'), complete('t'), pass(3601), complete('after')] },
  { name: 'wait again when an incident of the element is resolved', feature: executions, steps: [one(script('t', '=assert(y, y != null)', 'r', { listeners: [atStart('before'), atEnd('after')] })), create(), complete('before'), set({ y: 1 }), resolve('t'), complete('before'), complete('after')] },
  { name: 'run again when outputs fail', feature: executions, steps: [service2({ outputs: { o: '=assert(y, y != null)' }, ...listeners }), create(), complete('before'), complete('t'), set({ y: 1 }), resolve('t'), complete('after')] },
  { name: 'run before a join', feature: executions, steps: [deploy(process('p', [start(), parallel('f'), parallel('j', { listeners: [atStart('before')] }), service('t'), end()], ['start > f > j > t > end', 'f > j'])), create(), complete('before'), complete('t')] },
  { name: 'run for each default and taken flow of a gateway once', feature: executions, steps: [deploy(process('p', [start(), exclusive('gw', { listeners: [atStart('b1'), atStart('b2')] }), end('a'), end('b')], ['start > gw', when('gw', 'a', '=x'), otherwise('gw', 'b')])), create({ x: true }), complete('b1', { x: false }), complete('b2')] },
  { name: 'set variables after a task in the scope around it', feature: executions, steps: [one(subProcess('sub', [start('in'), service('t', { listeners: [atEnd('after')] }), service('w'), end('out')], ['in > t > w > out'])), create({ x: 1 }), complete('t'), complete('after', { x: 2, n: 3 }), complete('w')] },
  { name: 'set variables after a task with mappings', feature: executions, steps: [service2({ inputs: { l: '=1' }, outputs: { o: '=l' }, listeners: [atEnd('after')] }), create({ x: 1 }), complete('t'), complete('after', { l: 2, x: 3, o: 4 })] },
  { name: 'set variables of the scope they see', feature: executions, steps: [one(subProcess('sub', [start('in'), service('w'), end('out')], ['in > w > out'], { inputs: { l: '=1' }, listeners: [atStart('before'), atEnd('after')] })), create({ x: 1 }), complete('before', { l: 2, x: 2, n: 3 }), complete('w'), complete('after', { l: 5 })] },

  { name: 'run at every step of a task', feature: tasks, steps: [review(all), create(), complete('creating'), assign('review', 'anna'), complete('assigning'), update('review', { priority: 90 }), complete('updating'), finish('review', { ok: true }), complete('completing')] },
  { name: 'run at the end by cancelling', feature: tasks, steps: [review(all), create(), complete('creating'), cancel, complete('canceling')] },
  { name: 'run one after the other', feature: tasks, steps: [review(only('completing', 'c1', 'c2', 'c3')), create(), finish('review', { ok: true }), complete('c1'), complete('c2'), complete('c3')] },
  { name: 'run at the assignment by the diagram', feature: tasks, steps: [review(only('assigning'), { assignee: 'anna' }), create(), complete('assigning')] },
  { name: 'run at creation and assignment by the diagram', feature: tasks, steps: [review([...only('creating'), ...only('assigning')], { assignee: 'anna' }), create(), complete('creating'), complete('assigning'), finish('review')] },
  { name: 'deny a completion', feature: tasks, steps: [review(only('completing')), create(), finish('review', { ok: true }), deny('completing'), finish('review', { ok: false }), complete('completing')] },
  { name: 'deny an assignment', feature: tasks, steps: [review(only('assigning')), create(), assign('review', 'anna'), deny('assigning'), assign('review', 'ben'), complete('assigning'), assign('review', 'cleo', false), assign('review', 'cleo'), deny('assigning')] },
  { name: 'deny the assignment by the diagram', feature: tasks, steps: [review(only('assigning'), { assignee: 'anna' }), create(), deny('assigning')] },
  { name: 'deny an update', feature: tasks, steps: [review(only('updating')), create(), update('review', { priority: 90 }), deny('updating'), update('review', { priority: 91 }), complete('updating')] },
  { name: 'may not deny a creation', feature: tasks, steps: [review(only('creating')), create(), deny('creating'), complete('creating')] },
  { name: 'may not deny a cancellation', feature: tasks, steps: [review(only('canceling')), create(), cancel, deny('canceling'), complete('canceling')] },
  { name: 'correct a creation', feature: tasks, steps: [review(only('creating')), create(), correct('creating', { assignee: 'anna', priority: 77, candidateGroups: ['leads'], candidateUsers: ['ben'], dueDate: '2030-02-01T00:00:00Z', followUpDate: '2030-03-01T00:00:00Z' }), finish('review')] },
  { name: 'correct an assignment', feature: tasks, steps: [review(only('assigning')), create(), assign('review', 'anna'), correct('assigning', { assignee: 'ben', priority: 5 })] },
  { name: 'correct a completion', feature: tasks, steps: [review(only('completing')), create(), finish('review'), correct('completing', { assignee: 'ben', priority: 5 })] },
  { name: 'correct an update', feature: tasks, steps: [review(only('updating')), create(), update('review', { priority: 90 }), correct('updating', { priority: 60, candidateGroups: ['x'] })] },
  { name: 'correct twice', feature: tasks, steps: [review(only('completing', 'c1', 'c2')), create(), finish('review'), correct('c1', { assignee: 'a', priority: 5 }), correct('c2', { priority: 6 })] },
  { name: 'correct and then deny', feature: tasks, steps: [review(only('completing', 'c1', 'c2')), create(), finish('review'), correct('c1', { assignee: 'a' }), deny('c2')] },
  { name: 'fail and raise an incident', feature: tasks, steps: [review(only('completing')), create(), finish('review', { ok: true }), fail('completing', 1), fail('completing', 0), retry('completing'), resolve('review'), complete('completing')] },
  { name: 'may not set variables or throw errors', feature: tasks, steps: [review(only('completing')), create(), finish('review'), complete('completing', { x: 1 }), throwError('completing', 'E'), complete('completing')] },
  { name: 'refuse another step while they work', feature: tasks, steps: [review(all), create(), complete('creating'), assign('review', 'anna'), finish('review'), update('review', { priority: 1 }), assign('review', 'ben'), complete('assigning')] },
  { name: 'are called off by a cancellation', feature: tasks, steps: [review([...only('completing'), ...only('canceling')]), create(), finish('review'), cancel, complete('canceling')] },
  { name: 'run when variables of the task are set', feature: tasks, steps: [review(only('updating')), create(), setIn('review', { x: 1 }, true), complete('updating')] },
  { name: 'deny that variables of the task are set', feature: tasks, steps: [review(only('updating')), create(), setIn('review', { x: 1 }, true), deny('updating')] },
  { name: 'run beside execution listeners', feature: tasks, steps: [review([...only('creating'), ...only('completing')], listeners), create(), complete('before'), complete('creating'), finish('review'), complete('completing'), complete('after')] },
  { name: 'run when a timer interrupts the task', feature: tasks, steps: [review(only('canceling'), {}, [boundary('late', 'review', duration('PT1H')), end('e2')], ['late > e2']), create(), pass(3601), complete('canceling')] },
  { name: 'run when an event sub-process interrupts the task', feature: tasks, steps: [review(only('canceling'), {}, [eventSubProcess('esp', [start('es', signal('stop')), service('q'), end('ee')], ['es > q > ee'])]), create(), broadcast('stop'), complete('canceling'), complete('q')] },
  { name: 'run when a terminate end event ends the task', feature: tasks, steps: [deploy(process('p', [start(), parallel('f'), userTask('review', { taskListeners: only('canceling') }), service('w'), end(), end('t', terminate)], ['start > f > review > end', 'f > w > t'])), create(), complete('w'), complete('canceling')] },
  { name: 'run when a sub-process around the task is interrupted', feature: tasks, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), userTask('review', { taskListeners: only('canceling') }), end('out')], ['in > review > out']), boundary('b', 'sub', signal('stop')), end(), end('e2')], ['start > sub > end', 'b > e2'])), create(), broadcast('stop', { x: 1 }), complete('canceling')] },
  { name: 'run when a call activity around the task is interrupted', feature: tasks, steps: [deploy(process('c', [start('cs'), userTask('review', { taskListeners: only('canceling') }), end('ce')], ['cs > review > ce']), process('p', [start(), call('a', 'c'), boundary('b', 'a', signal('stop')), end(), end('e2')], ['start > a > end', 'b > e2'])), create(), broadcast('stop'), complete('canceling')] },
  { name: 'run when multi-instance has enough', feature: tasks, steps: [one(multi(userTask('review', { taskListeners: only('canceling') }), '=[1, 2]', { item: 'i', condition: '=true' })), create(), finish('review'), complete('canceling')] },
  { name: 'run when the task is terminated by hand', feature: tasks, steps: [deploy(process('p', [start(), userTask('review', { taskListeners: only('canceling') }), service('z'), end()], ['start > review > z > end'])), create(), modify({ terminate: ['review'], activate: [{ element: 'z' }] }), complete('canceling'), complete('z')] },
  { name: 'run at two tasks that are cancelled at once', feature: tasks, steps: [deploy(process('p', [start(), parallel('f'), userTask('a', { taskListeners: only('canceling', 'ca') }), userTask('b', { taskListeners: only('canceling', 'cb') }), end()], ['start > f > a > end', 'f > b > end'])), create(), cancel, complete('ca'), complete('cb')] },
  { name: 'see the variables of the completion', feature: tasks, steps: [review(only('completing')), create({ x: 1 }), finish('review', { y: 2 }), { do: 'activate', type: 'completing' }, complete('completing')] },
  { name: 'take their type from an expression', feature: tasks, steps: [review([{ event: 'completing', type: '=kind', retries: '=n' }]), create({ kind: 'x', n: 4 }), finish('review'), complete('x')] },
];
