// Sums the JSON reports of all runs into the one closing line that CI reads: node test/ci/sum-results.ts FOLDER FAILED_STEPS
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number(), numTodoTests: z.number(), success: z.boolean() });

const folder = process.argv[2] ?? 'test-results';
const failedSteps = Number(process.argv[3] ?? 0);
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => Report.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));

const sum = (pick: (report: z.infer<typeof Report>) => number) => reports.reduce((total, report) => total + pick(report), 0);
const passed = sum((report) => report.numPassedTests);
const skipped = sum((report) => report.numPendingTests + report.numTodoTests);
// A step that failed outside a test (install, lint, a crash of the runner) counts as one failure at least.
const failed = Math.max(sum((report) => report.numFailedTests), failedSteps);

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
