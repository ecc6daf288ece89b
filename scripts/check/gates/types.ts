import type { Finding } from '../../finding.ts';
import { runTool, type ToolSettings } from '../../process/run-tool.ts';
import type { Gate } from '../gate.ts';

/** Generated code, client, tests and type tests: the type check of the whole. Findings: `source.type`. */
export const run: Gate['run'] = async ({ tools }) => {
  // The second has no Node.js types: what ships to browsers must compile without them. The third is the example.
  const runs = await Promise.all(
    ['tsconfig.json', 'src/tsconfig.json', 'examples/authenticated-link/tsconfig.json'].map((project) =>
      checkProject(project, tools),
    ),
  );
  return runs.flat();
};

async function checkProject(project: string, tools: ToolSettings | undefined): Promise<Finding[]> {
  const { exitCode, stdout, stderr } = await runTool(
    '@typescript/native',
    ['-p', project, '--pretty', 'false'],
    tools,
  );
  const findings = readTypeErrors(stdout);
  if (exitCode !== 0 && findings.length === 0) {
    return [
      { code: 'source.type', severity: 'error', message: (stdout || stderr).trim(), at: { file: project } },
    ];
  }
  return findings;
}

/**
 * Reads the errors that `tsc --pretty false` printed.
 */
export function readTypeErrors(printed: string): Finding[] {
  return [...printed.matchAll(/^(.+?)\((\d+),(\d+)\): error (TS\d+: .+)$/gm)].map(
    ([, file = '', line, column, message = '']) => ({
      code: 'source.type',
      severity: 'error',
      message,
      at: { file, line: Number(line), column: Number(column) },
    }),
  );
}
