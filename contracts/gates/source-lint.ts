import { type Gate, requireProject } from '../../scripts/check/gates/gate.ts';
import { type Finding, formatPath } from '../../scripts/cli/finding.ts';
import { runTool } from '../../scripts/cli/tool.ts';

/** Source against rules: Biome's formatter and rules, including warnings. Findings: `source.lint`. */
export const run: Gate['run'] = async (context) => {
  const { folder } = requireProject(context);
  const { exitCode, stdout, stderr } = await runTool(
    '@biomejs/biome',
    ['ci', '--error-on-warnings', '--reporter=github'],
    { ...context.tools, folder },
  );
  const findings = readLintReport(stdout);
  if (exitCode !== 0 && findings.length === 0) {
    return [
      {
        code: 'source.lint',
        severity: 'error',
        message: (stderr || stdout).trim(),
        at: { file: 'biome.json' },
      },
    ];
  }
  return findings;
};

/**
 * Parses the output of `biome ci --reporter=github`.
 */
export function readLintReport(printed: string): Finding[] {
  const report = /^::(?:error|warning) title=([^,]*),file=([^,]*),line=(\d+),.*?col=(\d+).*?::(.+)$/gm;
  return [...printed.matchAll(report)].map(([, rule = '', file = '', line, column, message]) => ({
    code: 'source.lint',
    severity: 'error',
    // The command fixes formatting and the order of imports. A person must decide about a broken rule.
    message: `${message}${rule.startsWith('lint/') ? '' : '. Run `npm run format`.'} (${rule})`,
    at: { file: formatPath(file), line: Number(line), column: Number(column) },
  }));
}
