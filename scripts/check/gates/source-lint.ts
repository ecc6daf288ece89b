import { formatPath } from '../../files/format-path.ts';
import type { Finding } from '../../finding.ts';
import { runTool } from '../../process/run-tool.ts';
import type { Gate } from '../gate.ts';

/** The hand-written files: Biome's formatter and rules, warnings too. Findings: `source.lint`. */
export const run: Gate['run'] = async ({ tools }) => {
  const { exitCode, stdout, stderr } = await runTool(
    '@biomejs/biome',
    ['ci', '--error-on-warnings', '--reporter=github'],
    tools,
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
 * Reads what `biome ci --reporter=github` printed.
 */
export function readLintReport(printed: string): Finding[] {
  const report = /^::(?:error|warning) title=([^,]*),file=([^,]*),line=(\d+),.*?col=(\d+).*?::(.+)$/gm;
  return [...printed.matchAll(report)].map(([, rule = '', file = '', line, column, message]) => ({
    code: 'source.lint',
    severity: 'error',
    // Formatting and the order of imports are mended by the command; a broken rule is for a person to judge.
    message: `${message}${rule.startsWith('lint/') ? '' : '. Run `npm run format`.'} (${rule})`,
    at: { file: formatPath(file), line: Number(line), column: Number(column) },
  }));
}
