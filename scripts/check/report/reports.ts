import { appendFileSync } from 'node:fs';
import { type CommandContext, SetupError } from '../../cli/command.ts';
import { formatPath } from '../../cli/finding.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { formatConsole } from './console.ts';
import { formatAnnotations, formatSummary } from './github.ts';
import { formatHtml } from './html.ts';
import { formatJunit } from './junit.ts';
import { type CheckReport, formatJson } from './report.ts';
import { formatSarif } from './sarif.ts';

/** Which reports to write. Files are written completely or not at all. */
export interface ReportOptions {
  json: boolean;
  junit?: string | undefined;
  sarif?: string | undefined;
  html?: string | undefined;
  /** Whether to print the findings that may follow from others, too. Default: false. */
  all?: boolean;
}

const formatsOfFiles = { junit: formatJunit, sarif: formatSarif, html: formatHtml } as const;

/**
 * Prints a run and writes the report files. On GitHub Actions, annotates the lines of the findings and adds to the summary
 * of the job.
 *
 * @throws {SetupError} for a file that can't be written
 */
export function writeReports(report: CheckReport, options: ReportOptions, context: CommandContext): void {
  const { stdout, useColors = false } = context;
  stdout(
    options.json ? formatJson(report) : formatConsole(report, { useColors, listsAll: options.all ?? false }),
  );
  writeFiles(report, options, context);
  tellGitHub(report, context);
}

function writeFiles(report: CheckReport, options: ReportOptions, { stderr }: CommandContext): void {
  for (const name of ['junit', 'sarif', 'html'] as const) {
    const file = options[name];
    if (file !== undefined) {
      const text = formatsOfFiles[name](report);
      const outcome = tryToWrite(file, `Pass another path with --${name}.`, () => writeWhole(file, text));
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
    tryToWrite(file, 'GITHUB_STEP_SUMMARY names this file.', () => appendFileSync(file, text));
  }
}

function tryToWrite<Outcome>(file: string, hint: string, write: () => Outcome): Outcome {
  try {
    return write();
  } catch (cause) {
    throw new SetupError(`Cannot write ${formatPath(file)}: ${(cause as Error).message}. ${hint}`, { cause });
  }
}
