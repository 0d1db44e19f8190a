// Scenarios of event sub-processes, by what starts them, and of what stands around them.
import { process, subProcess } from '../scenario/diagram.ts';
import { boundary, call, cycle, date, duration, end, error, message, parallel, receive, script, service, signal, start, userTask } from '../scenario/elements.ts';
import type { Node } from '../scenario/diagram.ts';
import { eventSubProcess, multi } from '../scenario/scopes.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { broadcast, cancel, complete, create, deploy, fail, finish, pass, publish, resolve, retry, set, setIn, throwError } from './steps.ts';

const errors = 'error event sub-process';
const messages = 'message event sub-process';
const timers = 'timer event sub-process';
const around = 'event sub-process';

/** Measured, errors included: its start is subscribed to and never triggered; the instance stays as it is. */
const nested = 'Zeebe starts an event sub-process that stands directly in another one only when neither interrupts, and gives no sign of it; ours starts it';

const esp = (event: Node, extras = {}) => eventSubProcess('esp', [event, service('q'), end('ee')], [`${event.id} > q > ee`], extras);
const beside = (event: Node, extras = {}) => deploy(process('p', [start(), service('w'), end(), esp(event, extras)], ['start > w > end']));
const within = (event: Node, nodes: readonly Node[] = [], flows: readonly string[] = []) =>
  deploy(process('p', [start(), subProcess('sub', [start('in'), service('w'), end('out'), esp(event)], ['in > w > out']), service('z'), end(), ...nodes], ['start > sub > z > end', ...flows]));

export const eventSubProcessScenarios: readonly Scenario[] = [
  { name: 'is started by the error of a job', feature: errors, steps: [beside(start('es', error('E'))), create({ x: 1 }), throwError('w', 'E', { why: 'bad' }), complete('q')] },
  { name: 'maps the variables of the error', feature: errors, steps: [beside(start('es', error('E'), { outputs: { reason: '=why' } })), create(), throwError('w', 'E', { why: 'bad', more: 1 }), complete('q')] },
  { name: 'catches all errors without a code', feature: errors, steps: [beside(start('es', error())), create(), throwError('w', 'ANY'), complete('q')] },
  { name: 'does not catch another code', feature: errors, steps: [beside(start('es', error('E'))), create(), throwError('w', 'F'), resolve('w')] },
  { name: 'throws on to the boundary of its scope', feature: errors, steps: [
    deploy(process('p', [start(), subProcess('sub', [start('in'), service('w'), end('out'), eventSubProcess('esp', [start('es', error('E')), end('ee', error('E'))], ['es > ee'])], ['in > w > out']), boundary('b', 'sub', error('E')), end(), end('e2')], ['start > sub > end', 'b > e2'])), create(), throwError('w', 'E')] },
  { name: 'is nearer than the boundary of its scope', feature: errors, steps: [within(start('es', error('E')), [boundary('b', 'sub', error('E')), end('e2')], ['b > e2']), create(), throwError('w', 'E'), complete('q'), complete('z')] },
  { name: 'loses to a boundary event of the task', feature: errors, steps: [deploy(process('p', [start(), service('w'), boundary('b', 'w', error('E')), end(), end('e2'), esp(start('es', error('E')))], ['start > w > end', 'b > e2'])), create(), throwError('w', 'E')] },
  { name: 'is started by an error end event', feature: errors, steps: [deploy(process('p', [start(), parallel('f'), service('w'), end('bad', error('E')), end(), esp(start('es', error('E')))], ['start > f > w > end', 'f > bad'])), create(), complete('q')] },
  { name: 'is started once by two errors', feature: errors, steps: [deploy(process('p', [start(), parallel('f'), end('x', error('E')), end('y', error('E')), esp(start('es', error('E')))], ['start > f > x', 'f > y'])), create(), complete('q')] },
  { name: 'catches an error out of a called process', feature: errors, steps: [deploy(process('c', [start('cs'), end('ce', error('E'))], ['cs > ce']), process('p', [start(), call('a', 'c'), end(), esp(start('es', error('E')))], ['start > a > end'])), create({ x: 1 }), complete('q')] },
  { name: 'ends a parallel branch before its join', feature: errors, steps: [deploy(process('p', [start(), parallel('f'), service('a'), service('b'), parallel('j'), end(), esp(start('es', error()))], ['start > f > a > j > end', 'f > b > j'])), create(), complete('a'), throwError('b', 'E'), complete('q')] },
  { name: 'has an error of its own go outwards', feature: errors, steps: [within(start('es', error()), [boundary('b', 'sub', error()), end('e2')], ['b > e2']), create(), throwError('w', 'E'), throwError('q', 'F')] },
  { name: 'raises an incident when its own error is caught by nobody', feature: errors, steps: [beside(start('es', error())), create(), throwError('w', 'E'), throwError('q', 'F'), cancel] },

  { name: 'interrupts its process', feature: messages, steps: [beside(start('es', message('go', '=id'))), create({ id: 'a' }), publish('go', 'a', { x: 1 }), publish('go', 'a', { x: 2 }), complete('q')] },
  { name: 'runs beside its process each time', feature: messages, steps: [beside(start('es', message('go', '=id'), { nonInterrupting: true })), create({ id: 'a' }), publish('go', 'a', { x: 1 }), publish('go', 'a', { x: 2 }), complete('w'), publish('go', 'a', { x: 3 }), complete('q'), complete('q')] },
  { name: 'interrupts its sub-process only', feature: messages, steps: [within(start('es', message('go', '="k"'))), create(), publish('go', 'k', { x: 1 }), complete('q'), complete('z')] },
  { name: 'takes a message that was there before', feature: messages, steps: [beside(start('es', message('go', '="k"'))), publish('go', 'k', { x: 1 }, { timeToLive: 60_000 }), create(), complete('q')] },
  { name: 'raises an incident when the key fails', feature: messages, steps: [beside(start('es', message('go', '=id'))), create({}), set({ id: 'a' }), resolve('p'), publish('go', 'a'), complete('q')] },
  { name: 'raises an incident when the key of a sub-process fails', feature: messages, steps: [within(start('es', message('go', '=id'))), create({}), set({ id: 'a' }), resolve('sub'), publish('go', 'a'), complete('q'), complete('z')] },
  { name: 'reads the key where the sub-process stands', feature: messages, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), service('w'), end('out'), esp(start('es', message('go', '=id')))], ['in > w > out'], { inputs: { id: '="local"' } }), end()], ['start > sub > end'])), create({ id: 'outer' }), publish('go', 'outer'), publish('go', 'local'), complete('q')] },
  { name: 'maps what the message brings', feature: messages, steps: [beside(start('es', message('go', '="k"'), { nonInterrupting: true, outputs: { got: '=x' } })), create(), publish('go', 'k', { x: 1, y: 2 }), complete('q'), complete('w')] },
  { name: 'ends its subscription with the process', feature: messages, steps: [beside(start('es', message('go', '="k"'))), create(), complete('w'), publish('go', 'k')] },
  { name: 'gives one message to one of two', feature: messages, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), service('w'), end('out'), esp(start('es', message('go', '="k"')))], ['in > w > out']), end(), eventSubProcess('esp2', [start('es2', message('go', '="k"')), service('q2'), end('ee2')], ['es2 > q2 > ee2'])], ['start > sub > end'])), create(), publish('go', 'k')] },

  { name: 'interrupts its process after a duration', feature: timers, steps: [beside(start('es', duration('PT1H'))), create(), pass(3601), complete('q')] },
  { name: 'runs beside its process after a duration', feature: timers, steps: [beside(start('es', duration('=d'), { nonInterrupting: true })), create({ d: 'PT1H' }), pass(3601), pass(3601), complete('w'), complete('q')] },
  { name: 'runs as often as its cycle says', feature: timers, steps: [beside(start('es', cycle('R2/PT1H'), { nonInterrupting: true })), create(), pass(3601), pass(3601), pass(3601), complete('w'), complete('q'), complete('q')] },
  { name: 'runs by a cron expression', feature: timers, steps: [beside(start('es', cycle('0 0/30 * * * ?'), { nonInterrupting: true })), create(), pass(1801), pass(1801), complete('w'), complete('q'), complete('q')] },
  { name: 'runs at a date', feature: timers, steps: [beside(start('es', date('2030-01-01T12:00:00Z'))), create(), pass(3601), pass(3601), complete('q')] },
  { name: 'ends its timer with the sub-process', feature: timers, steps: [within(start('es', duration('PT1H'))), create(), complete('w'), pass(3601), complete('z')] },
  { name: 'raises an incident when the duration is none', feature: timers, steps: [beside(start('es', duration('=d'))), create({ d: 'soon' }), set({ d: 'PT1H' }), resolve('p'), pass(3601)] },
  { name: 'interrupts an interrupting one that waits', feature: timers, steps: [deploy(process('p', [start(), service('w'), end(), eventSubProcess('e1', [start('s1', duration('PT1H')), service('q1'), end('x1')], ['s1 > q1 > x1']), eventSubProcess('e2', [start('s2', signal('go')), service('q2'), end('x2')], ['s2 > q2 > x2'])], ['start > w > end'])), create(), broadcast('go'), pass(3601), complete('q2')] },

  { name: 'stands inside another one', feature: around, deviates: nested, steps: [deploy(process('p', [start(), subProcess('u', [start('in'), service('w'), end('out'), eventSubProcess('a', [start('as', message('go', '="n"')), service('q'), end('ae'), eventSubProcess('b', [start('bs', signal('deep')), end('be')], ['bs > be'])], ['as > q > ae'])], ['in > w > out']), end()], ['start > u > end'])), create(), publish('go', 'n', { a: 1 }), broadcast('deep', { b: 2 })] },
  ...[[true, true], [true, false], [false, true], [false, false]].map(([outer = false, inner = false]): Scenario => ({ name: `stands inside another one (${outer ? 'beside' : 'interrupting'}, inside it ${inner ? 'beside' : 'interrupting'}), at a process`, feature: around, ...(outer && inner ? {} : { deviates: nested }), steps: [
    deploy(process('p', [start(), service('w'), end(), eventSubProcess('a', [start('as', message('go', '="n"'), { nonInterrupting: outer }), service('q'), end('ae'), eventSubProcess('b', [start('bs', signal('deep'), { nonInterrupting: inner }), end('be')], ['bs > be'])], ['as > q > ae'])], ['start > w > end'])), create(), publish('go', 'n', { a: 1 }), broadcast('deep', { b: 2 }), complete('q')] })),
  { name: 'stands inside another one, by an error', feature: around, deviates: nested, steps: [
    deploy(process('p', [start(), service('w'), end(), eventSubProcess('a', [start('as', error('E')), service('q'), end('ae'), eventSubProcess('b', [start('bs', error('F')), service('r'), end('be')], ['bs > r > be'])], ['as > q > ae'])], ['start > w > end'])), create(), throwError('w', 'E'), throwError('q', 'F'), complete('r')] },
  { name: 'stands inside multi-instance', feature: around, steps: [deploy(process('p', [start(), multi(subProcess('sub', [start('in'), service('w'), end('out'), esp(start('es', signal('go')))], ['in > w > out']), '=[1, 2]', { item: 'i', output: { collection: 'o', element: '=i' } }), end()], ['start > sub > end'])), create(), complete('w'), broadcast('go', { x: 1 }), complete('q')] },
  { name: 'has multi-instance with a boundary event inside', feature: around, steps: [deploy(process('p', [start(), service('w'), end(), eventSubProcess('esp', [start('es', signal('go'), { nonInterrupting: true }), multi(service('q'), '=[1, 2]', { item: 'i', output: { collection: 'o', element: '=r' } }), boundary('b', 'q', duration('PT1H')), end('late'), end('ee')], ['es > q > ee', 'b > late'])], ['start > w > end'])), create(), broadcast('go'), broadcast('go'), complete('q', { r: 1 }), complete('q', { r: 2 }), pass(3601), complete('w')] },
  { name: 'keeps its variables local when it maps inputs', feature: around, steps: [beside(start('es', signal('go'), { nonInterrupting: true }), { inputs: { l: '=x' }, outputs: { o: '=l' } }), create({ x: 1 }), broadcast('go', { y: 2 }), complete('q', { l: 5, x: 3 }), complete('w')] },
  { name: 'has a user task that is finished', feature: around, steps: [deploy(process('p', [start(), service('w'), end(), eventSubProcess('esp', [start('es', signal('go')), userTask('review'), end('ee')], ['es > review > ee'])], ['start > w > end'])), create(), broadcast('go'), finish('review', { ok: true })] },
  { name: 'interrupts a scope with an incident', feature: around, steps: [beside(start('es', signal('go'))), create(), fail('w', 0), broadcast('go'), complete('q')] },
  { name: 'keeps a process alive until it ends', feature: around, steps: [beside(start('es', signal('go'), { nonInterrupting: true })), create(), broadcast('go'), complete('w'), broadcast('go'), complete('q')] },
  { name: 'is cancelled with its process', feature: around, steps: [beside(start('es', signal('go'), { nonInterrupting: true })), create(), broadcast('go'), cancel] },
  { name: 'interrupts those that run beside', feature: around, steps: [deploy(process('p', [start(), service('w'), end(), eventSubProcess('e1', [start('s1', signal('one'), { nonInterrupting: true }), service('q1'), end('x1')], ['s1 > q1 > x1']), eventSubProcess('e2', [start('s2', signal('two')), service('q2'), end('x2')], ['s2 > q2 > x2'])], ['start > w > end'])), create(), broadcast('one'), broadcast('one'), broadcast('two'), broadcast('one'), complete('q2')] },
  { name: 'interrupts call activities and receive tasks', feature: around, steps: [deploy(process('c', [start('cs'), service('t'), end('ce')], ['cs > t > ce']), process('p', [start(), parallel('f'), call('a', 'c'), receive('r', 'go', '="k"'), end(), esp(start('es', signal('stop')))], ['start > f > a > end', 'f > r > end'])), create(), broadcast('stop'), complete('q')] },
  { name: 'does not wait before the start event is done', feature: around, steps: [deploy(process('p', [start('start', undefined, { outputs: { a: '=x' } }), service('w'), end(), esp(start('es', duration('=d')))], ['start > w > end'])), create({ d: 'PT1H', x: 1 }), pass(3601)] },
  { name: 'goes on after an incident inside', feature: around, steps: [deploy(process('p', [start(), service('w'), end(), eventSubProcess('esp', [start('es', signal('go')), script('s', '=assert(y, y != null)', 'r'), service('q'), end('ee')], ['es > s > q > ee'])], ['start > w > end'])), create(), broadcast('go'), set({ y: 1 }), resolve('s'), fail('q', 0), retry('q'), resolve('q'), complete('q')] },
  { name: 'holds variables that are set in its scope', feature: around, steps: [beside(start('es', signal('go'))), create(), broadcast('go'), setIn('esp', { l: 1 }, true), complete('q', { l: 2 })] },
];
