/**
 * Splits a CPU profile of the served product by part: each sample goes to the nearest frame, from the innermost outwards,
 * that belongs to a part; what libraries and Node do goes to whoever called them. Waiting is told from working.
 */
import type { Profiler } from 'node:inspector';

/** In the order of a case's way; `waiting`: the thread had nothing to do, because the model server or the caller was at work. */
export const productParts = ['API', 'ledger', 'ledger: commit', 'outbox', 'engine', 'engine: commit', 'engine: REST', 'SDK', 'worker', 'model call', 'Node', 'waiting'] as const;
export type ProductPart = (typeof productParts)[number];
export type Split = Record<ProductPart, number>;

/** Milliseconds of wall time of the main thread, by part. */
export function splitProfile({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Split {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const partOfNode = new Map<number, ProductPart>();
  const partOf = (id: number): ProductPart => {
    const known = partOfNode.get(id);
    if (known !== undefined) return known;
    const { functionName = '', url = '' } = byId.get(id)?.callFrame ?? {};
    const parent = parents.get(id);
    const part = functionName === '(idle)' ? 'waiting' : (partOfFile(url) ?? (parent === undefined ? 'Node' : partOf(parent)));
    partOfNode.set(id, part);
    return part;
  };
  const split = Object.fromEntries(productParts.map((part) => [part, 0])) as Split;
  for (const [index, sample] of samples.entries()) split[partOf(sample)] += (timeDeltas[index] ?? 0) / 1000;
  return split;
}

const root = new URL('../../', import.meta.url).href;

/** The first that fits. */
const partByPath: readonly (readonly [string, ProductPart])[] = [
  ['ledger/store/transaction.ts', 'ledger: commit'],
  ['ledger/', 'ledger'],
  ['engine/store/commits.ts', 'engine: commit'],
  ['engine/rest/', 'engine: REST'],
  ['engine/', 'engine'],
  ['workers/outbox/', 'outbox'],
  ['workers/serving/', 'model call'],
  ['workers/', 'worker'],
  ['api/', 'API'],
];
const partByPackage: readonly (readonly [string, ProductPart])[] = [
  ['@camunda8/', 'SDK'],
  ['undici/', 'model call'],
  ['fastify/', 'API'],
  ['@fastify/', 'API'],
  ['find-my-way/', 'API'],
  ['kysely/', 'ledger'],
];

function partOfFile(url: string): ProductPart | undefined {
  const packages = url.lastIndexOf('node_modules/');
  if (packages >= 0) return partByPackage.find(([name]) => url.startsWith(name, packages + 'node_modules/'.length))?.[1];
  return url.startsWith(root) ? partByPath.find(([path]) => url.startsWith(path, root.length))?.[1] : undefined;
}
