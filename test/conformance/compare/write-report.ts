// Leaves the outcome of a run where CI sums up all runs (test/ci/sum-results.ts), in vitest's words.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Failure = { readonly name: string; readonly description: string };

/** Only under CI, as vitest does it. */
export async function writeReport({ passed, failures, skipped }: { passed: number; failures: readonly Failure[]; skipped: number }): Promise<void> {
  if (!process.env['CI']) return;
  const folder = join(import.meta.dirname, '..', '..', '..', 'test-results');
  await mkdir(folder, { recursive: true });
  const assertionResults = failures.map(({ name, description }) => ({ status: 'failed', fullName: name, failureMessages: [description] }));
  const testResults = [{ name: 'conformance', status: failures.length === 0 ? 'passed' : 'failed', assertionResults }];
  await writeFile(join(folder, 'conformance.json'), JSON.stringify({ numPassedTests: passed, numFailedTests: failures.length, numPendingTests: skipped, numTodoTests: 0, testResults }));
}
