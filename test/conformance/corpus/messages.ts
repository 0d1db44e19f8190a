// Scenarios of messages: start, catch, receive, boundary; buffering, uniqueness, correlation.
import { atStart, process, subProcess } from '../scenario/diagram.ts';
import { boundary, catchEvent, end, message, parallel, receive, service, start } from '../scenario/elements.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { cancel, complete, correlate, create, deploy, pass, publish, resolve, set, setIn } from './steps.ts';

const waits = deploy(process('p', [start(), catchEvent('m', message('go', '=id')), end()], ['start > m > end']));
const starts = deploy(process('p', [start('start', message('begin')), service('t'), end()], ['start > t > end']));
const bounded = (nonInterrupting: boolean) => deploy(process('p', [start(), service('t'), boundary('b', 't', message('go', '=id'), { nonInterrupting }), service('after'), end(), end('e2')], ['start > t > end', 'b > after > e2']));

/** Of two that wait, the one that began first (of branches, the last is begun first) waits later, as it has a listener. */
const listens = deploy(process('p', [start(), parallel('fork'), receive('slow', 'go', '=id', { listeners: [atStart('before')] }), receive('quick', 'go', '=id'), parallel('join'), end()], ['start > fork > quick > join > end', 'fork > slow > join']));

export const messageScenarios: readonly Scenario[] = [
  { name: 'goes on with the message of its key', feature: 'message catch event', steps: [waits, create({ id: 'a' }), create({ id: 'b' }), publish('go', 'b', { x: 1 }), publish('other', 'a'), publish('go', 'none'), publish('go', 'a')] },
  { name: 'takes a buffered message', feature: 'message buffering', steps: [waits, publish('go', 'a', { x: 1 }, { timeToLive: 60_000 }), create({ id: 'a' })] },
  { name: 'forgets a message without time to live', feature: 'message buffering', steps: [waits, publish('go', 'a', { x: 1 }), create({ id: 'a' })] },
  { name: 'forgets a message after its time to live', feature: 'message buffering', steps: [waits, publish('go', 'a', { x: 1 }, { timeToLive: 60_000 }), pass(125), create({ id: 'a' })] },
  { name: 'takes buffered messages in their order', feature: 'message buffering', steps: [deploy(process('p', [start(), catchEvent('m1', message('go', '=id')), catchEvent('m2', message('go', '=id')), end()], ['start > m1 > m2 > end'])), publish('go', 'a', { x: 1 }, { timeToLive: 60_000 }), publish('go', 'a', { x: 2 }, { timeToLive: 60_000 }), create({ id: 'a' })] },
  { name: 'gives a message once to a process', feature: 'message buffering', steps: [waits, create({ id: 'a' }), create({ id: 'a' }), publish('go', 'a', { x: 1 }, { timeToLive: 60_000 }), publish('go', 'a', { x: 2 }, { timeToLive: 60_000 })] },
  { name: 'gives a message to two processes', feature: 'message catch event', steps: [waits, deploy(process('q', [start(), catchEvent('m', message('go', '=id')), end()], ['start > m > end'])), create({ id: 'a' }), create({ id: 'a' }, 'q'), publish('go', 'a', { x: 1 })] },
  { name: 'gives a message to the oldest instance that waits, not to the one that began to wait first', feature: 'message catch event', steps: [waits, create({ id: null }), create({ id: 'a' }), setIn('m', { id: 'a' }), resolve('m'), publish('go', 'a', { x: 1 }), publish('go', 'a', { x: 2 })] },
  { name: 'correlates with the oldest element instance that waits, though its listener lasted longer', feature: 'message correlation', steps: [listens, create({ id: 'a' }), complete('before'), correlate('go', 'a', { x: 1 }), correlate('go', 'a', { x: 2 })] },
  { name: 'refuses a message with the same id while it is kept', feature: 'message uniqueness', steps: [waits, publish('go', 'a', { x: 1 }, { timeToLive: 60_000, messageId: 'one' }), publish('go', 'a', { x: 2 }, { timeToLive: 60_000, messageId: 'one' }), publish('go', 'b', { x: 2 }, { timeToLive: 60_000, messageId: 'one' }), pass(125), publish('go', 'a', { x: 3 }, { timeToLive: 60_000, messageId: 'one' })] },
  { name: 'takes a number as correlation key', feature: 'message catch event', steps: [waits, create({ id: 7 }), publish('go', '7')] },
  { name: 'raises an incident when the correlation key is null', feature: 'message catch event', steps: [waits, create({}), set({ id: 'a' }), resolve('m'), publish('go', 'a')] },
  { name: 'raises an incident when the correlation key is an object', feature: 'message catch event', steps: [waits, create({ id: { a: 1 } }), cancel] },
  { name: 'ends the subscription when the instance is cancelled', feature: 'message catch event', steps: [waits, create({ id: 'a' }), cancel, publish('go', 'a')] },
  { name: 'waits at a receive task', feature: 'receive task', steps: [deploy(process('p', [start(), receive('r', 'go', '=id', { outputs: { got: '=x' } }), end()], ['start > r > end'])), create({ id: 'a' }), publish('go', 'a', { x: 1, y: 2 })] },
  { name: 'starts an instance by a message', feature: 'message start event', steps: [starts, publish('begin', 'a', { x: 1 }), publish('begin', 'a', { x: 2 }), publish('begin', 'b', { x: 3 }), complete('t')] },
  { name: 'starts one instance per correlation key at a time', feature: 'message start event', steps: [starts, publish('begin', 'a', { x: 1 }, { timeToLive: 600_000 }), publish('begin', 'a', { x: 2 }, { timeToLive: 600_000 }), publish('begin', 'a', { x: 3 }, { timeToLive: 600_000 }), complete('t', { done: 1 }), complete('t')] },
  { name: 'starts an instance for every message without a key', feature: 'message start event', steps: [starts, publish('begin', '', { x: 1 }), publish('begin', '', { x: 2 })] },
  { name: 'starts by the message id once', feature: 'message start event', steps: [starts, publish('begin', 'a', { x: 1 }, { timeToLive: 600_000, messageId: 'a' }), publish('begin', 'a', { x: 1 }, { timeToLive: 600_000, messageId: 'a' }), complete('t'), publish('begin', 'a', { x: 1 }, { timeToLive: 600_000, messageId: 'a' })] },
  { name: 'starts the latest version only', feature: 'message start event', steps: [starts, deploy(process('p', [start('start', message('begin')), service('t2'), end()], ['start > t2 > end'])), publish('begin', 'a', { x: 1 })] },
  { name: 'maps the variables of the message that starts', feature: 'message start event', steps: [deploy(process('p', [start('start', message('begin'), { outputs: { y: '=x + 1' } }), end()], ['start > end'])), publish('begin', 'a', { x: 1, z: 2 })] },
  { name: 'starts one process and wakes another by one message', feature: 'message start event', steps: [starts, deploy(process('q', [start(), catchEvent('m', message('begin', '=id')), end()], ['start > m > end'])), create({ id: 'a' }, 'q'), publish('begin', 'a', { x: 1 })] },
  { name: 'creates an instance of a process with a message start only', feature: 'message start event', steps: [starts, create({ x: 1 })] },
  { name: 'interrupts a task by a message', feature: 'message boundary event', steps: [bounded(false), create({ id: 'a' }), publish('go', 'a', { x: 1 }), complete('t'), complete('after')] },
  { name: 'starts a branch beside a task by each message', feature: 'message boundary event', steps: [bounded(true), create({ id: 'a' }), publish('go', 'a', { x: 1 }), publish('go', 'a', { x: 2 }), complete('t'), publish('go', 'a', { x: 3 }), complete('after'), complete('after')] },
  { name: 'interrupts a sub-process by a message', feature: 'message boundary event', steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), service('t'), end('out')], ['in > t > out']), boundary('b', 'sub', message('go', '=id'), { outputs: { got: '=x' } }), end(), end('e2')], ['start > sub > end', 'b > e2'])), create({ id: 'a' }), publish('go', 'a', { x: 1 })] },
  { name: 'raises an incident when the key of a boundary event fails', feature: 'message boundary event', steps: [bounded(false), create({}), set({ id: 'a' }), resolve('t'), publish('go', 'a')] },
  { name: 'correlates with an instance that waits', feature: 'message correlation', steps: [waits, create({ id: 'a' }), correlate('go', 'a', { x: 1 }), correlate('go', 'a', { x: 1 })] },
  { name: 'refuses to correlate when nobody waits', feature: 'message correlation', steps: [waits, correlate('go', 'a', { x: 1 }), create({ id: 'a' })] },
  { name: 'starts an instance by correlating', feature: 'message correlation', steps: [starts, correlate('begin', 'a', { x: 1 }), correlate('begin', 'a', { x: 2 })] },
  { name: 'takes the key of a message from an expression', feature: 'message catch event', steps: [deploy(process('p', [start(), catchEvent('m', message('go', '="case-" + string(id)')), end()], ['start > m > end'])), create({ id: 4 }), publish('go', 'case-4')] },
  { name: 'takes the name of a message from an expression', feature: 'message catch event', steps: [deploy(process('p', [start(), catchEvent('m', message('="go-" + kind', '=id')), end()], ['start > m > end'])), create({ id: 'a', kind: 'x' }), publish('go-x', 'a')] },
];
