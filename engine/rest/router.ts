// Finds the operation of a method and a path in the table.
import type { Method, Operation } from './operation.ts';

export type Route =
  | { readonly kind: 'found'; readonly operation: Operation; readonly parameters: readonly string[] }
  | { readonly kind: 'unknown-path' }
  | { readonly kind: 'unknown-method' };

type Node = { readonly literals: Map<string, Node>; parameter: Node | undefined; readonly operations: Map<string, Operation> };

const emptyNode = (): Node => ({ literals: new Map(), parameter: undefined, operations: new Map() });

/** A function from method and path (no query) to the route; a literal segment wins over a parameter. */
export function createRouter(operations: readonly Operation[]): (method: string, path: string) => Route {
  const root = emptyNode();
  for (const operation of operations) insert(root, operation);
  return (method, path) => {
    const parameters: string[] = [];
    const node = find(root, segmentsOf(path), parameters);
    if (node === undefined) return { kind: 'unknown-path' };
    const operation = node.operations.get(method);
    return operation === undefined ? { kind: 'unknown-method' } : { kind: 'found', operation, parameters };
  };
}

function insert(root: Node, operation: Operation): void {
  let node = root;
  for (const segment of segmentsOf(operation.path)) {
    let next = segment.startsWith('{') ? node.parameter : node.literals.get(segment);
    if (next === undefined) {
      next = emptyNode();
      if (segment.startsWith('{')) node.parameter = next;
      else node.literals.set(segment, next);
    }
    node = next;
  }
  const method: Method = operation.method;
  if (node.operations.has(method)) throw new Error(`Two operations for ${method} ${operation.path}`);
  node.operations.set(method, operation);
}

function find(node: Node, segments: readonly string[], parameters: string[]): Node | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return node.operations.size > 0 ? node : undefined;
  const literal = node.literals.get(segment);
  if (literal !== undefined) {
    const found = find(literal, rest, parameters);
    if (found !== undefined) return found;
  }
  if (node.parameter === undefined) return undefined;
  const before = parameters.length;
  parameters.push(decode(segment));
  const found = find(node.parameter, rest, parameters);
  if (found === undefined) parameters.length = before;
  return found;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}
