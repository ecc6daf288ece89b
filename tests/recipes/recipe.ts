import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseYaml } from '@redocly/openapi-core';
import { createProject, type Project, readBuiltManifest } from '../package/project.ts';

/** A step of a workflow or of a composite action. */
export interface Step {
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  shell?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}

/** How a script ended, and all that it printed, as a log has it. */
export interface Ending {
  exitCode: number;
  log: string;
}

/**
 * Makes a project that has the built toolkit installed. Its dependencies, which take long to install, are those of the
 * repository.
 */
export function createToolkitProject(): Project {
  const project = createProject();
  const built = resolve('dist/openapi-contract-kit');
  mkdirSync(join(project.folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(built, join(project.folder, 'node_modules/openapi-contract-kit'));
  const { bin } = readBuiltManifest('openapi-contract-kit');
  for (const [command, path] of Object.entries(bin)) {
    symlinkSync(join(built, path), join(project.folder, 'node_modules/.bin', command));
  }
  return project;
}

/** Reads a YAML file of the repository. */
export function readYaml<Content>(file: string): Content {
  return parseYaml(readFileSync(file, 'utf8')) as Content;
}

/**
 * Runs a script as a GitHub runner or a GitLab one does: from a file of bash, with these variables and no others of this
 * process than those that any program needs.
 */
export async function runScript(
  script: string,
  { folder, env, paths = [] }: { folder: string; env: Record<string, string>; paths?: string[] },
): Promise<Ending> {
  const path = [...paths, dirname(process.execPath), process.env.PATH].join(':');
  const { HOME = '/tmp' } = process.env;
  const child = spawn('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { HOME, PATH: path, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, error, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1))),
  ]);
  return { exitCode, log: `${out}${error}` };
}

/**
 * Fills in the expressions of GitHub Actions that are names alone, such as `${{ inputs.base }}`.
 *
 * @throws {Error} for any other expression, and for a name without a value
 */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{\{\s*(.+?)\s*\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw new Error(`There is no value for ${name}.`);
    }
    return value;
  });
}
