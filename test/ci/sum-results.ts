// Sums the JSON reports of all runs into the one closing line that CI reads: node test/ci/sum-results.ts FOLDER [FAILED_STEP…]
// Before it stands what failed and what was skipped, so that the end of a long log says why.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeReport, Report } from './describe-report.ts';

const [folder = 'test-results', ...failedSteps] = process.argv.slice(2);
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, report: Report.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))) }));

for (const { name, report } of reports) for (const line of describeReport(name, report)) console.log(line);
for (const step of failedSteps) console.log(`FAILED STEP ${step}`);

const sum = (pick: (report: Report) => number) => reports.reduce((total, { report }) => total + pick(report), 0);
const passed = sum((report) => report.numPassedTests);
const skipped = sum((report) => report.numPendingTests + report.numTodoTests);
// A step that failed outside a test (install, lint, a crash of the runner) counts as one failure at least.
const failed = Math.max(sum((report) => report.numFailedTests), failedSteps.length);

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
