// Scenarios of errors and escalations of which several are on their way at once, or that come while a scope ends.
import { process, subProcess, type Flow, type Node } from '../scenario/diagram.ts';
import { boundary, call, end, error, escalation, parallel, service, start, task, terminate, type Trigger } from '../scenario/elements.ts';
import { eventSubProcess, multi } from '../scenario/scopes.ts';
import type { Resource, Scenario, Step } from '../scenario/scenario.ts';
import { complete, create, deploy } from './steps.ts';

type Inside = readonly [nodes: readonly Node[], flows: readonly Flow[]];
const feature = 'errors and escalations at once';
const kinds: readonly (readonly [name: string, event: Trigger])[] = [['error', error('E')], ['escalation', escalation('E')]];

const twice = (event: Trigger): Inside => [[start('in'), parallel('f'), end('t1', event), end('t2', event)], ['in > f > t1', 'f > t2']];
const onceMoreLater = (event: Trigger): Inside => [[start('in'), parallel('f'), end('t1', event), task('w'), task('w2'), task('w3'), end('t2', event)], ['in > f > t1', 'f > w > w2 > w3 > t2']];
const stuck = 'Zeebe finds the event sub-process that interrupted the scope, refuses to trigger it once more, and the throwing event stays active for ever; ours goes on, as nobody can catch there any more';

const thrownTwice = kinds.flatMap(([kind, event]) => ([['twice', twice], ['once more later', onceMoreLater]] as const).flatMap(([when, inside]): Scenario[] => {
  const [nodes, flows] = inside(event);
  const caught = (activity: Node, ...files: Resource[]) => deploy(...files, process('p', [start(), boundary('b', 'sub', event), end(), end('e2'), activity], ['start > sub > end', 'b > e2']));
  const child = process('c', nodes, flows);
  const one = (place: string, steps: readonly Step[], deviates?: string): Scenario => ({ name: `${kind} thrown ${when} ${place}`, feature, steps, ...(deviates === undefined ? {} : { deviates }) });
  return [
    one('in a sub-process', [caught(subProcess('sub', nodes, flows)), create()]),
    one('two scopes below', [caught(subProcess('sub', [start('oi'), subProcess('inner', nodes, flows), end('oo')], ['oi > inner > oo'])), create()]),
    one('in parallel multi-instance', [caught(multi(subProcess('sub', nodes, flows), '=[1, 2, 3]', { item: 'i' })), create()]),
    one('in sequential multi-instance', [caught(multi(subProcess('sub', nodes, flows), '=[1, 2, 3]', { item: 'i', sequential: true })), create()]),
    one('in a called process', [caught(call('sub', 'c'), child), create()]),
    one('in processes called in multi-instance', [caught(multi(call('sub', 'c'), '=[1, 2]', { item: 'i' }), child), create()]),
    one('beside an event sub-process', [deploy(process('p', [start(), subProcess('sub', [...nodes, eventSubProcess('esp', [start('es', event), service('x'), end('ee')], ['es > x > ee'])], flows), end()], ['start > sub > end'])), create(), complete('x')]),
    one('beside an event sub-process that throws it on', [caught(subProcess('sub', [...nodes, eventSubProcess('esp', [start('es', event), end('ee', event)], ['es > ee'])], flows)), create()], kind === 'error' ? undefined : stuck),
    one('in a process called beside an event sub-process', [deploy(child, process('p', [start(), call('sub', 'c'), end(), eventSubProcess('esp', [start('es', event), service('x'), end('ee')], ['es > x > ee'])], ['start > sub > end'])), create(), complete('x')]),
  ];
}));

/** What throws comes to it so many tasks later; a terminate end event comes after two. */
const lateness = [0, 1, 2, 3, 4] as const;
const after = (count: number, from: string, event: Trigger): Inside => {
  const tasks = Array.from({ length: count }, (_, index) => task(`w${index}`));
  return [[...tasks, end('th', event)], [[from, ...tasks.map(({ id }) => id), 'th'].join(' > ')]];
};
const besideTerminate = kinds.flatMap(([kind, event]) => lateness.flatMap((count): Scenario[] => {
  const below = after(count, 'in', event);
  const forked = after(count, 'f', event);
  const child = process('c', [start('in'), ...below[0]], below[1]);
  const one = (place: string, ...resources: Resource[]): Scenario => ({ name: `${kind} thrown ${place} beside a terminate end event, ${count} tasks later`, feature, steps: [deploy(...resources), create()] });
  const catching = eventSubProcess('esp', [start('es', event, kind === 'error' ? {} : { nonInterrupting: true }), task('q'), end('ee')], ['es > q > ee']);
  return [
    one('in a sub-process', process('p', [start(), parallel('f'), subProcess('sub', [start('in'), ...below[0]], below[1]), task('a'), task('b'), end('term', terminate), end(), catching], ['start > f > a > b > term', 'f > sub > end'])),
    one('in the same scope', process('p', [start(), subProcess('sub', [start('in'), parallel('f'), ...forked[0], task('a'), task('b'), end('term', terminate)], ['in > f > a > b > term', ...forked[1]]), boundary('b1', 'sub', event), end(), end('e2')], ['start > sub > end', 'b1 > e2'])),
    one('in a called process', child, process('p', [start(), parallel('f'), call('c', 'c'), boundary('b1', 'c', event), end('e2'), task('a'), task('b'), end('term', terminate), end()], ['start > f > a > b > term', 'f > c > end', 'b1 > e2'])),
  ];
}));

/** Escalations that are caught beside, out of a called process. */
const caughtBeside = lateness.flatMap((count): Scenario[] => {
  const escalated = escalation('E');
  const [nodes, flows] = after(count, 'f', escalated);
  const child = process('c', [start('in'), parallel('f'), ...nodes, end('th2', escalated)], ['in > f', ...flows, 'f > th2']);
  const one = (place: string, resource: ReturnType<typeof process>): Scenario => ({ name: `escalation thrown twice, ${count} tasks apart, is caught beside ${place} of a called process`, feature, steps: [deploy(child, resource), create()] });
  return [
    one('in an event sub-process around the call', process('p', [start(), call('c', 'c'), end(), eventSubProcess('esp', [start('es', escalated, { nonInterrupting: true }), task('q'), end('ee')], ['es > q > ee'])], ['start > c > end'])),
    one('at the boundary', process('p', [start(), call('c', 'c'), boundary('b1', 'c', escalated, { nonInterrupting: true }), task('q'), end('e2'), end()], ['start > c > end', 'b1 > q > e2'])),
  ];
});

export const throwingAtOnceScenarios: readonly Scenario[] = [...thrownTwice, ...besideTerminate, ...caughtBeside];
