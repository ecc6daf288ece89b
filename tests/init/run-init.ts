import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ExitCode } from '../../scripts/cli/command.ts';
import { type InitOptions, type InitTools, runInit } from '../../scripts/init/init.ts';
import type { Prompt } from '../../scripts/init/prompt.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

export const fixtures: string = resolve('tests/init/fixtures');

const defaults: InitOptions = {
  spec: join(fixtures, 'shop.yaml'),
  consumer: 'web-shop',
  provider: undefined,
  folder: 'contracts',
  'spec-mode': undefined,
  ci: undefined,
  'package-manager': undefined,
  'no-install': false,
  yes: false,
  force: false,
  'dry-run': false,
};

/** What an init has done. */
export interface InitRun {
  exitCode: ExitCode | undefined;
  /** The message of what it threw. */
  error: string | undefined;
  stdout: string;
  stderr: string;
  /** The programs that it ran, with the last of their arguments. */
  ran: string[];
}

/** Makes a folder with files in it. */
export function makeProject(files: Readonly<Record<string, string>> = {}): string {
  const folder = makeTemporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Reads all files of a folder, by their paths. */
export function readFiles(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')] as const),
  );
}

/** Answers questions in order, and keeps them. */
export function openAnswers(answers: readonly string[], questions: string[] = []): () => Prompt {
  const left = [...answers];
  const ask: Prompt['ask'] = async (question, fallback) => {
    questions.push(question);
    return left.shift() || fallback;
  };
  return () => ({
    ask,
    choose: async (question, choices, fallback) => {
      const answer = await ask(question, fallback);
      return choices.find((choice) => choice === answer) ?? fallback;
    },
    [Symbol.dispose]: () => {},
  });
}

/** Runs an init in a folder. Programs do not run: each ends with the exit code that `exitCodeOf` gives its last argument. */
export async function runInitIn(
  folder: string,
  options: Partial<InitOptions> = {},
  tools: Pick<InitTools, 'openPrompt'> & { exitCodeOf?: (word: string) => number } = {},
): Promise<InitRun> {
  const { exitCodeOf = () => 0, openPrompt } = tools;
  const lines = { stdout: [] as string[], stderr: [] as string[] };
  const ran: string[] = [];
  const context = {
    stdout: (line: string) => lines.stdout.push(line),
    stderr: (line: string) => lines.stderr.push(line),
    env: {},
  };
  const run = async (program: string, args: readonly string[]): Promise<number> => {
    const word = args.at(-1) ?? '';
    ran.push(program === process.execPath ? word : [program, ...args].join(' '));
    return exitCodeOf(word);
  };
  const outcome = await runInit({ ...defaults, ...options }, context, { folder, run, openPrompt }).then(
    (exitCode) => ({ exitCode, error: undefined }),
    (error: Error) => ({ exitCode: undefined, error: error.message }),
  );
  return { ...outcome, stdout: lines.stdout.join('\n'), stderr: lines.stderr.join('\n'), ran };
}
