export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of the test runner's JSON report that is counted. */
export interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** Counts of a report; a file that could not be read counts as one failure, and so does a crash without a report. */
export function tally(report: Report | undefined, exitCode: number): Counts {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The last lines of the test command, and its exit code. */
export function closing(counts: Counts, ci: boolean): { lines: string[]; exitCode: number } {
  const refused = ci && counts.skipped > 0;
  const lines = refused ? ['With CI=true a skip is a failure.'] : [];
  lines.push(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return { lines, exitCode: counts.failed > 0 || refused ? 1 : 0 };
}
