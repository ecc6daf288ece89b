import { relative, resolve } from 'node:path';
import type { Project } from '../../cli/config.ts';
import { type Finding, formatPath } from '../../cli/finding.ts';
import { isInstalled, runTool, type ToolSettings } from '../../cli/tool.ts';
import { type Gate, requireProject } from './gate.ts';

/**
 * Client against generated code: checks each `tsconfig.json` of the config with the project's own TypeScript.
 * Findings: `source.type`.
 */
export const run: Gate['run'] = async (context) => {
  const project = requireProject(context);
  const runs = await Promise.all(project.typeCheck.map((file) => checkTypes(file, project, context.tools)));
  return runs.flat();
};

async function checkTypes(
  file: string,
  { folder }: Project,
  tools: ToolSettings | undefined,
): Promise<Finding[]> {
  // The compiler in Go, where it is installed beside the other by its customary alias.
  const compiler = isInstalled('@typescript/native', folder) ? '@typescript/native' : 'typescript';
  const args = ['-p', relative(folder, file), '--pretty', 'false'];
  const { exitCode, stdout, stderr } = await runTool(compiler, args, { ...tools, folder });
  const findings = readTypeErrors(stdout, folder);
  if (exitCode !== 0 && findings.length === 0) {
    const message = (stdout || stderr).trim();
    return [{ code: 'source.type', severity: 'error', message, at: { file: formatPath(file) } }];
  }
  return findings;
}

/**
 * Parses the output of `tsc --pretty false`.
 *
 * @param folder the folder that it ran in. Default: the working directory
 */
export function readTypeErrors(printed: string, folder = ''): Finding[] {
  return [...printed.matchAll(/^(.+?)\((\d+),(\d+)\): error (TS\d+: .+)$/gm)].map(
    ([, file = '', line, column, message = '']) => ({
      code: 'source.type',
      severity: 'error',
      message,
      at: { file: formatPath(resolve(folder, file)), line: Number(line), column: Number(column) },
    }),
  );
}
