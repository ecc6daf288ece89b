import type { CommandContext } from '../../command.ts';
import { formatConsole } from './console.ts';
import { formatJson } from './json.ts';
import type { CheckReport } from './report.ts';

/** Which reports are wanted. Files are written whole or not at all. */
export interface ReportOptions {
  json: boolean;
  junit?: string | undefined;
  sarif?: string | undefined;
  html?: string | undefined;
}

/**
 * Prints a run, and writes the files that were asked for.
 */
export function writeReports(report: CheckReport, { json }: ReportOptions, { stdout }: CommandContext): void {
  stdout(json ? formatJson(report) : formatConsole(report));
}
