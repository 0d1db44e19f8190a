// Scenarios of plain control flow: start, tasks, gateways, ends.
import { otherwise, process, subProcess, when } from '../scenario/diagram.ts';
import { end, exclusive, manual, parallel, script, service, send, start, task, throwEvent } from '../scenario/elements.ts';
import type { Scenario, Step } from '../scenario/scenario.ts';

const run = (process: string, variables = {}): Step => ({ do: 'create', process, variables });
const gateway = process('p', [start(), exclusive('gw'), service('high'), service('low'), end('a'), end('b')],
  ['start > gw', when('gw', 'high', '=x > 10'), otherwise('gw', 'low'), 'high > a', 'low > b']);
const strict = process('p', [start(), exclusive('gw'), end('a'), end('b')], ['start > gw', when('gw', 'a', '=x > 10'), when('gw', 'b', '=x < 5')]);
const forkJoin = process('p', [start(), parallel('fork'), service('a'), service('b'), parallel('join'), service('c'), end()],
  ['start > fork > a > join > c > end', 'fork > b > join']);

/** Control flow. */
export const flowScenarios: readonly Scenario[] = [
  { name: 'runs from start to end', feature: 'none start and end event', steps: [{ do: 'deploy', resources: [process('p', [start(), end()], ['start > end'])] }, run('p', { x: 1, s: 'text', list: [1, { y: null }], none: null, f: 1.5, yes: true })] },
  { name: 'passes tasks that do nothing', feature: 'manual and undefined task', steps: [{ do: 'deploy', resources: [process('p', [start(), manual('m', { outputs: { y: '=x + 1' } }), task('t', { inputs: { z: '=x' } }), throwEvent('pass'), end()], ['start > m > t > pass > end'])] }, run('p', { x: 1 })] },
  { name: 'waits for the job of a send task', feature: 'send task', steps: [{ do: 'deploy', resources: [process('p', [start(), send('s', { headers: { to: 'anna' } }), end()], ['start > s > end'])] }, run('p', { x: 1 }), { do: 'complete-job', type: 's', variables: { sent: true } }] },
  { name: 'takes the flow whose condition holds', feature: 'exclusive gateway', steps: [{ do: 'deploy', resources: [gateway] }, run('p', { x: 11 }), { do: 'complete-job', type: 'high' }] },
  { name: 'takes the default flow when no condition holds', feature: 'exclusive gateway', steps: [{ do: 'deploy', resources: [gateway] }, run('p', { x: 10 }), { do: 'complete-job', type: 'low' }] },
  { name: 'takes the default flow or an incident when the condition is null', feature: 'exclusive gateway', steps: [{ do: 'deploy', resources: [gateway] }, run('p', {})] },
  { name: 'raises an incident when a condition is a text', feature: 'exclusive gateway', steps: [{ do: 'deploy', resources: [process('p', [start(), exclusive('gw'), end('a'), end('b')], ['start > gw', when('gw', 'a', '=x'), otherwise('gw', 'b')])] }, run('p', { x: 'yes' })] },
  { name: 'raises an incident when a comparison has no result', feature: 'exclusive gateway', steps: [{ do: 'deploy', resources: [gateway] }, run('p', { x: 'many' })] },
  { name: 'raises an incident when no condition holds and there is no default flow', feature: 'exclusive gateway', steps: [{ do: 'deploy', resources: [strict] }, run('p', { x: 7 }), { do: 'set-variables', variables: { x: 20 } }, { do: 'resolve-incident', element: 'gw' }] },
  { name: 'raises the same incident again when it was resolved without a cure', feature: 'exclusive gateway', steps: [{ do: 'deploy', resources: [strict] }, run('p', { x: 7 }), { do: 'resolve-incident', element: 'gw' }, { do: 'set-variables', variables: { x: 1 } }, { do: 'resolve-incident', element: 'gw' }] },
  { name: 'evaluates conditions in the order of the flows', feature: 'exclusive gateway', steps: [{ do: 'deploy', resources: [process('p', [start(), exclusive('gw'), end('a'), end('b'), end('c')], ['start > gw', when('gw', 'a', '=x > 5'), when('gw', 'b', '=x > 3'), otherwise('gw', 'c')])] }, run('p', { x: 9 }), run('p', { x: 4 }), run('p', { x: 0 })] },
  { name: 'joins flows at an exclusive gateway without waiting', feature: 'exclusive gateway', steps: [{ do: 'deploy', resources: [process('p', [start(), parallel('fork'), exclusive('merge'), service('t'), end()], ['start > fork > merge', 'fork > merge', 'merge > t > end'])] }, run('p'), { do: 'complete-job', type: 't' }, { do: 'complete-job', type: 't' }] },
  { name: 'loops back through an exclusive gateway', feature: 'exclusive gateway', steps: [{ do: 'deploy', resources: [process('p', [start(), script('count', '=n + 1', 'n'), exclusive('gw'), end()], ['start > count > gw', when('gw', 'count', '=n < 4'), otherwise('gw', 'end')])] }, run('p', { n: 0 })] },
  { name: 'waits for both branches at a parallel join', feature: 'parallel gateway', steps: [{ do: 'deploy', resources: [forkJoin] }, run('p'), { do: 'complete-job', type: 'b', variables: { b: 1 } }, { do: 'complete-job', type: 'a', variables: { a: 1 } }, { do: 'complete-job', type: 'c' }] },
  { name: 'ends when all branches have ended', feature: 'parallel gateway', steps: [{ do: 'deploy', resources: [process('p', [start(), parallel('fork'), service('a'), service('b'), end('ea'), end('eb')], ['start > fork > a > ea', 'fork > b > eb'])] }, run('p'), { do: 'complete-job', type: 'a' }, { do: 'complete-job', type: 'b' }] },
  { name: 'forks three ways, joins two and joins again', feature: 'parallel gateway', steps: [{ do: 'deploy', resources: [process('p', [start(), parallel('fork'), task('a'), task('b'), service('c'), parallel('j1'), parallel('j2'), end()], ['start > fork > a > j1 > j2 > end', 'fork > b > j1', 'fork > c > j2'])] }, run('p'), { do: 'complete-job', type: 'c' }] },
  { name: 'forks implicitly at a task with two outgoing flows', feature: 'parallel gateway', steps: [{ do: 'deploy', resources: [process('p', [start(), task('t'), service('a'), service('b'), end()], ['start > t > a > end', 't > b > end'])] }, run('p'), { do: 'complete-job', type: 'a' }, { do: 'complete-job', type: 'b' }] },
  { name: 'passes a parallel gateway with one flow in and out', feature: 'parallel gateway', steps: [{ do: 'deploy', resources: [process('p', [start(), parallel('g'), end()], ['start > g > end'])] }, run('p')] },
  { name: 'cancels branches with a join half filled', feature: 'cancel', steps: [{ do: 'deploy', resources: [forkJoin] }, run('p'), { do: 'complete-job', type: 'a' }, { do: 'cancel' }, { do: 'cancel' }, { do: 'complete-job', type: 'b' }] },
  { name: 'cancels everything inside nested sub-processes', feature: 'cancel', steps: [{ do: 'deploy', resources: [process('p', [start(), subProcess('outer', [start('s1'), subProcess('inner', [start('s2'), service('t'), end('e2')], ['s2 > t > e2']), end('e1')], ['s1 > inner > e1']), end()], ['start > outer > end'])] }, run('p', { x: 1 }), { do: 'cancel' }] },
  { name: 'refuses to cancel what has ended', feature: 'cancel', steps: [{ do: 'deploy', resources: [process('p', [start(), end()], ['start > end'])] }, run('p'), { do: 'cancel' }] },
  { name: 'refuses to start what is not deployed', feature: 'none start and end event', steps: [{ do: 'deploy', resources: [process('p', [start(), end()], ['start > end'])] }, run('q'), { do: 'create', process: 'p', version: 2 }] },
  { name: 'sets a variable by a script', feature: 'script task', steps: [{ do: 'deploy', resources: [process('p', [start(), script('s', '={total: sum(items), half: sum(items) / 2}', 'result'), end()], ['start > s > end'])] }, run('p', { items: [0.1, 0.2] })] },
  { name: 'sets null by a script that finds nothing', feature: 'script task', steps: [{ do: 'deploy', resources: [process('p', [start(), script('s', '=missing.deep + 1', 'result'), end()], ['start > s > end'])] }, run('p')] },
  { name: 'maps the result of a script through its outputs', feature: 'script task', steps: [{ do: 'deploy', resources: [process('p', [start(), script('s', '=a * 2', 'result', { inputs: { a: '=x' }, outputs: { doubled: '=result' } }), end()], ['start > s > end'])] }, run('p', { x: 21 })] },
  { name: 'raises an incident when a script fails', feature: 'script task', steps: [{ do: 'deploy', resources: [process('p', [start(), script('s', '=assert(x, x != null)', 'result'), end()], ['start > s > end'])] }, run('p'), { do: 'set-variables', variables: { x: 3 } }, { do: 'resolve-incident', element: 's' }] },
];
