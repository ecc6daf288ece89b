import { appendFileSync } from 'node:fs';
import { type CommandContext, SetupError } from '../../command.ts';
import { formatPath } from '../../files/format-path.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { formatAnnotations } from './annotations.ts';
import { formatConsole } from './console.ts';
import { formatHtml } from './html.ts';
import { formatJson } from './json.ts';
import { formatJunit } from './junit.ts';
import type { CheckReport } from './report.ts';
import { formatSarif } from './sarif.ts';
import { formatSummary } from './summary.ts';

/** Which reports are wanted. Files are written whole or not at all. */
export interface ReportOptions {
  json: boolean;
  junit?: string | undefined;
  sarif?: string | undefined;
  html?: string | undefined;
}

const formatsOfFiles = { junit: formatJunit, sarif: formatSarif, html: formatHtml } as const;

/**
 * Prints a run, and writes the files that were asked for. On GitHub Actions it annotates the lines of the findings
 * and adds to the summary of the job.
 *
 * @throws {SetupError} for a file that can't be written
 */
export function writeReports(report: CheckReport, options: ReportOptions, context: CommandContext): void {
  const { stdout, useColors = false } = context;
  stdout(options.json ? formatJson(report) : formatConsole(report, { useColors }));
  writeFiles(report, options, context);
  tellGitHub(report, context);
}

function writeFiles(report: CheckReport, options: ReportOptions, { stderr }: CommandContext): void {
  for (const name of ['junit', 'sarif', 'html'] as const) {
    const file = options[name];
    if (file !== undefined) {
      const text = formatsOfFiles[name](report);
      const outcome = tryToWrite(file, `Name another with --${name}.`, () => writeWhole(file, text));
      stderr(`${formatPath(file)} is ${outcome}`);
    }
  }
}

function tellGitHub(report: CheckReport, { stderr, env }: CommandContext): void {
  const annotations = env.GITHUB_ACTIONS === 'true' ? formatAnnotations(report) : '';
  if (annotations !== '') {
    // GitHub reads them from both streams; on standard output only results belong.
    stderr(annotations);
  }
  const file = env.GITHUB_STEP_SUMMARY ?? '';
  if (file !== '') {
    const text = formatSummary(report);
    tryToWrite(file, 'GITHUB_STEP_SUMMARY names it.', () => appendFileSync(file, text));
  }
}

function tryToWrite<Outcome>(file: string, hint: string, write: () => Outcome): Outcome {
  try {
    return write();
  } catch (cause) {
    throw new SetupError(`Cannot write ${formatPath(file)}: ${(cause as Error).message}. ${hint}`, { cause });
  }
}
