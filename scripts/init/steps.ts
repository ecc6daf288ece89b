import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quietEnvironment } from '../cli/tool.ts';
import { toolkitFolder } from '../cli/toolkit.ts';
import { neededPackages } from './surroundings.ts';
import { type ManagerName, managers } from './templates.ts';

/** Runs a program in a folder, and resolves to its exit code. */
export type RunProgram = (program: string, args: readonly string[], folder: string) => Promise<number>;

/**
 * Creates a function that runs programs. It passes their output to `print`, line by line.
 */
export function createRunner(print: (line: string) => void): RunProgram {
  return (program, args, folder) =>
    new Promise((resolve) => {
      const child = spawn(program, args, {
        cwd: folder,
        env: { ...process.env, ...quietEnvironment },
        stdio: ['ignore', 'pipe', 'pipe'],
        // On Windows, package managers are scripts of the shell.
        shell: process.platform === 'win32' && program !== process.execPath,
      });
      for (const stream of [child.stdout, child.stderr]) {
        let rest = '';
        stream
          .setEncoding('utf8')
          .on('data', (text: string) => {
            const lines = (rest + text).split('\n');
            rest = lines.pop() ?? '';
            lines.forEach((line) => {
              print(`  ${line}`);
            });
          })
          .on('end', () => rest !== '' && print(`  ${rest}`));
      }
      child.once('error', ({ message }) => {
        print(`  ${message}`);
        resolve(127);
      });
      child.once('close', (exitCode) => resolve(exitCode ?? 1));
    });
}

/**
 * Lists the packages of a contract that are not installed for a folder.
 */
export function listMissingPackages(folder: string): string[] {
  return [...Object.keys(neededPackages), 'openapi-contract-kit'].filter(
    (name) => findInstalled(name, folder) === undefined,
  );
}

function findInstalled(name: string, folder: string): string | undefined {
  const found = join(folder, 'node_modules', name);
  const parent = dirname(folder);
  return existsSync(join(found, 'package.json'))
    ? found
    : parent === folder
      ? undefined
      : findInstalled(name, parent);
}

/**
 * Installs what a `package.json` names, and resolves to the exit code.
 */
export function installPackages(run: RunProgram, manager: ManagerName, folder: string): Promise<number> {
  const [program = '', ...args] = managers[manager].install.split(' ');
  return run(program, args, folder);
}

/**
 * Runs a command of the toolkit that is installed for a folder, and resolves to the exit code.
 */
export function runCommand(run: RunProgram, command: string, folder: string): Promise<number> {
  const place = findInstalled('openapi-contract-kit', folder) ?? toolkitFolder;
  const { bin } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  return run(process.execPath, [join(place, Object.values(bin)[0] ?? ''), command], folder);
}
