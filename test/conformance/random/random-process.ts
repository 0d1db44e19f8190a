// Random processes, block by block, and how a block is drawn. fast-check makes them smaller when one shows a difference.
import fc from 'fast-check';
import { otherwise, process, subProcess, when, type Flow, type Node } from '../scenario/diagram.ts';
import { boundary, catchEvent, cycle, duration, end, error, exclusive, message, parallel, script, service, start, userTask } from '../scenario/elements.ts';
import type { Resource } from '../scenario/scenario.ts';

export type Block =
  | { readonly kind: 'job'; readonly input: boolean; readonly output: boolean }
  | { readonly kind: 'script'; readonly expression: string; readonly result: string }
  | { readonly kind: 'user' }
  | { readonly kind: 'timer'; readonly hours: number }
  | { readonly kind: 'message' }
  /** Ends here, by an error when there is a code. */
  | { readonly kind: 'stop'; readonly code: string | null }
  | { readonly kind: 'sequence'; readonly blocks: readonly Block[] }
  | { readonly kind: 'choice'; readonly conditions: readonly string[]; readonly blocks: readonly Block[]; readonly otherwise: Block | null }
  | { readonly kind: 'fork'; readonly blocks: readonly Block[] }
  | { readonly kind: 'scope'; readonly inside: Block; readonly input: boolean; readonly output: boolean }
  /** Something with a boundary event that goes its own way. */
  | { readonly kind: 'guarded'; readonly inside: 'job' | 'user' | 'scope'; readonly scope: Block; readonly by: 'E1' | 'E2' | 'any' | 'timer' | 'reminder' | 'message' | 'cycle'; readonly then: Block };

const condition = fc.constantFrom('=x > 1', '=x = 2', '=x < 3', '=y', '=y > x', '=x != null', '=true', '=false');
const depth = { depthSize: 'small', maxDepth: 3 } as const;

/** A random process; small ones are more likely. */
export const randomBlock: fc.Arbitrary<Block> = fc.letrec<{ block: Block; leaf: Block; sequence: Block }>((tie) => ({
  leaf: fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('job' as const), input: fc.boolean(), output: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('script' as const), expression: fc.constantFrom('=x + 1', '=y', '=x > 1', '={a: x}', '=null'), result: fc.constantFrom('x', 'y') }) },
    fc.record({ kind: fc.constant('user' as const) }),
    fc.record({ kind: fc.constant('timer' as const), hours: fc.constantFrom(1, 2) }),
    fc.record({ kind: fc.constant('message' as const) }),
    fc.record({ kind: fc.constant('stop' as const), code: fc.constantFrom(null, 'E1', 'E2') }),
  ),
  sequence: fc.record({ kind: fc.constant('sequence' as const), blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }) }),
  block: fc.oneof(
    depth,
    tie('leaf'),
    tie('sequence'),
    fc.record({ kind: fc.constant('choice' as const), conditions: fc.array(condition, { minLength: 2, maxLength: 2 }), blocks: fc.array(tie('block'), { minLength: 2, maxLength: 2 }), otherwise: fc.option(tie('block')) }),
    fc.record({ kind: fc.constant('fork' as const), blocks: fc.array(tie('block'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('scope' as const), inside: tie('sequence'), input: fc.boolean(), output: fc.boolean() }),
    fc.record({ kind: fc.constant('guarded' as const), inside: fc.constantFrom('job' as const, 'user' as const, 'scope' as const), scope: tie('sequence'), by: fc.constantFrom('E1' as const, 'E2' as const, 'any' as const, 'timer' as const, 'reminder' as const, 'message' as const, 'cycle' as const), then: tie('leaf') }),
  ),
})).sequence;

type Drawing = { readonly nodes: readonly Node[]; readonly flows: readonly Flow[]; readonly entry: string; readonly exit: string | undefined };

/** The file with this process. Ids are counted, so that equal blocks give equal files. */
export function drawProcess(id: string, block: Block): Resource {
  const draw = createDrawer();
  const inner = draw(block);
  return process(id, [start(), ...inner.nodes, end()], [`start > ${inner.entry}`, ...inner.flows, ...(inner.exit === undefined ? [] : [`${inner.exit} > end`])]);
}

function createDrawer(): (block: Block) => Drawing {
  let count = 0;
  const name = (kind: string) => `${kind}${++count}`;
  const single = (node: Node): Drawing => ({ nodes: [node], flows: [], entry: node.id, exit: node.id });
  const job = (input: boolean, output: boolean) => service(name('job'), { ...(input ? { inputs: { x: '=y', z: '=x' } } : {}), ...(output ? { outputs: { y: '=x' } } : {}) });
  const scope = (inside: Block, input: boolean, output: boolean): Node => {
    const id = name('sub');
    const [first, last] = [`${id}-start`, `${id}-end`];
    const inner = draw(inside);
    return subProcess(id, [start(first), ...inner.nodes, end(last)], [`${first} > ${inner.entry}`, ...inner.flows, ...(inner.exit === undefined ? [] : [`${inner.exit} > ${last}`])],
      { ...(input ? { inputs: { x: '=y' } } : {}), ...(output ? { outputs: { y: '=x' } } : {}) });
  };
  const join = (parts: readonly Drawing[]): Drawing => {
    const flows = parts.slice(1).flatMap(({ entry }, index): Flow[] => { const { exit } = parts[index]!; return exit === undefined ? [] : [`${exit} > ${entry}`]; });
    return { nodes: parts.flatMap(({ nodes }) => nodes), flows: [...parts.flatMap((part) => part.flows), ...flows], entry: parts[0]!.entry, exit: parts.at(-1)!.exit };
  };
  const triggers = { E1: () => error('E1'), E2: () => error('E2'), any: () => error(), timer: () => duration('PT1H'), reminder: () => duration('PT1H'), message: () => message('go', '="key"'), cycle: () => cycle('R2/PT1H') };

  const draw = (block: Block): Drawing => {
    switch (block.kind) {
      case 'job': return single(job(block.input, block.output));
      case 'script': return single(script(name('script'), block.expression, block.result));
      case 'user': return single(userTask(name('user')));
      case 'timer': return single(catchEvent(name('timer'), duration(`PT${block.hours}H`)));
      case 'message': return single(catchEvent(name('message'), message('go', '="key"')));
      case 'stop': {
        const node = end(name('stop'), block.code === null ? undefined : error(block.code));
        return { nodes: [node], flows: [], entry: node.id, exit: undefined };
      }
      case 'sequence': {
        const parts = block.blocks.map(draw);
        const last = parts.findIndex(({ exit }) => exit === undefined);
        return join(last < 0 ? parts : parts.slice(0, last + 1));
      }
      case 'choice': {
        const [gateway, merge] = [name('choose'), name('merge')];
        const parts = block.blocks.map(draw);
        const other = block.otherwise === null ? undefined : draw(block.otherwise);
        const all = other === undefined ? parts : [...parts, other];
        const exits = all.flatMap(({ exit }): Flow[] => (exit === undefined ? [] : [`${exit} > ${merge}`]));
        return {
          nodes: [exclusive(gateway), ...all.flatMap(({ nodes }) => nodes), ...(exits.length === 0 ? [] : [exclusive(merge)])],
          flows: [...parts.map(({ entry }, index) => when(gateway, entry, block.conditions[index]!)), ...(other === undefined ? [] : [otherwise(gateway, other.entry)]), ...all.flatMap(({ flows }) => flows), ...exits],
          entry: gateway, exit: exits.length === 0 ? undefined : merge,
        };
      }
      case 'fork': {
        const [fork, joined] = [name('fork'), name('join')];
        const parts = block.blocks.map(draw);
        const exits = parts.flatMap(({ exit }): Flow[] => (exit === undefined ? [] : [`${exit} > ${joined}`]));
        return {
          nodes: [parallel(fork), ...parts.flatMap(({ nodes }) => nodes), ...(exits.length === 0 ? [] : [parallel(joined)])],
          flows: [...parts.map(({ entry }): Flow => `${fork} > ${entry}`), ...parts.flatMap(({ flows }) => flows), ...exits],
          entry: fork, exit: exits.length === 0 ? undefined : joined,
        };
      }
      case 'scope': return single(scope(block.inside, block.input, block.output));
      case 'guarded': {
        const node = block.inside === 'job' ? job(false, false) : block.inside === 'user' ? userTask(name('user')) : scope(block.scope, false, false);
        const event = boundary(name('on'), node.id, triggers[block.by](), { nonInterrupting: block.by === 'reminder' || block.by === 'cycle' });
        const after = draw(block.then);
        const last = end(name('aside'));
        return {
          nodes: [node, event, ...after.nodes, ...(after.exit === undefined ? [] : [last])],
          flows: [`${event.id} > ${after.entry}`, ...after.flows, ...(after.exit === undefined ? [] : [`${after.exit} > ${last.id}` as Flow])],
          entry: node.id, exit: node.id,
        };
      }
    }
  };
  return draw;
}
