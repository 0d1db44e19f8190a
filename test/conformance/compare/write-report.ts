// Leaves the counts of a run where CI sums up all runs (test/ci/sum-results.ts).
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Only under CI, as vitest does it. */
export async function writeReport({ passed, failed, skipped }: { passed: number; failed: number; skipped: number }): Promise<void> {
  if (!process.env['CI']) return;
  const folder = join(import.meta.dirname, '..', '..', '..', 'test-results');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'conformance.json'), JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numTodoTests: 0, success: failed === 0 }));
}
