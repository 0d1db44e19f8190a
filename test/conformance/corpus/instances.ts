// Scenarios of starting at chosen elements, of modification and of ending after an element.
import { atStart, process, subProcess, type Node } from '../scenario/diagram.ts';
import { boundary, call, catchEvent, duration, end, exclusive, inclusive, message, parallel, script, service, signal, start, userTask } from '../scenario/elements.ts';
import { adHoc, eventSubProcess, multi, undoneBy } from '../scenario/scopes.ts';
import type { Scenario, Values } from '../scenario/scenario.ts';
import { broadcast, cancel, complete, create, deploy, fail, finish, modify, pass, publish, resolve, set } from './steps.ts';

const starts = 'process instance creation';
const changes = 'modification';

const createAt = (startAt: readonly string[], variables: Values = {}) => ({ do: 'create', process: 'p', variables, startAt }) as const;
const createUntil = (terminateAfter: readonly string[], variables: Values = {}) => ({ do: 'create', process: 'p', variables, terminateAfter }) as const;
const line = deploy(process('p', [start(), service('a'), service('b'), end()], ['start > a > b > end']));
const nested = deploy(process('p', [start(), service('a'), subProcess('sub', [start('in'), service('x'), service('y'), end('out')], ['in > x > y > out'], { inputs: { l: '=v' }, outputs: { o: '=l' } }), service('z'), end()], ['start > a > sub > z > end']));
const twice = deploy(process('p', [start(), parallel('f'), subProcess('sub', [start('in'), service('x'), service('y'), end('out')], ['in > x > y > out']), end()], ['start > f > sub > end', 'f > sub']));
const around = (nodes: readonly Node[], flows: readonly string[]) => deploy(process('p', [start(), service('a'), ...nodes, end()], ['start > a > end', ...flows]));
const many = deploy(process('p', [start(), service('a'), multi(subProcess('sub', [start('in'), service('x'), service('y'), end('out')], ['in > x > y > out']), '=[1, 2]', { item: 'i', output: { collection: 'o', element: '=i' } }), end()], ['start > a > sub > end']));

export const instanceScenarios: readonly Scenario[] = [
  { name: 'starts at an element', feature: starts, steps: [line, createAt(['b'], { x: 1 }), complete('b')] },
  { name: 'starts at several elements', feature: starts, steps: [line, createAt(['a', 'b']), complete('b'), complete('a'), complete('b')] },
  { name: 'starts at one element twice', feature: starts, steps: [line, createAt(['b', 'b']), complete('b'), complete('b')] },
  { name: 'starts inside a sub-process', feature: starts, steps: [nested, createAt(['y'], { v: 1 }), complete('y'), complete('z')] },
  { name: 'starts inside a sub-process twice', feature: starts, steps: [nested, createAt(['x', 'y'], { v: 1 }), complete('y'), complete('x'), complete('y'), complete('z')] },
  { name: 'refuses to start at what is not there', feature: starts, steps: [line, createAt(['nothing'])] },
  { name: 'refuses to start at a start or boundary event', feature: starts, steps: [around([boundary('b', 'a', signal('go'))], ['b > end']), createAt(['b']), createAt(['start'])] },
  { name: 'refuses to start inside multi-instance', feature: starts, steps: [many, createAt(['x']), createAt(['sub'])] },
  { name: 'refuses to start behind an event-based gateway or in an event sub-process', feature: starts, steps: [deploy(process('p', [start(), service('a'), end(), eventSubProcess('esp', [start('es', signal('go')), service('q'), end('ee')], ['es > q > ee'])], ['start > a > end'])), createAt(['es']), createAt(['q']), createAt(['esp'])] },
  { name: 'starts at gateways and events', feature: starts, steps: [deploy(process('p', [start(), parallel('f'), service('a'), service('b'), parallel('j'), catchEvent('m', message('go', '=id')), end()], ['start > f > a > j > m > end', 'f > b > j'])), createAt(['m'], { id: 'k' }), publish('go', 'k'), createAt(['j']), createAt(['f'])] },
  { name: 'starts at an end event', feature: starts, steps: [line, createAt(['end'], { x: 1 })] },
  { name: 'starts at a task with an incident', feature: starts, steps: [around([script('s', '=assert(x, x != null)', 'y')], ['s > end']), createAt(['s']), set({ x: 1 }), resolve('s')] },
  { name: 'starts with boundary events and event sub-processes', feature: starts, steps: [around([boundary('late', 'a', duration('PT1H')), eventSubProcess('esp', [start('es', signal('go'), { nonInterrupting: true }), end('ee')], ['es > ee'])], ['late > end']), createAt(['a']), broadcast('go'), pass(3601)] },
  { name: 'keeps tags', feature: starts, steps: [line, { do: 'create', process: 'p', tags: ['region:eu', 'vip'] }, complete('a'), complete('b')] },
  { name: 'gives tags to called processes', feature: starts, steps: [deploy(process('c', [start('cs'), service('t'), end('ce')], ['cs > t > ce']), process('p', [start(), call('a', 'c'), end()], ['start > a > end'])), { do: 'create', process: 'p', tags: ['region:eu', 'vip'] }, complete('t')] },
  { name: 'ends after an element', feature: starts, steps: [line, createUntil(['a'], { x: 1 }), complete('a', { y: 1 })] },
  { name: 'ends after the first of several elements', feature: starts, steps: [deploy(process('p', [start(), parallel('f'), service('a'), service('b'), end()], ['start > f > a > end', 'f > b > end'])), createUntil(['a', 'b']), complete('b')] },
  { name: 'ends after an element that is ended', feature: starts, steps: [around([boundary('b', 'a', signal('go')), service('z')], ['b > z > end']), createUntil(['a']), broadcast('go')] },
  { name: 'refuses to end after what is not there', feature: starts, steps: [line, createUntil(['nothing'])] },
  { name: 'ends after a sub-process and after one inside', feature: starts, steps: [nested, createUntil(['sub'], { v: 1 }), complete('a'), complete('x'), complete('y'), createUntil(['x'], { v: 1 }), complete('a'), complete('x')] },
  { name: 'ends after multi-instance', feature: starts, steps: [many, createUntil(['sub']), complete('a'), complete('x'), complete('x'), complete('y'), complete('y')] },
  { name: 'ends after a gateway and an end event', feature: starts, steps: [deploy(process('p', [start(), exclusive('x'), service('a'), end()], ['start > x > a > end'])), createUntil(['x']), createUntil(['end']), complete('a')] },

  { name: 'activates an element', feature: changes, steps: [line, create(), modify({ activate: [{ element: 'b' }] }), complete('b'), complete('a'), complete('b')] },
  { name: 'terminates an element', feature: changes, steps: [line, create(), modify({ terminate: ['a'] })] },
  { name: 'moves a token', feature: changes, steps: [line, create(), modify({ activate: [{ element: 'b' }], terminate: ['a'] }), complete('b')] },
  { name: 'moves a token back', feature: changes, steps: [line, create(), complete('a'), modify({ activate: [{ element: 'a' }], terminate: ['b'] }), complete('a'), complete('b')] },
  { name: 'gives variables to the process and to elements', feature: changes, steps: [line, create({ x: 1 }), modify({ activate: [{ element: 'b', variables: [{ values: { x: 2, g: 1 } }, { scope: 'b', values: { l: 1 } }] }], terminate: ['a'] }), complete('b', { l: 2 })] },
  { name: 'makes the scopes around an element', feature: changes, steps: [nested, create({ v: 1 }), modify({ activate: [{ element: 'y', variables: [{ scope: 'sub', values: { l: 7 } }] }], terminate: ['a'] }), complete('y'), complete('z')] },
  { name: 'takes the scope that is there', feature: changes, steps: [nested, create({ v: 1 }), complete('a'), modify({ activate: [{ element: 'y' }] }), complete('y'), complete('x'), complete('y'), complete('z')] },
  { name: 'refuses when there are several scopes', feature: changes, steps: [twice, create(), modify({ activate: [{ element: 'y' }] }), modify({ activate: [{ element: 'y', inside: 'sub#2' }] }), complete('y')] },
  { name: 'makes a new scope inside the one that is named', feature: changes, steps: [nested, create({ v: 1 }), complete('a'), modify({ activate: [{ element: 'y', inside: 'p' }] }), complete('y'), complete('z'), complete('x'), complete('y'), complete('z')] },
  { name: 'refuses a scope that does not hold the element', feature: changes, steps: [nested, create({ v: 1 }), modify({ activate: [{ element: 'z', inside: 'a' }] }), modify({ activate: [{ element: 'y', inside: 'a' }] })] },
  { name: 'ends a sub-process with all in it', feature: changes, steps: [nested, create({ v: 1 }), complete('a'), modify({ terminate: ['sub'], activate: [{ element: 'z' }] }), complete('z')] },
  { name: 'ends the last one in a sub-process', feature: changes, steps: [nested, create({ v: 1 }), complete('a'), modify({ terminate: ['x'] })] },
  { name: 'ends the last one in a sub-process and begins outside', feature: changes, steps: [nested, create({ v: 1 }), complete('a'), modify({ terminate: ['x'], activate: [{ element: 'z' }] }), complete('z')] },
  { name: 'ends one and begins another in the same sub-process', feature: changes, steps: [nested, create({ v: 1 }), complete('a'), modify({ terminate: ['x'], activate: [{ element: 'y' }] }), complete('y'), complete('z')] },
  { name: 'refuses what is not there', feature: changes, steps: [line, create(), modify({ activate: [{ element: 'nothing' }] }), modify({ terminate: ['b'] }), modify({}), { do: 'modify', instance: 5, activate: [{ element: 'a' }] }] },
  { name: 'refuses start events, boundary events and event sub-process starts', feature: changes, steps: [around([boundary('b', 'a', signal('go')), eventSubProcess('esp', [start('es', signal('x')), service('q'), end('ee')], ['es > q > ee'])], ['b > end']), create(), modify({ activate: [{ element: 'start' }] }), modify({ activate: [{ element: 'b' }] }), modify({ activate: [{ element: 'es' }] })] },
  { name: 'refuses variables of an unknown scope', feature: changes, steps: [nested, create(), modify({ activate: [{ element: 'a', variables: [{ scope: 'sub', values: { l: 1 } }] }] }), modify({ activate: [{ element: 'a', variables: [{ scope: 'nothing', values: { l: 1 } }] }] })] },
  { name: 'begins an event sub-process', feature: changes, steps: [around([eventSubProcess('esp', [start('es', signal('go')), service('q'), end('ee')], ['es > q > ee'])], []), create(), modify({ activate: [{ element: 'esp' }] }), complete('q'), complete('a')] },
  { name: 'begins inside an event sub-process', feature: changes, steps: [around([eventSubProcess('esp', [start('es', signal('go')), service('q'), end('ee')], ['es > q > ee'])], []), create(), modify({ activate: [{ element: 'q' }] }), complete('q'), complete('a')] },
  { name: 'moves out of multi-instance', feature: changes, steps: [many, create(), complete('a'), modify({ terminate: ['sub'], activate: [{ element: 'a' }] }), complete('a')] },
  { name: 'begins multi-instance', feature: changes, steps: [many, create(), modify({ terminate: ['a'], activate: [{ element: 'sub' }] }), complete('x'), complete('x'), complete('y'), complete('y')] },
  { name: 'refuses to begin inside multi-instance without its instance', feature: changes, steps: [many, create(), modify({ activate: [{ element: 'x' }] }), complete('a'), modify({ activate: [{ element: 'y' }] })] },
  { name: 'begins inside one instance of multi-instance', feature: changes, steps: [many, create(), complete('a'), modify({ activate: [{ element: 'y', inside: 'sub#2' }] }), complete('y'), complete('x'), complete('x'), complete('y'), complete('y')] },
  { name: 'moves inside one instance of multi-instance', feature: changes, steps: [many, create(), complete('a'), modify({ activate: [{ element: 'y', inside: 'sub#3' }], terminate: ['x#2'] }), complete('y'), complete('x'), complete('y')] },
  { name: 'begins another inner instance of multi-instance', feature: changes, steps: [many, create(), complete('a'), modify({ activate: [{ element: 'sub', inside: 'sub#1' }] }), complete('x')] },
  { name: 'ends one inner instance of multi-instance', feature: changes, steps: [many, create(), complete('a'), modify({ terminate: ['sub#2'] }), complete('x'), complete('y')] },
  { name: 'ends all inner instances of multi-instance', feature: changes, steps: [many, create(), complete('a'), modify({ terminate: ['sub#2', 'sub#3'] })] },
  { name: 'ends one inner instance of sequential multi-instance', feature: changes, steps: [deploy(process('p', [start(), multi(service('t'), '=[1, 2]', { sequential: true, item: 'i' }), end()], ['start > t > end'])), create(), modify({ terminate: ['t#2'] })] },
  { name: 'begins at a joining gateway', feature: changes, steps: [deploy(process('p', [start(), parallel('f'), service('a'), service('b'), parallel('j'), service('z'), end()], ['start > f > a > j > z > end', 'f > b > j'])), create(), modify({ activate: [{ element: 'j' }] }), complete('z'), complete('a'), complete('b'), complete('z')] },
  { name: 'ends one before a join', feature: changes, deviates: 'when a modification begins an element in a scope in which a token waits at a join, Zeebe completes the scope without that token; ours keeps it', steps: [deploy(process('p', [start(), parallel('f'), service('a'), service('b'), parallel('j'), service('z'), end()], ['start > f > a > j > z > end', 'f > b > j'])), create(), complete('a'), modify({ terminate: ['b'] }), modify({ activate: [{ element: 'z' }] }), complete('z')] },
  { name: 'ends one before an inclusive join', feature: changes, steps: [deploy(process('p', [start(), parallel('f'), service('a'), service('b'), inclusive('j'), service('z'), end()], ['start > f > a > j > z > end', 'f > b > j'])), create(), complete('a'), modify({ terminate: ['b'] }), complete('z')] },
  { name: 'ends a user task and its timer', feature: changes, steps: [deploy(process('p', [start(), userTask('review'), boundary('late', 'review', duration('PT1H')), service('z'), end()], ['start > review > end', 'late > z > end'])), create(), modify({ terminate: ['review'], activate: [{ element: 'z' }] }), finish('review'), complete('z')] },
  { name: 'ends an element with an incident', feature: changes, steps: [line, create(), fail('a', 0), modify({ terminate: ['a'], activate: [{ element: 'b' }] }), complete('b')] },
  { name: 'ends a call activity', feature: changes, steps: [deploy(process('c', [start('cs'), service('t'), end('ce')], ['cs > t > ce']), process('p', [start(), call('a', 'c'), service('b'), end()], ['start > a > b > end'])), create(), modify({ terminate: ['a'], activate: [{ element: 'b' }] }), complete('b')] },
  { name: 'begins a call activity', feature: changes, steps: [deploy(process('c', [start('cs'), service('t'), end('ce')], ['cs > t > ce']), process('p', [start(), service('b'), call('a', 'c'), end()], ['start > b > a > end'])), create(), modify({ terminate: ['b'], activate: [{ element: 'a' }] }), complete('t')] },
  { name: 'begins inside an ad-hoc sub-process', feature: changes, steps: [deploy(process('p', [start(), service('a'), adHoc('tools', [service('x'), service('y')], ['x > y'], { active: '=["x"]' }), end()], ['start > a > tools > end'])), create(), modify({ activate: [{ element: 'y' }], terminate: ['a'] }), complete('y'), create(), complete('a'), modify({ activate: [{ element: 'x' }] })] },
  { name: 'begins an element with listeners', feature: changes, steps: [deploy(process('p', [start(), service('a'), service('b', { listeners: [atStart('before')] }), end()], ['start > a > b > end'])), create(), modify({ activate: [{ element: 'b' }], terminate: ['a'] }), complete('before'), complete('b')] },
  { name: 'waits for boundary events of a scope that it makes', feature: changes, steps: [deploy(process('p', [start(), service('a'), subProcess('sub', [start('in'), service('x'), end('out'), eventSubProcess('esp', [start('es', signal('inner')), end('ee')], ['es > ee'])], ['in > x > out']), boundary('late', 'sub', duration('PT1H')), end(), end('e2')], ['start > a > sub > end', 'late > e2'])), create(), modify({ activate: [{ element: 'x' }], terminate: ['a'] }), broadcast('inner'), create(), modify({ activate: [{ element: 'x' }], terminate: ['a'] }), pass(3601)] },
  { name: 'ends all at once', feature: changes, steps: [deploy(process('p', [start(), parallel('f'), service('a'), service('b'), end()], ['start > f > a > end', 'f > b > end'])), create(), modify({ terminate: ['a', 'b'] })] },
  { name: 'ends the process itself', feature: changes, steps: [line, create(), modify({ terminate: ['p'] }), cancel] },
  { name: 'begins two in a scope that it makes', feature: changes, steps: [nested, create({ v: 1 }), modify({ activate: [{ element: 'x' }, { element: 'y' }], terminate: ['a'] }), complete('x'), complete('y'), complete('y'), complete('z')] },
  { name: 'raises an incident when a scope that it makes cannot begin', feature: changes, steps: [deploy(process('p', [start(), service('a'), subProcess('sub', [start('in'), service('x'), end('out')], ['in > x > out']), boundary('m', 'sub', message('go', '=id')), end(), end('e2')], ['start > a > sub > end', 'm > e2'])), create(), modify({ activate: [{ element: 'x' }], terminate: ['a'] })] },
  { name: 'changes a process with compensation', feature: changes, steps: [deploy(process('p', [start(), service('a'), ...undoneBy('a'), service('b'), end()], ['start > a > b > end'])), create(), complete('a'), modify({ activate: [{ element: 'a' }], terminate: ['b'] }), complete('a'), complete('b')] },
];
