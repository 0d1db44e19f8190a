/** The JSON report of a test run, and which of its tests failed or were skipped. */
import { z } from 'zod';

const Result = z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() });
/** Files with the tests in them; `message` says why a file could not be run at all. */
const File = z.object({ name: z.string(), status: z.string(), message: z.string().nullish(), assertionResults: z.array(Result) });

export const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(File).default([]),
});
export type Report = z.infer<typeof Report>;

/** Enough for the assertion and the place where it stands. */
const linesOfAFailure = 12;

/** A line for each test that was skipped, some for each that failed. */
export function describeReport(name: string, { testResults }: Report): string[] {
  return testResults.flatMap((file) => {
    const unrun = file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed');
    return [
      ...(unrun ? [`FAILED ${name} ${file.name}`, ...beginningOf(file.message ?? '')] : []),
      ...file.assertionResults.flatMap(({ status, fullName, failureMessages }) => {
        if (status === 'failed') return [`FAILED ${name} ${file.name} > ${fullName}`, ...beginningOf((failureMessages ?? []).join('\n'))];
        return status === 'passed' ? [] : [`${status} ${name} ${file.name} > ${fullName}`];
      }),
    ];
  });
}

function beginningOf(text: string): string[] {
  return text.split('\n').slice(0, linesOfAFailure).filter((line) => line.trim() !== '').map((line) => `    ${line}`);
}
