import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { findFreePort } from '../../scripts/dev/bench/load.ts';
import type { Snippet } from '../../scripts/dev/docs/markdown.ts';

/** A command that a page shows, and what it shows of its output. */
export interface ShownCommand {
  page: string;
  line: number;
  command: string;
  /** Lines of the output, in their order. `…` stands for any text, a duration, a size or a port for any other. */
  output: string[];
  exitCode: number;
}

/**
 * Reads the commands of a `console` snippet: the lines that begin with `$ `, with those that follow a `\`.
 */
export function readCommands({ page, line, text, directive }: Snippet): ShownCommand[] {
  const commands: ShownCommand[] = [];
  let isOpen = false;
  for (const [index, row] of text.trimEnd().split('\n').entries()) {
    const last = commands.at(-1);
    const starts: boolean = row.startsWith('$ ') && !isOpen;
    if (starts) {
      commands.push({ page, line: line + index, command: row.slice(2), output: [], exitCode: 0 });
    } else if (isOpen && last !== undefined) {
      last.command += `\n${row}`;
    } else if (row.trim() !== '') {
      last?.output.push(row);
    }
    isOpen = (isOpen || starts) && row.endsWith('\\');
  }
  const last = commands.at(-1);
  if (last !== undefined) last.exitCode = directive.exits ?? 0;
  return commands;
}

const obstacles: Readonly<Record<string, RegExp>> = {
  'installs packages': /\bnpm (?:ci|i|install|pack|create)\b|\b(?:pnpm|yarn) (?:add|install)\b|\bnpx --yes\b/,
  'names a server elsewhere': /https?:\/\/(?!127\.0\.0\.1|localhost)/,
  'reaches another machine': /\bgit (?:push|fetch|clone)\b|\bdocker\b/,
  'runs for minutes': /\bnpm (?:test|run (?:test:all|bench|corpus|mutate|mutate:code))\b/,
};

/** Says why a command is not run, though its page does not say so. */
export function findObstacle({ command }: Pick<ShownCommand, 'command'>): string | undefined {
  const [withoutComment = ''] = command.split(/ #/);
  return Object.keys(obstacles).find((reason) => obstacles[reason]?.test(withoutComment));
}

/** Commands that need the port of the one before. */
const serverCommand = /^(?:npx )?(?:npm (?:start|run (?:mock|example|dev))|[\w-]+ mock)\b/;

/** A terminal in a project: what is exported stays, and a server runs until the next one starts or the page ends. */
export class Terminal implements AsyncDisposable {
  readonly #folder: string;
  readonly #exports: string[] = [];
  #server: Child | undefined;
  #port = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Runs a command, and says what is other than the page shows, or nothing. */
  async run({ page, line, command, output, exitCode }: ShownCommand): Promise<string | undefined> {
    if (command.startsWith('export ')) this.#exports.push(command);
    this.#port ||= await findFreePort();
    if (serverCommand.test(command)) await this.#stopServer();
    const child = this.#spawn(command);
    const ending = await waitForEnd(child);
    if (ending.isServing) {
      this.#server = child;
    } else if (ending.exitCode !== exitCode) {
      return `${page}:${line}: "${command}" ended with ${ending.exitCode}, expected ${exitCode}:\n${ending.text}`;
    }
    const missing = findMissing(output, ending.text);
    return missing && `${page}:${line}: "${command}" does not print "${missing}":\n${ending.text}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stopServer();
  }

  #spawn(command: string): Child {
    const script = [...this.#exports, addPort(this.#withPort(command), this.#port)].join('\n');
    const kept = Object.entries(process.env).filter(
      ([name]) => !/^(?:npm_|VITEST|NODE_|FORCE_COLOR|TEST|CI$|GITHUB_)/i.test(name),
    );
    const path = `${join(this.#folder, 'node_modules/.bin')}:${process.env.PATH}`;
    return spawn('bash', ['-c', script], {
      cwd: this.#ownsScript(command) ? this.#folder : resolve('.'),
      env: { ...Object.fromEntries(kept), PATH: path },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** `npm run NAME` is a script of the project, where it has one of that name, and otherwise of this repository. */
  #ownsScript(command: string): boolean {
    const [, name] = /\bnpm (?:run )?([\w:-]+)/.exec(command) ?? [];
    const file = join(this.#folder, 'package.json');
    const { scripts = {} } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    return name === undefined || Object.hasOwn(scripts, name);
  }

  // Another mock may have the port that the pages name.
  #withPort(text: string): string {
    return text.replaceAll(/\b4010\b/g, String(this.#port));
  }

  async #stopServer(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server?.pid !== undefined && server.exitCode === null) {
      const ended = once(server, 'close');
      process.kill(-server.pid, 'SIGTERM');
      await ended;
    }
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function addPort(command: string, port: number): string {
  const [words = '', ...comment] = command.split(/(?= +#)/);
  const isMock = /\b(?:contract-kit|nexudus-auth-contract|npm run) mock\b/.test(words);
  if (!isMock || /--port|-p \d|--help/.test(words)) return command;
  const separator = words.includes('npm run') && !words.includes(' -- ') ? ' --' : '';
  return `${words}${separator} --port ${port}${comment.join('')}`;
}

interface CommandEnding {
  text: string;
  exitCode: number | null;
  /** Whether it said that it is ready, and runs on. */
  isServing: boolean;
}

function waitForEnd(child: Child): Promise<CommandEnding> {
  let text = '';
  return new Promise((done) => {
    const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 240_000);
    const end = (ending: Omit<CommandEnding, 'text'>): void => {
      clearTimeout(timer);
      done({ text, ...ending });
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (/\bready at http\S+.*\n/.test(text)) end({ exitCode: null, isServing: true });
      });
    }
    child.once('close', (exitCode) => end({ exitCode, isServing: false }));
  });
}

/** Finds the first line that is shown and not printed after the one before it. */
function findMissing(shown: readonly string[], printed: string): string | undefined {
  const lines = printed.split('\n');
  let next = 0;
  return shown.find((row) => {
    const pattern = new RegExp(`^${toPattern(row)}$`);
    const found = lines.findIndex((line, index) => index >= next && pattern.test(line.trimEnd()));
    next = found + 1;
    return found === -1;
  });
}

function toPattern(row: string): string {
  return row
    .trimEnd()
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('…', '.*')
    .replaceAll(/(127\\\.0\\\.0\\\.1|localhost):\d+/g, '$1:\\d+')
    .replaceAll(/ +/g, ' +')
    .replaceAll(/\d+(?:\\\.\d+)?(?= \+(?:ms|s|kB|MB)\b)/g, '[\\d.]+');
}
