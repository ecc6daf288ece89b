import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SetupError } from '../command.ts';
import { formatPath } from '../files/format-path.ts';
import type { Finding } from '../finding.ts';
import { runTool, type ToolSettings } from '../process/run-tool.ts';
import { pactFile } from './pact-file.ts';

/** A pact that the tests wrote from an empty folder, or the tests that failed. */
export type ContractRun = { pact: string; findings: [] } | { pact: undefined; findings: Finding[] };

interface TestReport {
  numTotalTests: number;
  testResults: {
    name: string;
    message: string;
    status: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] | null }[];
  }[];
}

/**
 * Runs the consumer tests in a folder of their own and reads the pact that they write.
 *
 * Each failed test is a finding of code `pact.test-failed`.
 *
 * @param tools how vitest is run
 * @throws {SetupError} when the tests did not run
 */
export async function runContractTests(tools: ToolSettings = {}): Promise<ContractRun> {
  const folder = mkdtempSync(join(tmpdir(), 'nexudus-pact-'));
  try {
    const reportFile = join(folder, 'report.json');
    const run = await runTool('vitest', ['run', '--project', 'contracts', '--no-color'], {
      ...tools,
      env: { ...(tools.env ?? process.env), PACT_FOLDER: join(folder, 'pacts'), TEST_REPORT: reportFile },
    });
    const written = join(folder, 'pacts', basename(pactFile));
    if (!existsSync(reportFile) || (run.exitCode === 0 && !existsSync(written))) {
      throw new SetupError(`The consumer tests did not run:\n${run.stderr || run.stdout}`);
    }
    const findings = toFindings(JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport);
    return run.exitCode === 0 && findings.length === 0
      ? { pact: readFileSync(written, 'utf8'), findings: [] }
      : { pact: undefined, findings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function toFindings({ testResults }: TestReport): Finding[] {
  return testResults.flatMap(({ name, message, status, assertionResults }) => {
    const failed = assertionResults
      .filter((assertion) => assertion.status === 'failed')
      .map(({ fullName, failureMessages }) => ({ title: fullName, reason: failureMessages?.[0] ?? '' }));
    const all =
      failed.length === 0 && status === 'failed' ? [{ title: 'the file', reason: message }] : failed;
    return all.map(({ title, reason }) => toFinding(name, title, reason));
  });
}

function toFinding(file: string, title: string, reason: string): Finding {
  const message = `"${title}" failed: ${reason
    .split('\n    at ')[0]
    ?.trim()
    .replaceAll(/\s*\n\s*/g, ' ')}`;
  return { code: 'pact.test-failed', severity: 'error', message, at: { file: formatPath(file) } };
}
