// The page that lists what the facade offers, made from the table of operations.
import { operations } from './operations/index.ts';
import type { Operation } from './operation.ts';

/** Markdown of every operation of level 8.8: done, or why it is not offered. */
export function operationsPage(): string {
  const offered = operations.filter(({ missing }) => missing === undefined);
  const missing = operations.filter((operation) => operation.missing !== undefined);
  return [
    '# Operations of the REST facade',
    '',
    `Generated from the table of operations by \`node engine/rest/write-operations-page.ts\`; a test compares it. Level 8.8: ${operations.length} operations, ${offered.length} done, ${missing.length} answered with 501.`,
    '',
    '| operation | method | path after `/v2` | state |',
    '|---|---|---|---|',
    ...[...offered, ...missing].map(row),
    '',
  ].join('\n');
}

function row({ operationId, method, path, missing, note }: Operation): string {
  const done = note === undefined ? 'done' : `done; ${note}`;
  return `| \`${operationId}\` | ${method} | \`${path}\` | ${missing === undefined ? done : `not offered: ${missing}`} |`;
}
