// Reads a property that must be there.
import { textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

export function required(node: Node, extension: Node | undefined, property: string, problems: Problems): string {
  const value = textOf(extension, property) ?? '';
  if (value === '') problems.add(node, `must have a ${property}`);
  return value;
}
