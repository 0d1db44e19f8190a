// Draws a random process: one file with it, one for each process that it calls, its decision table.
import { otherwise, process, subProcess, when, type Extras, type Flow, type Node } from '../scenario/diagram.ts';
import { bare, boundary, businessRule, call, catchEvent, cycle, date, duration, end, error, escalation, manual, message, raw, receive, script, send, service, signal, start, task, terminate, thrownMessage, throwEvent, userTask, type Trigger } from '../scenario/elements.ts';
import { table } from '../scenario/files.ts';
import type { Resource } from '../scenario/scenario.ts';
import type { Activity, Block, Catch, Handler, RandomProcess } from './blocks.ts';
import { compensated, listening, looped } from './draw-extras.ts';

type Drawing = { readonly nodes: readonly Node[]; readonly flows: readonly Flow[]; readonly entry: string; readonly exit: string | undefined };

const ring = signal('ring');
// Zeebe fails over such a definition without an id.
const compensation = (id: string) => bare('compensateEventDefinition', `id="${id}-definition"`);
const go = message('go', '="key"');

const catches: Readonly<Record<Catch, () => Trigger>> = {
  E1: () => error('E1'), E2: () => error('E2'), anyError: () => error(), timer: () => duration('PT1H'), cycle: () => cycle('R2/PT1H'), message: () => message('halt', '="key"'), signal: () => ring, S1: () => escalation('S1'), anyEscalation: () => escalation(),
};

/** The files of this process. Ids are counted, so that equal blocks give equal files. */
export function drawProcess(id: string, { body, handlers }: RandomProcess): Resource[] {
  const files: Resource[] = [];
  const draw = createDrawer(id, files);
  const main = draw.scope('', body, handlers);
  return [process(id, main.nodes, main.flows), ...files];
}

function createDrawer(processId: string, files: Resource[]) {
  let count = 0;
  /** Not directly in an ad-hoc sub-process that runs in multi-instance itself: the real engine takes the body for an ad-hoc sub-process and fails inside; a scenario of the corpus shows it. */
  let mayLoop = true;
  const loopsAllowed = <T>(allowed: boolean, use: () => T): T => {
    const before = mayLoop;
    mayLoop = allowed;
    const drawn = use();
    mayLoop = before;
    return drawn;
  };
  const name = (kind: string) => `${kind}${++count}`;
  const single = (node: Node, ...beside: Node[]): Drawing => ({ nodes: [node, ...beside], flows: [], entry: node.id, exit: node.id });
  const last = (node: Node): Drawing => ({ ...single(node), exit: undefined });

  /** All that stands in a process or sub-process: start, body, end, event sub-processes. */
  const scope = (prefix: string, body: Block, handlers: readonly Handler[]) => {
    const [first, final] = [`${prefix}start`, `${prefix}end`];
    const inner = loopsAllowed(true, () => draw(body));
    const beside = handlers.map((handler) => onEvent(name('on'), handler));
    return {
      nodes: [start(first), ...inner.nodes, ...(inner.exit === undefined ? [] : [end(final)]), ...beside],
      flows: [`${first} > ${inner.entry}`, ...inner.flows, ...(inner.exit === undefined ? [] : [`${inner.exit} > ${final}`])] satisfies Flow[],
    };
  };
  const onEvent = (id: string, { by, interrupting, then }: Handler): Node => {
    const { nodes, flows } = scope(`${id}-`, then, []);
    const first = start(`${id}-start`, catches[by](), { nonInterrupting: !interrupting });
    return { ...subProcess(id, [first, ...nodes.slice(1)], flows), attributes: { triggeredByEvent: 'true' } };
  };
  const join = (parts: readonly Drawing[]): Drawing => {
    const open = parts.findIndex(({ exit }) => exit === undefined);
    const used = open < 0 ? parts : parts.slice(0, open + 1);
    const flows = used.slice(1).flatMap(({ entry }, index): Flow[] => [`${used[index]?.exit ?? ''} > ${entry}`]);
    return { nodes: used.flatMap(({ nodes }) => nodes), flows: [...used.flatMap((part) => part.flows), ...flows], entry: used[0]!.entry, exit: used.at(-1)!.exit };
  };
  /** Branches between two gateways; the second one only when some branch gets there. */
  const between = (split: Node, merge: Node, parts: readonly Drawing[], ways: readonly Flow[]): Drawing => {
    const exits = parts.flatMap(({ exit }): Flow[] => (exit === undefined ? [] : [`${exit} > ${merge.id}`]));
    return {
      nodes: [split, ...parts.flatMap(({ nodes }) => nodes), ...(exits.length === 0 ? [] : [merge])],
      flows: [...ways, ...parts.flatMap(({ flows }) => flows), ...exits], entry: split.id, exit: exits.length === 0 ? undefined : merge.id,
    };
  };
  const extrasOf = ({ input, output }: { input?: boolean; output: boolean }): Extras => ({ ...(input === true ? { inputs: { x: '=y', z: '=x' } } : {}), ...(output ? { outputs: { y: '=x' } } : {}) });

  const core = (activity: Activity): Node => {
    const extras = extrasOf(activity);
    switch (activity.what) {
      case 'serviceTask': return service(name('job'), extras);
      case 'sendTask': return send(name('send'), extras);
      case 'user': return userTask(name('user'), extras);
      case 'receive': return receive(name('receive'), 'go', '="key"', extras);
      case 'scope': {
        const id = name('sub');
        // Zeebe keeps one subscription to a signal per element instance: the boundary event's would take the place of the event sub-process's.
        const isAwaitedOutside = activity.boundaries.some(({ by }) => by === 'signal');
        const { nodes, flows } = scope(`${id}-`, activity.inside, activity.handlers.filter(({ by }) => by !== 'signal' || !isAwaitedOutside));
        return subProcess(id, nodes, flows, extras);
      }
      case 'call': {
        const called = `${processId}-${name('called')}`;
        const { nodes, flows } = scope('', activity.inside, []);
        files.push(process(called, nodes, flows));
        return call(name('call'), called, { ...extras, allFromParent: !activity.input, allToParent: !activity.output });
      }
      case 'adHoc': {
        const id = name('adHoc');
        const parts = (activity.inside.kind === 'sequence' ? activity.inside.blocks : [activity.inside]).map((part) => loopsAllowed(activity.loop === null || !mayLoop, () => draw(part)));
        const active = `=[${parts.slice(0, 2).map(({ entry }) => `"${entry}"`).join(', ')}]`;
        const node = subProcess(id, parts.flatMap(({ nodes }) => nodes), parts.flatMap(({ flows }) => flows), extras);
        return { ...node, tag: 'adHocSubProcess', extensions: `<zeebe:adHoc activeElementsCollection="${active.replaceAll('"', '&quot;')}"/>${node.extensions ?? ''}` };
      }
    }
  };
  const activity = (block: Activity): Drawing => {
    const node = listening(looped(core(block), mayLoop ? block.loop : null), block.listener);
    const events = block.boundaries.map((handler) => {
      const event = boundary(name('on'), node.id, catches[handler.by](), { nonInterrupting: !handler.interrupting });
      const after = draw(handler.then);
      const final = end(name('aside'));
      const flows: Flow[] = [`${event.id} > ${after.entry}`, ...after.flows, ...(after.exit === undefined ? [] : [`${after.exit} > ${final.id}`])];
      return { nodes: [event, ...after.nodes, ...(after.exit === undefined ? [] : [final])], flows };
    });
    const undo = block.undo ? compensated(node.id) : [];
    return { nodes: [node, ...events.flatMap(({ nodes }) => nodes), ...undo], flows: events.flatMap(({ flows }) => flows), entry: node.id, exit: node.id };
  };

  const draw = (block: Block): Drawing => {
    switch (block.kind) {
      case 'activity': return activity(block);
      case 'script': return single(script(name('script'), block.expression, block.result));
      case 'rule': {
        const decision = `${processId}-decision`;
        if (!files.some(({ name: file }) => file.endsWith('.dmn'))) files.push(table(decision, { hitPolicy: 'UNIQUE', inputs: ['x'], outputs: ['result'], rules: [['1', '2'], ['2', '"two"'], ['> 1', 'x + 1']] }));
        return single(businessRule(name('rule'), decision, block.result));
      }
      case 'pass': {
        if (block.as !== 'link') return single(block.as === 'none' ? throwEvent(name('pass'), undefined, extrasOf(block)) : (block.as === 'task' ? task : manual)(name('pass'), extrasOf(block)));
        const [from, to] = [name('leap'), name('land')];
        const link = (id: string) => bare('linkEventDefinition', `id="${id}-definition" name="${from}"`);
        return { nodes: [throwEvent(from, link(from)), catchEvent(to, link(to))], flows: [], entry: from, exit: to };
      }
      case 'catch': return single(catchEvent(name(block.by), { timer: duration('PT2H'), date: date('="2030-01-01T12:00:00Z"'), message: go, signal: ring }[block.by]));
      case 'throw': {
        const id = name('throw');
        return single(throwEvent(id, block.what === 'message' ? byJob(id) : block.what === 'signal' ? ring : block.what === 'compensation' ? compensation(id) : escalation(block.what)));
      }
      case 'stop': {
        const id = name('stop');
        const what = { none: undefined, E1: error('E1'), E2: error('E2'), S1: escalation('S1'), signal: ring, message: byJob(id), terminate, compensation: compensation(id) }[block.what];
        return last(end(id, what));
      }
      case 'sequence': return join(block.blocks.map(draw));
      case 'choice': {
        const [split, merge] = [raw(block.gateway, name('choose')), raw(block.gateway, name('merge'))];
        const parts = block.blocks.map(draw);
        const other = block.otherwise === null ? [] : [draw(block.otherwise)];
        return between(split, merge, [...parts, ...other], [...parts.map(({ entry }, index) => when(split.id, entry, block.conditions[index] ?? '=true')), ...other.map(({ entry }) => otherwise(split.id, entry))]);
      }
      case 'fork': {
        const [split, merge] = [raw('parallelGateway', name('fork')), raw('parallelGateway', name('join'))];
        const parts = block.blocks.map(draw);
        return between(split, merge, parts, parts.map(({ entry }): Flow => `${split.id} > ${entry}`));
      }
      case 'race': {
        const [split, merge] = [raw('eventBasedGateway', name('race')), raw('exclusiveGateway', name('merge'))];
        const parts = block.between.map((by, index) => join([draw({ kind: 'catch', by }), draw(block.blocks[index] ?? { kind: 'stop', what: 'none' })]));
        return between(split, merge, parts, parts.map(({ entry }): Flow => `${split.id} > ${entry}`));
      }
      case 'again': {
        const [entry, exit, job] = [raw('exclusiveGateway', name('again')), raw('exclusiveGateway', name('enough')), service(name('job'))];
        const inner = join([single(job), draw(block.inside)]);
        if (inner.exit === undefined) return inner;
        const after = task(name('pass'));
        const flows = [`${entry.id} > ${inner.entry}`, ...inner.flows, `${inner.exit} > ${exit.id}`, when(exit.id, entry.id, block.while), otherwise(exit.id, after.id)];
        return { nodes: [entry, ...inner.nodes, exit, after], flows, entry: entry.id, exit: after.id };
      }
    }
  };
  return { scope };
}

const byJob = (type: string): Trigger => thrownMessage('sent', type);
