// Scenarios of inclusive and event-based gateways and of links.
import { otherwise, process, subProcess, when } from '../scenario/diagram.ts';
import { boundary, catchEvent, duration, end, eventBased, exclusive, inclusive, link, message, parallel, script, service, signal, start, task, throwEvent } from '../scenario/elements.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { broadcast, cancel, complete, create, deploy, pass, publish, resolve, set } from './steps.ts';

const or = 'inclusive gateway';
const events = 'event-based gateway';
const links = 'link events';

const forkJoin = deploy(process('p', [start(), inclusive('gw'), service('a'), service('b'), service('c'), inclusive('join'), service('z'), end()], [
  'start > gw', when('gw', 'a', '=x > 1'), when('gw', 'b', '=x > 2'), otherwise('gw', 'c'), 'a > join', 'b > join', 'c > join', 'join > z > end',
]));
const strict = deploy(process('p', [start(), inclusive('gw'), end('a'), end('b')], ['start > gw', when('gw', 'a', '=x > 10'), when('gw', 'b', '=x > 20')]));
/** Two branches that meet at an inclusive gateway; the second takes its own way there. */
const upstream = (nodes: Parameters<typeof process>[1], flows: Parameters<typeof process>[2]) =>
  deploy(process('p', [start(), parallel('fork'), service('a'), inclusive('join'), service('z'), end(), ...nodes], ['start > fork > a > join > z > end', ...flows]));
const race = deploy(process('p', [start(), eventBased('gw'), catchEvent('m', message('go', '=id')), catchEvent('t', duration('PT1H')), catchEvent('s', signal('all')), end('a'), end('b'), end('c')],
  ['start > gw > m > a', 'gw > t > b', 'gw > s > c']));

export const gatewayScenarios: readonly Scenario[] = [
  { name: 'takes every flow whose condition holds and joins them', feature: or, steps: [forkJoin, create({ x: 3 }), complete('a'), complete('b'), complete('z')] },
  { name: 'takes one flow', feature: or, steps: [forkJoin, create({ x: 2 }), complete('a', { r: 1 }), complete('z')] },
  { name: 'takes the default flow', feature: or, steps: [forkJoin, create({ x: 1 }), complete('c'), complete('z')] },
  { name: 'raises an incident when a condition has no result', feature: or, steps: [forkJoin, create({ x: 'many' }), set({ x: 3 }), resolve('gw'), complete('b'), complete('a')] },
  { name: 'raises an incident when no condition holds', feature: or, steps: [strict, create({ x: 1 }), resolve('gw'), set({ x: 30 }), resolve('gw')] },
  { name: 'passes a gateway with one flow out', feature: or, steps: [deploy(process('p', [start(), inclusive('gw'), service('t'), end()], ['start > gw > t > end'])), create(), complete('t')] },
  { name: 'takes the one conditional flow or raises an incident', feature: or, steps: [deploy(process('p', [start(), inclusive('gw'), end()], ['start > gw', when('gw', 'end', '=x')])), create({ x: true }), create({ x: false })] },
  { name: 'waits for a token upstream and joins without it when it goes elsewhere', feature: or, steps: [
    upstream([service('b'), exclusive('x'), end('e3')], ['fork > b > x', when('x', 'join', '=n = 1'), otherwise('x', 'e3')]), create({ n: 0 }), complete('a'), complete('b'), complete('z'), create({ n: 1 }), complete('a'), complete('b'), complete('z')] },
  { name: 'waits for a token in a sub-process upstream', feature: or, steps: [upstream([subProcess('sub', [start('in'), service('w'), end('out')], ['in > w > out'])], ['fork > sub > join']), create(), complete('a'), complete('w'), complete('z')] },
  { name: 'waits for a token that can only come by a boundary event', feature: or, steps: [upstream([service('b'), boundary('on', 'b', signal('go')), end('e3')], ['fork > b > e3', 'on > join']), create(), complete('a'), broadcast('go'), complete('z')] },
  { name: 'goes on when the token upstream ends without the boundary event', feature: or, steps: [upstream([service('b'), boundary('on', 'b', signal('go')), end('e3')], ['fork > b > e3', 'on > join']), create(), complete('a'), complete('b'), complete('z')] },
  { name: 'waits for a token at a parallel join upstream', feature: or, steps: [upstream([service('b'), service('c'), parallel('pj')], ['fork > b > pj > join', 'fork > c > pj']), create(), complete('b'), complete('a'), complete('c'), complete('z')] },
  { name: 'joins tokens that arrive at once', feature: or, steps: [deploy(process('p', [start(), parallel('fork'), task('a'), task('b'), inclusive('join'), service('z'), end()], ['start > fork > a > join > z > end', 'fork > b > join'])), create(), complete('z')] },
  { name: 'joins a flow that comes directly', feature: or, steps: [deploy(process('p', [start(), inclusive('gw'), task('b'), inclusive('join'), service('z'), end()], ['start > gw', when('gw', 'join', '=true'), when('gw', 'b', '=true'), 'b > join > z > end'])), create(), complete('z')] },
  { name: 'keeps a second token of the same flow', feature: or, steps: [deploy(process('p', [start(), parallel('fork'), service('a'), service('b'), exclusive('m'), service('c'), inclusive('join'), service('z'), end()], ['start > fork > a > m > join > z > end', 'fork > b > m', 'c > join'])), create(), complete('a'), complete('b'), complete('z'), complete('z')] },
  { name: 'is reached again from behind', feature: or, steps: [deploy(process('p', [start(), parallel('fork'), service('a'), service('b'), inclusive('join'), service('z'), exclusive('x'), end()], ['start > fork > a > join > z > x', 'fork > b > end', when('x', 'join', '=n = 1'), otherwise('x', 'end')])), create({ n: 0 }), complete('a'), complete('z', { n: 1 }), complete('z', { n: 2 }), complete('b')] },
  { name: 'waits for a token behind a link', feature: or, steps: [upstream([service('b'), throwEvent('l', link('A')), catchEvent('lc', link('A'))], ['fork > b > l', 'lc > join']), create(), complete('a'), complete('b'), complete('z')] },
  { name: 'joins one inside another', feature: or, steps: [deploy(process('p', [start(), inclusive('o'), inclusive('i'), service('a'), service('b'), service('c'), inclusive('ij'), inclusive('oj'), end()], ['start > o', when('o', 'i', '=x > 0'), when('o', 'c', '=x > 1'), when('i', 'a', '=x > 0'), when('i', 'b', '=x > 2'), 'a > ij', 'b > ij', 'ij > oj', 'c > oj', 'oj > end'])), create({ x: 3 }), complete('a'), complete('c'), complete('b'), create({ x: 2 }), complete('c'), complete('a')] },
  { name: 'is joined when an incident upstream is cured', feature: or, steps: [upstream([script('b', '=assert(x, x != null)', 'y')], ['fork > b > join']), create(), complete('a'), set({ x: 1 }), resolve('b'), complete('z')] },
  { name: 'is joined when the token upstream is cancelled by an interrupting timer', feature: or, steps: [upstream([service('b'), boundary('late', 'b', duration('PT1H')), end('e3')], ['fork > b > join', 'late > e3']), create(), complete('a'), pass(3601), complete('z')] },

  { name: 'takes the first event: a message', feature: events, steps: [race, create({ id: 'a' }), publish('go', 'a', { x: 1 }), broadcast('all'), pass(3601)] },
  { name: 'takes the first event: a timer', feature: events, steps: [race, create({ id: 'a' }), pass(3601), publish('go', 'a', { x: 1 })] },
  { name: 'takes the first event: a signal', feature: events, steps: [race, create({ id: 'a' }), broadcast('all', { x: 1 }), publish('go', 'a')] },
  { name: 'takes a message that was there before', feature: events, steps: [race, publish('go', 'a', { x: 1 }, { timeToLive: 60_000 }), create({ id: 'a' })] },
  { name: 'raises an incident when a correlation key fails and waits for all when it is cured', feature: events, steps: [race, create({}), set({ id: 'a' }), resolve('gw'), publish('go', 'a')] },
  { name: 'is cancelled with all it waits for', feature: events, steps: [race, create({ id: 'a' }), cancel, publish('go', 'a')] },
  { name: 'maps what the event brought', feature: events, steps: [deploy(process('p', [start(), eventBased('gw'), catchEvent('m', message('go', '="k"'), { outputs: { got: '=x' } }), catchEvent('t', duration('PT1H'), { inputs: { i: '=1' }, outputs: { o: '=i' } }), end()], ['start > gw > m > end', 'gw > t > end'])), create(), publish('go', 'k', { x: 1, y: 2 }), create(), pass(3601)] },
  { name: 'waits for two messages', feature: events, steps: [deploy(process('p', [start(), eventBased('gw'), catchEvent('yes', message('yes', '=id')), catchEvent('no', message('no', '=id')), end()], ['start > gw > yes > end', 'gw > no > end'])), create({ id: 'a' }), create({ id: 'b' }), publish('no', 'a'), publish('yes', 'b'), publish('yes', 'a')] },
  { name: 'goes round in a loop', feature: events, steps: [deploy(process('p', [start(), exclusive('m'), eventBased('gw'), catchEvent('t', duration('PT1H')), catchEvent('go', message('go', '="k"')), end()], ['start > m > gw > t > m', 'gw > go > end'])), create(), pass(3601), pass(3601), publish('go', 'k')] },
  { name: 'stands inside a sub-process with a boundary event', feature: events, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), eventBased('gw'), catchEvent('t', duration('PT2H')), catchEvent('m', message('go', '="k"')), end('out')], ['in > gw > t > out', 'gw > m > out']), boundary('late', 'sub', duration('PT1H')), end(), end('e2')], ['start > sub > end', 'late > e2'])), create(), pass(3601), publish('go', 'k')] },

  { name: 'goes from a throw to its catch', feature: links, steps: [deploy(process('p', [start(), throwEvent('out', link('A')), catchEvent('in', link('A')), end()], ['start > out', 'in > end'])), create({ x: 1 })] },
  { name: 'goes from many throws to one catch', feature: links, steps: [deploy(process('p', [start(), parallel('fork'), throwEvent('o1', link('A')), throwEvent('o2', link('A')), catchEvent('in', link('A')), service('t'), end()], ['start > fork > o1', 'fork > o2', 'in > t > end'])), create(), complete('t'), complete('t')] },
  { name: 'links inside a sub-process', feature: links, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), throwEvent('o', link('A')), catchEvent('c', link('A')), service('t'), end('out')], ['in > o', 'c > t > out']), end()], ['start > sub > end'])), create(), complete('t')] },
  { name: 'maps outputs of links', feature: links, steps: [deploy(process('p', [start(), throwEvent('o', link('A'), { outputs: { a: '=x + 1' } }), catchEvent('c', link('A'), { outputs: { b: '=x + 2' } }), end()], ['start > o', 'c > end'])), create({ x: 1 })] },
  { name: 'makes a loop by links', feature: links, steps: [deploy(process('p', [start(), service('t'), exclusive('x'), throwEvent('o', link('again')), catchEvent('c', link('again')), exclusive('m'), end()], ['start > m > t > x', when('x', 'o', '=n < 2'), otherwise('x', 'end'), 'c > m'])), create({ n: 0 }), complete('t', { n: 1 }), complete('t', { n: 2 })] },
];
