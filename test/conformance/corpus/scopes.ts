// Scenarios of sub-processes and call activities.
import { otherwise, process, subProcess, when } from '../scenario/diagram.ts';
import { boundary, call, duration, end, error, exclusive, service, start, task } from '../scenario/elements.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { cancel, complete, create, deploy, fail, pass, resolve, set, throwError } from './steps.ts';

const child = process('child', [start(), service('work'), end()], ['start > work > end']);
const parent = (extras: Parameters<typeof call>[2] = {}) => process('p', [start(), call('c', 'child', extras), end()], ['start > c > end']);
const embedded = 'embedded sub-process';
const calls = 'call activity';

export const scopeScenarios: readonly Scenario[] = [
  { name: 'runs an embedded sub-process', feature: embedded, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), service('t'), end('out')], ['in > t > out']), end()], ['start > sub > end'])), create({ x: 1 }), complete('t', { y: 2 })] },
  { name: 'waits for all branches of a sub-process', feature: embedded, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), service('a'), service('b'), end('out')], ['in > a > out', 'in > b > out']), service('next'), end()], ['start > sub > next > end'])), create(), complete('a'), complete('b'), complete('next')] },
  { name: 'enters the same sub-process twice', feature: embedded, steps: [deploy(process('p', [start(), exclusive('merge'), subProcess('sub', [start('in'), service('t'), end('out')], ['in > t > out'], { inputs: { round: '=n' } }), exclusive('again'), end()], ['start > merge > sub > again', when('again', 'merge', '=n < 2'), otherwise('again', 'end')])), create({ n: 1 }), complete('t', { n: 2 }), complete('t')] },
  { name: 'raises an incident when an input of a sub-process fails', feature: embedded, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), end('out')], ['in > out'], { inputs: { a: '=assert(x, x != null)' } }), end()], ['start > sub > end'])), create(), set({ x: 1 }), resolve('sub')] },
  { name: 'raises an incident when an output of a sub-process fails', feature: embedded, steps: [deploy(process('p', [start(), subProcess('sub', [start('in'), end('out')], ['in > out'], { outputs: { a: '=assert(x, x != null)' } }), end()], ['start > sub > end'])), create(), set({ x: 1 }), resolve('sub')] },
  { name: 'hands all variables to the called process and back', feature: calls, steps: [deploy(child, parent({ allFromParent: true, allToParent: true })), create({ x: 1 }), complete('work', { x: 2, y: 3 })] },
  { name: 'hands all variables over when nothing is said', feature: calls, steps: [deploy(child, parent()), create({ x: 1 }), complete('work', { x: 2, y: 3 })] },
  { name: 'hands over only what the inputs say', feature: calls, steps: [deploy(child, parent({ allFromParent: false, allToParent: false, inputs: { a: '=x' }, outputs: { result: '=y' } })), create({ x: 1, secret: 2 }), complete('work', { y: 3, z: 4 })] },
  { name: 'hands inputs over beside all variables', feature: calls, steps: [deploy(child, parent({ allFromParent: true, allToParent: false, inputs: { a: '=x' } })), create({ x: 1 }), complete('work', { y: 3 })] },
  { name: 'takes all results through an output', feature: calls, steps: [deploy(child, parent({ allToParent: true, outputs: { result: '=y' } })), create({ x: 1 }), complete('work', { y: 3 })] },
  { name: 'raises an incident when the called process is not there', feature: calls, steps: [deploy(parent()), create(), deploy(child), resolve('c'), complete('work')] },
  { name: 'calls what an expression names', feature: calls, steps: [deploy(child, process('p', [start(), call('c', '=name'), end()], ['start > c > end'])), create({ name: 'child' }), complete('work')] },
  { name: 'raises an incident when the name is no text', feature: calls, steps: [deploy(child, process('p', [start(), call('c', '=name'), end()], ['start > c > end'])), create({ name: 5 })] },
  { name: 'calls the latest version', feature: calls, steps: [deploy(child), deploy(parent()), deploy(process('child', [start(), service('newer'), end()], ['start > newer > end'])), create(), complete('newer')] },
  { name: 'catches an error of the called process', feature: calls, steps: [deploy(child, process('p', [start(), call('c', 'child'), boundary('caught', 'c', error('E')), end(), end('after')], ['start > c > end', 'caught > after'])), create({ x: 1 }), throwError('work', 'E', { why: 'because' })] },
  { name: 'catches the error end event of the called process', feature: calls, steps: [deploy(process('child', [start(), task('t'), end('end', error('E'))], ['start > t > end']), process('p', [start(), call('c', 'child', { outputs: { seen: '=1' } }), boundary('caught', 'c', error('E')), end(), end('after')], ['start > c > end', 'caught > after'])), create({ x: 1 })] },
  { name: 'raises the incident in the called process when nobody catches', feature: calls, steps: [deploy(child, parent()), create(), throwError('work', 'E')] },
  { name: 'cancels the called process with its caller', feature: calls, steps: [deploy(child, parent()), create(), cancel] },
  { name: 'refuses to cancel a called process alone', feature: calls, steps: [deploy(child, parent()), create(), { do: 'cancel', instance: 2 }] },
  { name: 'interrupts a called process by a timer', feature: calls, steps: [deploy(child, process('p', [start(), call('c', 'child'), boundary('b', 'c', duration('PT1H')), end(), end('after')], ['start > c > end', 'b > after'])), create(), pass(3601), complete('work')] },
  { name: 'resolves an incident inside a called process', feature: calls, steps: [deploy(child, parent()), create(), fail('work', 0), { do: 'update-retries', type: 'work', retries: 1 }, resolve('work'), complete('work')] },
  { name: 'raises an incident when the called process has no none start event', feature: calls, steps: [deploy(process('child', [start('start', duration('PT1H')), end()], ['start > end'], { file: 'child.bpmn' })), deploy(parent()), create()] },
  { name: 'calls three deep', feature: calls, steps: [deploy(child, process('middle', [start(), call('m', 'child'), end()], ['start > m > end']), process('p', [start(), call('c', 'middle'), end()], ['start > c > end'])), create({ x: 1 }), complete('work', { x: 2 })] },
];
