// Reads what a job worker does: its type, retries and custom headers.
import type { JobModel } from './executable.ts';
import { extensionOf, nodesOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

/** `isOptional`: somebody else says what is missing. */
export function readJob(node: Node, problems: Problems, isOptional = false): JobModel {
  const definition = extensionOf(node, 'zeebe:TaskDefinition');
  const jobType = textOf(definition, 'type') ?? '';
  if (jobType === '' && !(isOptional && definition === undefined)) problems.add(node, "must have exactly one 'zeebe:taskDefinition' extension element with a type");
  return { jobType: problems.check(node, jobType), retries: problems.check(node, textOf(definition, 'retries') ?? '3'), headers: readHeaders(node) };
}

/** JSON of the custom headers; null when there are none. One without a name or a value is none, as on a cluster. */
export function readHeaders(node: Node): string | null {
  const headers = nodesOf(extensionOf(node, 'zeebe:TaskHeaders'), 'values').map((header) => [textOf(header, 'key') ?? '', textOf(header, 'value') ?? '']).filter(([key, value]) => key !== '' && value !== '');
  return headers.length === 0 ? null : JSON.stringify(Object.fromEntries(headers));
}
