import { describe, expect, it } from 'vitest';
import { describeReport, Report } from './describe-report.ts';

const counts = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
const describeFile = (file: object) => describeReport('unit.json', Report.parse({ ...counts, testResults: [file] }));

describe('the end of a run\'s log', () => {
  it('names the test that failed, with the beginning of its failure', () => {
    const failureMessages = [['Error: expected 1 to be 2', ...Array.from({ length: 40 }, (_, line) => `    at line ${line}`)].join('\n')];
    const lines = describeFile({ name: 'a.test.ts', status: 'failed', assertionResults: [{ status: 'passed', fullName: 'holds' }, { status: 'failed', fullName: 'breaks', failureMessages }] });
    expect(lines.slice(0, 2)).toEqual(['FAILED unit.json a.test.ts > breaks', '    Error: expected 1 to be 2']);
    expect(lines.join('\n')).not.toContain('line 39');
  });

  it('names a file that could not be run at all', () => {
    expect(describeFile({ name: 'a.test.ts', status: 'failed', message: 'SyntaxError: no', assertionResults: [] })).toEqual(['FAILED unit.json a.test.ts', '    SyntaxError: no']);
  });

  it('names what was skipped, and nothing else of what went well', () => {
    const assertionResults = [{ status: 'passed', fullName: 'holds' }, { status: 'skipped', fullName: 'has no server' }];
    expect(describeFile({ name: 'a.test.ts', status: 'passed', assertionResults })).toEqual(['skipped unit.json a.test.ts > has no server']);
  });

  it('reads a report of counts alone', () => {
    expect(describeReport('conformance.json', Report.parse(counts))).toEqual([]);
  });
});
