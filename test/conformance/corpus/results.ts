// Scenarios of callers that wait for the result of the instance they create.
import { otherwise, process, subProcess, when } from '../scenario/diagram.ts';
import { call, end, error, exclusive, message, script, service, start, terminate } from '../scenario/elements.ts';
import type { Scenario, Step, Values } from '../scenario/scenario.ts';
import { cancel, complete, deploy, fail, modify, pass, publish, resolve, retry, set } from './steps.ts';

const feature = 'process instance creation with its result';
const awaited = (variables: Values = {}, fetch?: readonly string[], id = 'p'): Step => ({ do: 'create-and-await', process: id, variables, ...(fetch === undefined ? {} : { fetch }) });
const deviates = 'Zeebe leaves a caller that waits for the result of a cancelled instance without an answer; ours tells it at once that there will be none';
const results: Step = { do: 'read-results' };
const passing = deploy(process('p', [start(), script('s', '=x + 1', 'y'), end()], ['start > s > end']));
const waiting = deploy(process('p', [start(), service('t', { inputs: { inner: '=1' } }), end()], ['start > t > end']));

export const resultScenarios: readonly Scenario[] = [
  { name: 'answers all variables of an instance that waits for nothing', feature, steps: [passing, awaited({ x: 1, list: [1, { a: null }] }), results] },
  { name: 'answers only the variables that are asked for', feature, steps: [passing, awaited({ x: 1 }, ['y', 'missing']), results] },
  { name: 'answers all variables when none are named', feature, steps: [passing, awaited({ x: 1 }, []), results] },
  { name: 'answers when a job is done, without what is local to it', feature, steps: [waiting, awaited({ x: 1 }), results, complete('t', { r: 'done' }), results] },
  { name: 'waits while an incident holds the instance', feature, steps: [waiting, awaited({ x: 1 }), fail('t', 0), results, pass(60), results, retry('t'), resolve('t'), complete('t'), results] },
  { name: 'is told that the instance was cancelled', feature, deviates, steps: [waiting, awaited(), cancel, results] },
  { name: 'is refused when the process is not there', feature, steps: [awaited({}, undefined, 'nowhere'), results] },
  { name: 'answers variables that others set', feature, steps: [waiting, awaited({ x: 1 }), set({ x: 2, z: 3 }), complete('t'), results] },
  { name: 'answers after a terminate end event', feature, steps: [deploy(process('p', [start(), service('t'), end('end', terminate)], ['start > t > end'])), awaited({ x: 1 }), complete('t'), results] },
  { name: 'answers what a called process gave back', feature, steps: [deploy(process('p', [start(), call('c', 'q', { allToParent: true }), end()], ['start > c > end']), process('q', [start('qs'), script('s', '=x + 1', 'y'), end('qe')], ['qs > s > qe'])), awaited({ x: 1 }), results] },
  { name: 'answers two callers each with their own', feature, steps: [waiting, awaited({ n: 1 }), awaited({ n: 2 }), complete('t'), results, complete('t'), results] },
  { name: 'answers what a path of several left', feature, steps: [deploy(process('p', [start(), exclusive('g'), script('a', '="a"', 'way'), script('b', '="b"', 'way'), end(), end('end2')], ['start > g', when('g', 'a', '=x > 1'), otherwise('g', 'b'), 'a > end', 'b > end2'])), awaited({ x: 1 }), awaited({ x: 2 }), results] },
  { name: 'answers after an instance was modified to its end', feature, steps: [waiting, awaited({ x: 1 }), modify({ activate: [{ element: 'end' }], terminate: ['t'] }), results] },
  { name: 'is told when a modification ended all', feature, deviates, steps: [waiting, awaited({ x: 1 }), modify({ terminate: ['t'] }), results] },
  { name: 'waits while an error is caught by nobody', feature, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), end('bad', error('E'))], ['in > bad']), end()], ['start > sub > end'])), awaited(), results] },
  { name: 'is refused for a process that only a message starts', feature, steps: [deploy(process('p', [start('start', message('go')), end()], ['start > end'])), awaited(), results, publish('go', '1')] },
];
