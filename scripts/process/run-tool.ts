import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { SetupError } from '../command.ts';
import { toolkitFolder } from '../toolkit.ts';
import { endGroup, noteLeader } from './process-group.ts';
import { quietEnvironment } from './quiet-environment.ts';

const maxPrintedLength = 64 * 1024 * 1024;

/** What a tool printed, and how it ended. */
export interface ToolRun {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** How a tool is run. */
export interface ToolSettings {
  /** The variables that it gets. Default: those of this process. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** After how many milliseconds it is ended, with all that it started. Default: 600,000. */
  timeoutMs?: number;
  /** Is told when the tool's process starts and ends, to end it with what runs it. Default: with this process. */
  onProcess?: (id: number, isRunning: boolean) => void;
}

/**
 * Runs the command of an installed package in the toolkit's folder, with the Node.js that runs this.
 *
 * @throws {SetupError} when the package is not installed, or the command can't be started, takes too long (its cause is
 * a `TimeoutError`) or was killed
 */
export async function runTool(
  packageName: string,
  args: readonly string[],
  { env = process.env, timeoutMs = 600_000, onProcess = noteLeader }: ToolSettings = {},
): Promise<ToolRun> {
  const child = spawn(process.execPath, [findScript(packageName), ...args], {
    cwd: toolkitFolder,
    env: { ...env, ...quietEnvironment },
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid !== undefined) {
    onProcess(pid, true);
  }
  const problem = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => problem.reject(new DOMException(`it did not end within ${timeoutMs / 1000} s`, 'TimeoutError')),
    timeoutMs,
  );
  try {
    return await Promise.race([waitForEnd(child), problem.promise]);
  } catch (cause) {
    if (pid !== undefined) {
      endGroup(pid);
    }
    throw new SetupError(`Cannot run ${packageName}: ${(cause as Error).message}.`, { cause });
  } finally {
    clearTimeout(timer);
    if (pid !== undefined) {
      onProcess(pid, false);
    }
  }
}

function waitForEnd(child: ChildProcessByStdio<null, Readable, Readable>): Promise<ToolRun> {
  const printed = { stdout: '', stderr: '' };
  return new Promise((resolve, reject) => {
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        printed[name] += text;
        if (printed[name].length > maxPrintedLength) {
          reject(new Error('it printed more than 64 MiB'));
        }
      });
    }
    child.once('error', reject).once('close', (exitCode, signal) => {
      if (exitCode === null) {
        reject(new Error(`it was ended by ${signal}`));
      } else {
        resolve({ exitCode, ...printed });
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
