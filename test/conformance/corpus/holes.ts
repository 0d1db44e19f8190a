// Scenarios of features that the other files touch only once: each here with what stands around it.
import { atEnd, atStart, process, subProcess } from '../scenario/diagram.ts';
import { boundary, businessRule, catchEvent, date, duration, end, message, parallel, receive, service, start, thrownMessage, throwEvent, userTask } from '../scenario/elements.ts';
import { decisions, type Decision } from '../scenario/files.ts';
import { multi } from '../scenario/scopes.ts';
import type { Scenario, Step } from '../scenario/scenario.ts';
import { activate, assign, cancel, complete, create, deploy, fail, finish, pass, publish, resolve, retry, set, setIn, update } from './steps.ts';

const waits = (name = 'go') => deploy(process('p', [start(), catchEvent('wait', message(name, '=k')), end()], ['start > wait > end']));
const job = (extras: Parameters<typeof service>[1] = {}) => deploy(process('p', [start(), service('t', extras), end()], ['start > t > end']));
const kept = { timeToLive: 60_000 };
const uniqueness = 'message uniqueness';
const backOff = 'job back-off';
const timeOut = 'job time-out';
const tasks = 'user task';
const creation = 'process instance creation';
const dmn = 'business rule task and decisions';
const none = 'none intermediate throw event';
const thrown = 'message throw and end';

const decide = (one: Omit<Extract<Decision, { hitPolicy: string }>, 'id'>) => deploy(decisions('graph', [{ id: 'd', ...one }]), process('p', [start(), businessRule('rule', 'd', 'r'), end()], ['start > rule > end']));
const ranked = { inputs: ['x'], outputs: ['y'], outputValues: ['"high", "middle", "low"'], rules: [['< 10', '"low"'], ['< 20', '"high"'], ['>= 5', '"middle"']] } as const;
const all: readonly Step[] = [create({ x: 1 }), create({ x: 7 }), create({ x: 15 }), create({ x: 50 })];

export const holeScenarios: readonly Scenario[] = [
  { name: 'takes one id under another key and another name', feature: uniqueness, steps: [waits(), publish('go', '1', {}, { ...kept, messageId: 'a' }), publish('go', '2', {}, { ...kept, messageId: 'a' }), publish('come', '1', {}, { ...kept, messageId: 'a' }), create({ k: '2' })] },
  { name: 'takes the id again after its time to live', feature: uniqueness, steps: [waits(), publish('go', '1', { n: 1 }, { ...kept, messageId: 'a' }), pass(120), publish('go', '1', { n: 2 }, { ...kept, messageId: 'a' }), create({ k: '1' })] },
  { name: 'refuses the id while the message is kept, also when it was taken', feature: uniqueness, steps: [waits(), create({ k: '1' }), publish('go', '1', { n: 1 }, { ...kept, messageId: 'a' }), publish('go', '1', { n: 2 }, { ...kept, messageId: 'a' }), create({ k: '1' })] },
  { name: 'takes one id twice when it is not kept', feature: uniqueness, steps: [waits(), publish('go', '1', {}, { messageId: 'a' }), publish('go', '1', {}, { messageId: 'a' }), create({ k: '1' })] },

  { name: 'throws by the job of a worker', feature: thrown, steps: [deploy(process('p', [start(), throwEvent('th', thrownMessage('go', 'tell'), { inputs: { to: '=x' }, outputs: { y: '=r' } }), service('t'), end()], ['start > th > t > end'])), create({ x: 1 }), activate('tell'), complete('tell', { r: 2 }), complete('t')] },
  { name: 'ends by the job of a worker', feature: thrown, steps: [deploy(process('p', [start(), parallel('f'), end('told', thrownMessage('go', 'tell')), service('t'), end()], ['start > f > told', 'f > t > end'])), create({ x: 1 }), complete('tell', { r: 2 }), complete('t')] },
  { name: 'is tried again and raises an incident', feature: thrown, steps: [deploy(process('p', [start(), end('told', thrownMessage('go', 'tell'))], ['start > told'])), create(), fail('tell', 1), fail('tell', 0), retry('tell'), resolve('told'), complete('tell')] },
  { name: 'is terminated with its scope', feature: thrown, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), throwEvent('th', thrownMessage('go', 'tell')), end('out')], ['in > th > out']), boundary('late', 'sub', duration('PT1M')), end(), end('e2')], ['start > sub > end', 'late > e2'])), create(), activate('tell'), pass(61), complete('tell')] },

  { name: 'waits out the back-off of each failure anew', feature: backOff, steps: [job(), create(), fail('t', 3, 10_000), pass(11), fail('t', 2, 60_000), pass(30), activate('t'), pass(31), complete('t')] },
  { name: 'has no back-off when no retries are left', feature: backOff, steps: [job(), create(), fail('t', 0, 30_000), retry('t'), activate('t'), resolve('t'), complete('t')] },
  { name: 'is interrupted while it backs off', feature: backOff, steps: [deploy(process('p', [start(), service('t'), boundary('late', 't', duration('PT1M')), end(), end('end2')], ['start > t > end', 'late > end2'])), create(), fail('t', 2, 3_600_000), pass(61), activate('t'), pass(3600)] },
  { name: 'is cancelled while it backs off', feature: backOff, steps: [job(), create(), fail('t', 2, 60_000), cancel, pass(61), activate('t')] },
  { name: 'has a back-off of its own in each inner instance', feature: backOff, steps: [deploy(process('p', [start(), multi(service('t'), '=[1, 2]', { item: 'n' }), end()], ['start > t > end'])), create(), fail('t', 2, 60_000), complete('t'), activate('t'), pass(61), complete('t')] },
  { name: 'keeps what a failure tells local while it backs off', feature: backOff, steps: [job({ inputs: { a: '=1' } }), create(), fail('t', 2, 60_000, { why: 'no' }), pass(61), activate('t'), complete('t')] },

  { name: 'hands out each job of multi-instance again', feature: timeOut, steps: [deploy(process('p', [start(), multi(service('t'), '=[1, 2]', { item: 'n' }), end()], ['start > t > end'])), create(), activate('t', { max: 2, timeout: 60_000 }), pass(62), activate('t', { max: 2 })] },
  { name: 'takes the failure of a worker that is late', feature: timeOut, steps: [job(), create(), activate('t', { timeout: 60_000 }), pass(62), fail('t', 1), activate('t')] },
  { name: 'is interrupted while it is handed out', feature: timeOut, steps: [deploy(process('p', [start(), service('t'), boundary('late', 't', duration('PT1M')), end(), end('end2')], ['start > t > end', 'late > end2'])), create(), activate('t', { timeout: 3_600_000 }), pass(61), complete('t')] },

  { name: 'hands out custom headers', feature: 'job activation', steps: [job({ headers: { queue: 'a', empty: '', 'with space': 'b c' }, inputs: { i: '=1' } }), create({ v: 1 }), activate('t', { fetch: ['i'] }), complete('t')] },

  { name: 'passes with listeners, in a sub-process and beside a branch', feature: none, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), parallel('fork'), throwEvent('t', undefined, { listeners: [atStart('before'), atEnd('after')] }), service('other'), parallel('join'), end('out')], ['in > fork > t > join > out', 'fork > other > join']), end()], ['start > sub > end'])), create(), complete('before', { a: 1 }), complete('other'), complete('after')] },
  { name: 'is started at and ended after', feature: none, steps: [deploy(process('p', [start(), throwEvent('t'), service('more'), end()], ['start > t > more > end'])), { do: 'create', process: 'p', startAt: ['t'] }, { do: 'create', process: 'p', terminateAfter: ['t'] }] },
  { name: 'raises an incident at an output', feature: none, steps: [deploy(process('p', [start(), throwEvent('t', undefined, { outputs: { b: '=assert(w, w != null)' } }), end()], ['start > t > end'])), create(), set({ w: 1 }), resolve('t')] },

  { name: 'takes the same message at a task and beside it', feature: 'receive task', steps: [deploy(process('p', [start(), parallel('fork'), receive('a', 'go', '=k'), receive('b', 'go', '=k'), parallel('join'), end()], ['start > fork > a > join > end', 'fork > b > join'])), create({ k: '1' }), publish('go', '1', { n: 1 }), publish('go', '1', { n: 2 })] },
  { name: 'takes a message that was there before', feature: 'receive task', steps: [deploy(process('p', [start(), receive('a', 'go', '=k'), end()], ['start > a > end'])), publish('go', '1', { n: 1 }, kept), create({ k: '1' })] },

  { name: 'refuses a claim of what somebody else has', feature: tasks, steps: [deploy(process('p', [start(), userTask('review', { assignee: 'anna' }), end()], ['start > review > end'])), create(), assign('review', 'ben', false), assign('review', 'anna', false), assign('review', 'ben', true), finish('review')] },
  { name: 'takes the follow-up date and the due date away', feature: tasks, steps: [deploy(process('p', [start(), userTask('review', { due: '2030-01-02T10:00:00Z', followUp: '2030-01-01T12:00:00+01:00', priority: '=p' }), end()], ['start > review > end'])), create({ p: 0 }), update('review', { dueDate: '', followUpDate: '2030-03-01T00:00:00Z', priority: 100 }), update('review', { followUpDate: '' })] },
  { name: 'knows variables that are set at it', feature: tasks, steps: [deploy(process('p', [start(), userTask('review', { outputs: { verdict: '=answer' } }), end()], ['start > review > end'])), create(), setIn('review', { answer: 'draft' }, true), setIn('review', { draft: 1 }), finish('review', { answer: 'yes' })] },
  { name: 'takes a quote as part of a name in a written list', feature: tasks, deviates: 'Zeebe cannot read its own list when a name holds a quote, and stops with an incident; ours takes the quote as part of the name', steps: [deploy(process('p', [start(), userTask('review', { groups: 'a"b,c' }), end()], ['start > review > end'])), create()] },

  { name: 'starts the version that is asked for', feature: creation, steps: [job(), deploy(process('p', [start(), service('newer'), end()], ['start > newer > end'])), { do: 'create', process: 'p', version: 1 }, { do: 'create', process: 'p' }, { do: 'create', process: 'p', version: 3 }, complete('t'), complete('newer')] },
  { name: 'keeps tags when it starts at an element', feature: creation, deviates: 'Zeebe loses the tags of an instance that starts at chosen elements; ours keeps them', steps: [job(), { do: 'create', process: 'p', startAt: ['t'], tags: ['a', 'b'] }] },
  { name: 'starts at an element inside of a sub-process with variables', feature: creation, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), service('t', { inputs: { i: '=v' } }), end('out')], ['in > t > out'], { inputs: { v: '=w + 1' } }), end()], ['start > sub > end'])), { do: 'create', process: 'p', startAt: ['t'], variables: { w: 1 } }, complete('t')] },

  { name: 'takes the hit of the highest priority', feature: dmn, steps: [decide({ hitPolicy: 'PRIORITY', ...ranked }), ...all] },
  { name: 'lists hits in the order of their priority', feature: dmn, steps: [decide({ hitPolicy: 'OUTPUT ORDER', ...ranked }), ...all] },
  { name: 'raises an incident when rules that hit do not agree', feature: dmn, steps: [decide({ hitPolicy: 'ANY', inputs: ['x'], outputs: ['y'], rules: [['< 10', '1'], ['< 20', '2']] }), create({ x: 15 }), create({ x: 5 })] },
  { name: 'gives null for each aggregator when no rule hits', feature: dmn, steps: (['SUM', 'COUNT', 'MIN', 'MAX'] as const).flatMap((aggregation) => [decide({ hitPolicy: 'COLLECT', aggregation, inputs: ['x'], outputs: ['y'], rules: [['< 10', '1']] }), create({ x: 15 })]) },
  { name: 'gives an empty list when no rule hits', feature: dmn, steps: (['COLLECT', 'RULE ORDER'] as const).flatMap((hitPolicy) => [decide({ hitPolicy, inputs: ['x'], outputs: ['y'], rules: [['< 10', '1']] }), create({ x: 15 })]) },
  { name: 'aggregates what is no number', feature: dmn, steps: (['SUM', 'MIN', 'MAX', 'COUNT'] as const).flatMap((aggregation) => [decide({ hitPolicy: 'COLLECT', aggregation, inputs: ['x'], outputs: ['y'], rules: [['< 10', '"a"'], ['< 20', '"b"']] }), create({ x: 5 })]) },

  { name: 'starts an instance at a local date that FEEL calculates', feature: 'timer start event', steps: [deploy(process('p', [start('start', date('=date and time("2030-01-01T12:00:00")')), end()], ['start > end'])), pass(7201)] },
  { name: 'starts an instance at a date that FEEL calculates in a zone', feature: 'timer start event', steps: [deploy(process('p', [start('start', date('=date and time("2030-01-01T12:00:00@Europe/Berlin")')), end()], ['start > end'])), pass(3601)] },
];
