// Reads which version of a called process, decision or form is taken.
import type { Binding } from './executable.ts';
import { textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

export function readBinding(node: Node, reference: Node | undefined, problems: Problems): Binding {
  const kind = textOf(reference, 'bindingType') ?? 'latest';
  if (kind === 'latest' || kind === 'deployment') return { kind };
  const tag = textOf(reference, 'versionTag') ?? '';
  if (kind !== 'versionTag' || tag === '') problems.add(node, `the binding '${kind}' must be latest, deployment, or versionTag with a tag`);
  return { kind: 'versionTag', tag };
}
