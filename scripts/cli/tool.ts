import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { SetupError } from './command.ts';
import { toolkitFolder } from './toolkit.ts';

/**
 * Environment variables that turn off telemetry. Every process that we start gets them.
 *
 * @see https://docs.pact.io/telemetry
 * @see https://redocly.com/docs/cli/usage-data
 * @see https://consoledonottrack.com
 */
export const quietEnvironment = {
  DO_NOT_TRACK: '1',
  PACT_DO_NOT_TRACK: '1',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  REDOCLY_TELEMETRY: 'off',
  SCARF_ANALYTICS: 'false',
} as const;

const credentials = ['PACT_BROKER_TOKEN', 'PACT_BROKER_USERNAME', 'PACT_BROKER_PASSWORD', 'GITHUB_TOKEN'];

/**
 * Copies an environment without the credentials of a Pact Broker and of GitHub, which no other program needs.
 */
export function withoutCredentials(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !credentials.includes(name)));
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const leaders = new Set<number>();

/**
 * Ends a process and all processes that it started. A tool is often a script that waits for another program. Ending only
 * the script would leave the program running.
 *
 * @param leader the id of a process that was started as the leader of a group (`detached`)
 */
export function endGroup(leader: number): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(leader), '/T', '/F'], { timeout: 10_000 });
    return;
  }
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * Notes that the leader of a group is running or has ended. Running groups are ended with this process, because Ctrl+C in
 * a terminal does not reach them.
 */
export function noteLeader(leader: number, isRunning: boolean): void {
  if (isRunning) {
    leaders.add(leader);
  } else {
    leaders.delete(leader);
  }
  for (const event of ['exit', ...signals]) {
    process.off(event, endAll);
    if (leaders.size > 0) {
      process.on(event, endAll);
    }
  }
}

function endAll(reason: NodeJS.Signals | number): void {
  for (const leader of [...leaders]) {
    endGroup(leader);
    noteLeader(leader, false);
  }
  // The listener has kept the signal from ending this process.
  if (typeof reason === 'string') {
    process.kill(process.pid, reason);
  }
}

const maxPrintedLength = 64 * 1024 * 1024;

/** The output and the exit code of a tool. */
export interface ToolRun {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** How to run a tool. */
export interface ToolSettings {
  /** Its environment variables. Default: those of this process. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The folder that it runs in, and where its package is looked up first. Default: the folder of the toolkit. */
  folder?: string;
  /** Ends the tool, and all processes that it started, after this time in milliseconds. Default: 600,000. */
  timeoutMs?: number;
  /** Called when the process of the tool starts and ends, so that the caller can end it. Default: `noteLeader`. */
  onProcess?: (id: number, isRunning: boolean) => void;
}

/**
 * Runs the command of an installed package with the current Node.js.
 *
 * @throws {SetupError} when the package is not installed, and when the command cannot start, takes too long (the cause is
 * a `TimeoutError`) or was killed
 */
export async function runTool(
  packageName: string,
  args: readonly string[],
  {
    env = process.env,
    folder = toolkitFolder,
    timeoutMs = 600_000,
    onProcess = noteLeader,
  }: ToolSettings = {},
): Promise<ToolRun> {
  const child = spawn(process.execPath, [findScript(packageName, folder), ...args], {
    cwd: folder,
    env: { ...withoutCredentials(env), ...quietEnvironment },
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

/**
 * Tells whether a package is installed for what is in a folder, or for the toolkit.
 */
export function isInstalled(packageName: string, folder: string): boolean {
  try {
    return findScript(packageName, folder) !== '';
  } catch {
    return false;
  }
}

function findScript(packageName: string, folder: string): string {
  const require = createRequire(import.meta.url);
  try {
    const manifestFile = require.resolve(`${packageName}/package.json`, {
      paths: [folder, import.meta.dirname],
    });
    const { bin } = require(manifestFile) as { bin: string | Record<string, string> };
    const path = typeof bin === 'string' ? bin : (bin[packageName] ?? Object.values(bin)[0]);
    return join(dirname(manifestFile), path ?? '');
  } catch (cause) {
    throw new SetupError(`${packageName} is not installed. Run npm ci.`, { cause });
  }
}
