import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SetupError } from '../cli/command.ts';
import type { Project } from '../cli/config.ts';
import { type Finding, formatPath } from '../cli/finding.ts';
import { runTool, type ToolSettings } from '../cli/tool.ts';
import { describeDifference } from '../files/difference.ts';

/** The pact that the tests wrote from an empty folder, or the findings of the tests that failed. */
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
 * Runs the consumer tests of a project in a temporary folder, which `PACT_FOLDER` names, and returns the pact that they
 * write.
 *
 * Each failed test is a finding of code `pact.test-failed`.
 *
 * @param tools how vitest is run
 * @throws {SetupError} when the tests cannot run
 */
export async function runContractTests(project: Project, tools: ToolSettings = {}): Promise<ContractRun> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-kit-pact-'));
  try {
    const reportFile = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const run = await runTool('vitest', ['run', ...selectTests(project), '--no-color', ...reporters], {
      ...tools,
      folder: project.folder,
      env: { ...(tools.env ?? process.env), PACT_FOLDER: join(folder, 'pacts') },
    });
    const written = join(folder, 'pacts', basename(project.pactFile));
    if (!existsSync(reportFile) || (run.exitCode === 0 && !existsSync(written))) {
      throw new SetupError(`Cannot run the consumer tests:\n${run.stderr || run.stdout}`);
    }
    const findings = toFindings(JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport);
    return run.exitCode === 0 && findings.length === 0
      ? { pact: readFileSync(written, 'utf8'), findings: [] }
      : { pact: undefined, findings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function selectTests(project: Project): string[] {
  const { project: name, config } = project.require('consumerTests');
  if (name === undefined && config === undefined) {
    throw project.fail('consumerTests is empty. Name a vitest project, or a vitest config.');
  }
  return [
    ...(config === undefined ? [] : ['--config', config]),
    ...(name === undefined ? [] : ['--project', name]),
  ];
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

/**
 * Compares the committed pact of a project with the pact that the consumer tests write, byte by byte.
 *
 * Findings: `pact.test-failed` for each failed test, `pact.stale` for a missing or different pact.
 */
export async function checkPact(project: Project, tools?: ToolSettings): Promise<Finding[]> {
  const { pact, findings } = await runContractTests(project, tools);
  return pact === undefined
    ? findings
    : comparePact(pact, project.pactFile, project.formatCommand('contract'));
}

/**
 * Compares a pact file with the expected text. Findings: `pact.stale`, at the first line that differs.
 *
 * @param command the command that writes the pact
 */
export function comparePact(expected: string, path: string, command: string): Finding[] {
  const difference = describeDifference(expected, existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  if (difference === undefined) {
    return [];
  }
  const message = `${difference.message} Run \`${command}\` to write the pact again.`;
  const at = { file: formatPath(path), line: difference.line, column: 1 };
  return [{ code: 'pact.stale', severity: 'error', message, at }];
}
