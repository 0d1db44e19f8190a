// Reads a listener's job, of an element or of a user task.
import type { ListenerModel } from './executable.ts';
import { textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

export function readListener(node: Node, listener: Node, problems: Problems): ListenerModel {
  const jobType = textOf(listener, 'type') ?? '';
  if (jobType === '') problems.add(node, "Attribute 'type' must be present and not empty");
  return { jobType: problems.check(node, jobType), retries: problems.check(node, textOf(listener, 'retries') ?? '3') };
}
