// Scenarios of variables: mappings, scopes, propagation.
import { process, subProcess } from '../scenario/diagram.ts';
import { catchEvent, end, message, script, service, start, task } from '../scenario/elements.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { activate, cancel, complete, create, deploy, fail, resolve, set, setIn } from './steps.ts';

const one = (extras: Parameters<typeof service>[1]) => deploy(process('p', [start(), service('t', extras), end()], ['start > t > end']));
const nested = deploy(process('p', [start(), subProcess('sub', [start('in'), service('t', { inputs: { local: '=1' } }), end('out')], ['in > t > out'], { inputs: { scoped: '="sub"' }, outputs: { result: '=scoped' } }), end()], ['start > sub > end']));

const mapping = 'input and output mappings';
const scope = 'variable scopes';

export const dataScenarios: readonly Scenario[] = [
  { name: 'hands a job what its inputs say beside what it can see', feature: mapping, steps: [one({ inputs: { amount: '=order.total * 2', 'customer.name': '=order.who' }, headers: { kind: 'fast', to: '=x' } }), create({ order: { total: 5, who: 'anna' }, seen: true }), complete('t', { done: true })] },
  { name: 'keeps the job result local when there are outputs', feature: mapping, steps: [one({ outputs: { total: '=price + 1' } }), create({ price: 1 }), complete('t', { price: 9, other: 2 })] },
  { name: 'writes into an object by a dotted target', feature: mapping, steps: [one({ outputs: { 'order.total': '=price', 'order.tax.rate': '=0.19' } }), create({ order: { id: 1 } }), complete('t', { price: 9 })] },
  { name: 'writes an object by a dotted target where there was none', feature: mapping, steps: [one({ outputs: { 'order.total': '=price' } }), create({}), complete('t', { price: 9 })] },
  { name: 'evaluates inputs one after the other', feature: mapping, steps: [one({ inputs: { a: '=1', b: '=a + 1', c: '=b + 1' } }), create({}), complete('t')] },
  { name: 'takes a source without an equals sign as text', feature: mapping, steps: [one({ inputs: { a: 'plain', n: '5' } }), create({}), complete('t')] },
  { name: 'maps what is missing to null', feature: mapping, steps: [one({ inputs: { a: '=missing', b: '=missing.deep' } }), create({}), complete('t')] },
  { name: 'raises an incident when an input fails', feature: mapping, steps: [one({ inputs: { a: '=assert(x, x != null)' } }), create({}), set({ x: 3 }), resolve('t'), complete('t')] },
  { name: 'raises an incident when an output fails', feature: mapping, steps: [one({ outputs: { a: '=assert(y, y != null)' } }), create({}), complete('t'), set({ y: 3 }), resolve('t')] },
  { name: 'cancels an instance that is stuck at an output', feature: mapping, steps: [one({ outputs: { a: '=assert(y, y != null)' } }), create({}), complete('t'), cancel] },
  { name: 'maps at events and sub-processes', feature: mapping, steps: [nested, create({ x: 1 }), complete('t', { local: 2, scoped: 'changed', other: 3 })] },
  { name: 'maps outputs of a start and an end event', feature: mapping, steps: [deploy(process('p', [start('start', undefined, { outputs: { y: '=x + 1' } }), task('t'), end('end', undefined, { inputs: { z: '=y' } })], ['start > t > end'])), create({ x: 1 })] },
  { name: 'propagates a result to where the name is known', feature: scope, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), service('t'), end('out')], ['in > t > out'], { inputs: { a: '=1' } }), end()], ['start > sub > end'])), create({ b: 1 }), complete('t', { a: 5, b: 6, c: 7 })] },
  { name: 'writes variables into the scope that is named', feature: scope, steps: [nested, create({ x: 1 }), setIn('t', { x: 2 }, true), setIn('t', { x: 3, scoped: 'two' }), setIn('sub', { fresh: 4 }), setIn('sub', { fresh: 5 }, true), complete('t')] },
  { name: 'writes a variable with the same value again', feature: scope, steps: [one({}), create({ x: 1 }), set({ x: 1 }), set({ x: null }), complete('t', { x: 1 })] },
  { name: 'passes a value outwards that a scope holds already', feature: scope, steps: [nested, create({ x: 1, scoped: 'outer' }), setIn('t', { scoped: 'sub' }), setIn('t', { scoped: 'new' }), setIn('t', { scoped: 'new', local: 1 }), complete('t', { scoped: 'new' })] },
  { name: 'hands out only the variables that are asked for', feature: scope, steps: [one({ inputs: { local: '=x' } }), create({ x: 1, y: 2 }), activate('t', { fetch: ['x', 'local', 'none'] }), complete('t')] },
  { name: 'lets a local variable hide an outer one', feature: scope, steps: [deploy(process('p', [start(), service('a', { inputs: { x: '="inner"' } }), script('s', '=x', 'seen'), end()], ['start > a > s > end'])), create({ x: 'outer' }), complete('a', { x: 'written' })] },
  { name: 'keeps the variables of a failed job local', feature: scope, steps: [one({}), create({ x: 1 }), fail('t', 2, 0, { x: 2, note: 'failed' }), complete('t', { y: 1 })] },
  { name: 'keeps the variables of a failed job local beside an input', feature: scope, steps: [one({ inputs: { x: '=x' }, outputs: { out: '=x' } }), create({ x: 1 }), fail('t', 2, 0, { x: 2 }), complete('t', { y: 1 })] },
  { name: 'counts in decimals', feature: scope, steps: [deploy(process('p', [start(), script('s', '={sum: 0.1 + 0.2, same: 0.1 + 0.2 = 0.3, third: 1 / 3, zero: 1 / 0, power: 2 ** 10, div: 10 / 4, round: round half up(2.345, 2)}', 'r'), end()], ['start > s > end'])), create({})] },
  { name: 'keeps the digits of a number in its text', feature: scope, steps: [deploy(process('p', [start(), script('s', '={a: string(1.50), b: string(1.0), c: "x" + string(2.10), d: string(0.5 + 0.5)}', 'r'), end()], ['start > s > end'])), create({})] },
  { name: 'counts beyond 64 bits', feature: scope, deviates: 'Zeebe wraps integers beyond 64 bits around when it writes them (2 ** 100 becomes 0); ours writes the nearest double', steps: [deploy(process('p', [start(), script('s', '={big: 12345678901234567890 + 1, power: 2 ** 100}', 'r'), end()], ['start > s > end'])), create({})] },
  { name: 'writes the present with its zone', feature: scope, deviates: 'Zeebe writes the name of the machine\'s zone behind the offset; ours only the offset of STELLWERK_TIMEZONE', steps: [deploy(process('p', [start(), script('s', '=now()', 'r'), end()], ['start > s > end'])), create({})] },
  { name: 'writes dates and durations as text', feature: scope, steps: [deploy(process('p', [start(), script('s', '={d: date("2030-02-01"), t: date and time("2030-02-01T10:00:00Z") + duration("PT90M"), z: date and time("2030-02-01T10:00:00@Europe/Berlin"), l: date and time("2030-02-01T10:00:00"), p: duration("P1DT1H") , y: years and months duration(date("2029-01-01"), date("2030-03-01")), today: today(), c: time("10:15:00")}', 'r'), end()], ['start > s > end'])), create({})] },
  { name: 'builds lists and contexts', feature: scope, steps: [deploy(process('p', [start(), script('s', '={filtered: [1,2,3,4][item > 2], mapped: for x in 1..3 return x * x, any: some x in [1,2] satisfies x > 1, merged: context merge([{a: 1}, {b: 2}]), put: context put({a: {b: 1}}, ["a", "c"], 2), sorted: sort([3,1,2], function(a, b) a < b), joined: string join(["a","b"], "-"), sub: substring("foobar", 4), parts: split("a;b", ";"), at: [1,2,3][-1], missing: {a: 1}.b, nested: [{a: 1}, {a: 2}].a, cond: if null then 1 else 2, eq: 1 = "1", nullcmp: null < 1, num: number("1.50"), idx: index of([1,2,1], 1)}', 'r'), end()], ['start > s > end'])), create({})] },
  { name: 'maps the variables of a message', feature: mapping, steps: [deploy(process('p', [start(), catchEvent('m', message('go', '=id'), { outputs: { answer: '=body.text' } }), end()], ['start > m > end'])), create({ id: 'a' }), { do: 'publish', name: 'go', correlationKey: 'a', variables: { body: { text: 'yes' }, other: 1 } }] },
];
