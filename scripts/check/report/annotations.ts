import { type Finding, toLine } from '../../finding.ts';
import { type CheckReport, listFindings, listProblems } from './report.ts';

/**
 * Renders findings and broken gates as workflow commands, a line each: GitHub Actions shows them in a pull request, at their lines.
 * Where nothing was found, the text is empty.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function formatAnnotations(report: CheckReport): string {
  const problems = listProblems(report).map(
    ({ gate, problem }) =>
      `::error title=${escapeProperty(gate)}::${escapeData(`The gate is broken: ${problem}`)}`,
  );
  return [...listFindings(report).map(toCommand), ...problems].join('\n');
}

function toCommand({ code, severity, message, at }: Finding): string {
  const properties = Object.entries({ file: at.file, line: at.line, col: at.column, title: code })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${severity} ${properties.join(',')}::${escapeData(message)}`;
}

// As GitHub's own library does it, which escapes line breaks, too; there are none left: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
function escapeData(text: string): string {
  return toLine(text).replaceAll('%', '%25');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
