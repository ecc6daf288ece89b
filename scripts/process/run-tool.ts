import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SetupError } from '../command.ts';
import { toolkitFolder } from '../toolkit.ts';

/** What a tool printed, and how it ended. */
export interface ToolRun {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs the command of an installed package in the toolkit's folder, with the Node.js that runs this.
 *
 * @throws {SetupError} when the package is not installed, or the command can't be started
 */
export function runTool(
  packageName: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ToolRun> {
  const script = findScript(packageName);
  const options = { cwd: toolkitFolder, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') {
        reject(new SetupError(`Cannot run ${packageName}: ${error.message}`, { cause: error }));
      } else {
        resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr });
      }
    });
  });
}

function findScript(packageName: string): string {
  const require = createRequire(import.meta.url);
  try {
    const manifestFile = require.resolve(`${packageName}/package.json`);
    const { bin } = require(manifestFile) as { bin: string | Record<string, string> };
    const path = typeof bin === 'string' ? bin : (bin[packageName] ?? Object.values(bin)[0]);
    return join(dirname(manifestFile), path ?? '');
  } catch (cause) {
    throw new SetupError(`${packageName} is not installed. Run npm ci.`, { cause });
  }
}
