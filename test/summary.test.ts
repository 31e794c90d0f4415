import { describe, expect, it } from 'vitest';
import { closing, type Report, tally } from './summary.ts';

function report(changes: Partial<Report> = {}): Report {
  return { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [], ...changes };
}

describe('tally', () => {
  it('counts a skipped and a planned test as skipped', () => {
    expect(tally(report({ numPendingTests: 1, numTodoTests: 2 }), 0)).toEqual({ passed: 3, failed: 0, skipped: 3 });
  });

  it('counts a file that could not be read as a failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(tally(report({ testResults }), 1).failed).toBe(1);
  });

  it('does not count a failed test twice', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }];
    expect(tally(report({ numFailedTests: 1, testResults }), 1).failed).toBe(1);
  });

  it('never reports success for a runner that failed', () => {
    expect(tally(undefined, 0).failed).toBe(1);
    expect(tally(report(), 1).failed).toBe(1);
  });
});

describe('closing', () => {
  it('ends with the counts', () => {
    expect(closing({ passed: 3, failed: 0, skipped: 1 }, false)).toEqual({
      lines: ['3 passed, 0 failed, 1 skipped'],
      exitCode: 0,
    });
  });

  it('fails on a failure, and with CI=true on a skip', () => {
    expect(closing({ passed: 3, failed: 1, skipped: 0 }, false).exitCode).toBe(1);
    const refused = closing({ passed: 3, failed: 0, skipped: 1 }, true);
    expect(refused.exitCode).toBe(1);
    expect(refused.lines.at(-1)).toBe('3 passed, 0 failed, 1 skipped');
  });
});
