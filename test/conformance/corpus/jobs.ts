// Scenarios of jobs: retries, back-off, time-outs, incidents, errors.
import { process, subProcess } from '../scenario/diagram.ts';
import { boundary, end, error, service, start, throwEvent } from '../scenario/elements.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { activate, cancel, complete, create, deploy, fail, pass, resolve, throwError } from './steps.ts';

const one = (extras: Parameters<typeof service>[1] = {}) => deploy(process('p', [start(), service('t', extras), end()], ['start > t > end']));
const guarded = (code?: string, outputs = {}) => deploy(process('p', [start(), service('t'), boundary('caught', 't', error(code), { outputs }), end(), end('after')], ['start > t > end', 'caught > after']));

export const jobScenarios: readonly Scenario[] = [
  { name: 'hands out a failed job again at once', feature: 'job retries', steps: [one(), create(), fail('t', 2), fail('t', 1), complete('t')] },
  { name: 'raises an incident when no retries are left', feature: 'job retries', steps: [one(), create(), fail('t', 0), activate('t'), { do: 'update-retries', type: 't', retries: 2 }, activate('t'), resolve('t'), complete('t')] },
  { name: 'resolves an incident whose job has no retries again', feature: 'job retries', steps: [one(), create(), fail('t', 0), resolve('t'), activate('t')] },
  { name: 'cancels an instance with an incident', feature: 'job retries', steps: [one(), create(), fail('t', 0), cancel] },
  { name: 'refuses retries below one', feature: 'job retries', steps: [one(), create(), { do: 'update-retries', type: 't', retries: 0 }, { do: 'update-retries', type: 't', retries: -1 }] },
  { name: 'fails a job with negative retries', feature: 'job retries', steps: [one(), create(), fail('t', -1), activate('t')] },
  { name: 'takes the number of retries from an expression', feature: 'job retries', steps: [one({ retries: '=n + 1', type: '="type-" + kind' }), create({ n: 4, kind: 'x' }), complete('type-x')] },
  { name: 'creates a job without retries', feature: 'job retries', steps: [one({ retries: '=0' }), create(), activate('t'), resolve('t'), { do: 'update-retries', type: 't', retries: 1 }, resolve('t'), complete('t')] },
  { name: 'raises an incident when the type is no text', feature: 'job retries', steps: [one({ type: '=missing' }), create()] },
  { name: 'raises an incident when the retries are no number', feature: 'job retries', steps: [one({ retries: '="many"' }), create()] },
  { name: 'waits out the back-off', feature: 'job back-off', steps: [one(), create(), fail('t', 2, 30_000), activate('t'), pass(29), activate('t'), pass(2), activate('t'), complete('t')] },
  { name: 'hands out a job again after its time-out', feature: 'job time-out', steps: [one(), create(), activate('t', { timeout: 60_000 }), pass(59), activate('t'), pass(3), activate('t'), complete('t')] },
  { name: 'takes the answer of a worker that is late', feature: 'job time-out', steps: [one(), create(), activate('t', { timeout: 60_000 }), pass(62), complete('t')] },
  { name: 'hands out jobs in the order of their creation', feature: 'job activation', steps: [one(), create({ n: 1 }), create({ n: 2 }), create({ n: 3 }), activate('t', { max: 2 }), activate('t', { max: 5 })] },
  { name: 'refuses to complete a job of a cancelled instance', feature: 'job activation', steps: [one(), create(), activate('t'), cancel, complete('t')] },
  { name: 'refuses to fail a job of a cancelled instance', feature: 'job activation', steps: [one(), create(), activate('t'), cancel, fail('t', 1)] },
  { name: 'refuses an error for a job of a cancelled instance', feature: 'job activation', steps: [one(), create(), activate('t'), cancel, throwError('t', 'E')] },
  { name: 'goes on at the boundary event with the code', feature: 'error boundary event', steps: [guarded('E'), create({ x: 1 }), throwError('t', 'E', { why: 'because' })] },
  { name: 'maps the variables of an error', feature: 'error boundary event', steps: [guarded('E', { reason: '=why' }), create({ x: 1 }), throwError('t', 'E', { why: 'because', other: 1 })] },
  { name: 'catches any error without a code', feature: 'error boundary event', steps: [guarded(), create(), throwError('t', 'OTHER')] },
  { name: 'prefers the event with the code to the one for all', feature: 'error boundary event', steps: [deploy(process('p', [start(), service('t'), boundary('all', 't', error()), boundary('one', 't', error('E')), end(), end('e1'), end('e2')], ['start > t > end', 'all > e1', 'one > e2'])), create(), create(), throwError('t', 'E'), throwError('t', 'F')] },
  { name: 'raises an incident when nothing catches the error', feature: 'error boundary event', steps: [guarded('E'), create(), throwError('t', 'F', { why: 1 }), activate('t'), resolve('caught'), resolve('t'), activate('t'), complete('t')] },
  { name: 'catches an error around a sub-process', feature: 'error boundary event', steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), service('t'), service('other'), end('out')], ['in > t > out', 'in > other']), boundary('caught', 'sub', error('E')), end(), end('after')], ['start > sub > end', 'caught > after'])), create(), throwError('t', 'E', { why: 1 })] },
  { name: 'throws an error by an end event', feature: 'error end event', steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), end('out', error('E'))], ['in > out']), boundary('caught', 'sub', error('E')), end(), end('after')], ['start > sub > end', 'caught > after'])), create({ x: 1 })] },
  { name: 'raises an incident at an error end event that nothing catches', feature: 'error end event', steps: [deploy(process('p', [start(), service('t'), end('out', error('E'))], ['start > t > out'])), create(), complete('t'), resolve('out'), cancel] },
  { name: 'terminates the other branches when an error end event is reached', feature: 'error end event', steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), service('a'), service('b'), end('bad', error('E')), end('out')], ['in > a > bad', 'in > b > out']), boundary('caught', 'sub', error('E')), end(), service('after')], ['start > sub > end', 'caught > after > end'])), create(), complete('a', { v: 1 }), complete('b'), complete('after')] },
  { name: 'prefers the nearest event that catches', feature: 'error boundary event', steps: [deploy(process('p', [start(), subProcess('outer', [start('s1'), subProcess('inner', [start('s2'), service('t'), end('e2')], ['s2 > t > e2']), boundary('near', 'inner', error('E')), end('e1')], ['s1 > inner > e1', 'near > e1']), boundary('far', 'outer', error('E')), end()], ['start > outer > end', 'far > end'])), create(), throwError('t', 'E')] },
  { name: 'passes a none throw event', feature: 'none intermediate throw event', steps: [deploy(process('p', [start(), throwEvent('t', undefined, { inputs: { a: '=1' }, outputs: { b: '=a' } }), end()], ['start > t > end'])), create()] },
];
