import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Snippet } from '../../scripts/dev/docs/markdown.ts';
import { startMock } from '../../scripts/dev/package/mock.ts';

/** The packages of this repository, as they were built before the tests. */
const packages = ['nexudus-auth-contract', 'openapi-contract-kit'] as const;

/**
 * Makes the project in which the snippets of a page are run: a small API of trains with its generated code and a pact,
 * both packages as they are published, and all packages of this repository.
 *
 * @param example the folder of an example, to make a copy of that one instead
 */
export function makeSnippetProject(example?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'snippets-'));
  linkPackages(join(folder, 'node_modules'));
  if (example !== undefined) {
    const filter = (path: string): boolean => !path.startsWith(`${example}/node_modules`);
    cpSync(example, folder, { recursive: true, filter });
    return folder;
  }
  cpSync('tests/docs/project', folder, { recursive: true });
  write(folder, 'package.json', JSON.stringify({ name: 'a-portal', private: true, type: 'module' }));
  const generate = [resolve('scripts/cli.ts'), 'generate', 'openapi.yaml', '--out', 'generated'];
  execFileSync(process.execPath, generate, { cwd: folder });
  commitAll(folder);
  return folder;
}

// For what compares with `origin/main`, or names a version by its commit.
function commitAll(folder: string): void {
  write(folder, '.gitignore', 'node_modules\n');
  const author = ['-c', 'user.name=a developer', '-c', 'user.email=developer@example.com'];
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['add', '-A'],
    [...author, 'commit', '-qm', 'start'],
    ['update-ref', 'refs/remotes/origin/main', 'HEAD'],
  ]) {
    execFileSync('git', args, { cwd: folder });
  }
}

function linkPackages(target: string): void {
  const commands = readdirSync('node_modules/.bin').map((name) => `.bin/${name}`);
  for (const name of [...listPackages('node_modules'), ...commands]) {
    const place = join(target, name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(findBuilt(name) ?? resolve('node_modules', name), place);
  }
}

/** Lists the packages of a `node_modules`, those of a scope too. */
function listPackages(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  return names.flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)).map((own) => `${name}/${own}`) : [name],
  );
}

function isOwn(name: string): boolean {
  return packages.some((own) => own === name);
}

/** The package or the command as it is published, where it is one of this repository. */
function findBuilt(name: string): string | undefined {
  if (isOwn(name)) return resolve('dist', name);
  const command = name === '.bin/contract-kit' ? 'openapi-contract-kit' : name.replace('.bin/', '');
  return isOwn(command) ? resolve('dist', command, 'commands/cli.js') : undefined;
}

/** Writes a file of a project, by its path in it. */
export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** TypeScript that is checked and, where its page says so, run. */
export interface Module {
  snippet: Snippet;
  /** The path in the project. Its lines are those of the page, so that messages name the right one. */
  file: string;
}

/**
 * Writes the TypeScript of all pages into a project.
 */
export function writeModules(folder: string, snippets: readonly Snippet[]): Module[] {
  const modules: Module[] = [];
  let earlier: Snippet[] = [];
  for (const snippet of snippets.filter(isTypeScript)) {
    earlier = snippet.directive.continues === true ? earlier : [];
    earlier.push(snippet);
    const { page, line, language } = snippet;
    const file = `${page.replaceAll('/', '__').replace(/\.md$/, '')}.${line}.${language}`;
    write(folder, file, `${joinAtTheirLines(earlier)}\nexport {};\n`);
    modules.push({ snippet, file });
  }
  return modules;
}

function isTypeScript({ language, directive }: Snippet): boolean {
  return ['ts', 'tsx'].includes(language) && directive.notRun === undefined;
}

function joinAtTheirLines(snippets: readonly Snippet[]): string {
  const lines: string[] = [];
  for (const { line, text } of snippets) {
    lines.push(...new Array(line - 1 - lines.length).fill(''), ...text.trimEnd().split('\n'));
  }
  return lines.join('\n');
}

/**
 * Adds installed packages to a project, in the place of those of this repository.
 *
 * @param packages a `node_modules`
 */
export function addPackages(folder: string, packages: string): void {
  for (const name of listPackages(packages)) {
    const target = join(folder, 'node_modules', name);
    if (!isOwn(name)) {
      rmSync(target, { recursive: true, force: true });
      mkdirSync(dirname(target), { recursive: true });
      symlinkSync(join(packages, name), target);
    }
  }
}

/**
 * Lists what the compiler says about modules, each with the place in the page.
 */
export function checkTypes(folder: string, modules: readonly Module[]): string[] {
  const config = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8'));
  const files = [...modules.map(({ file }) => file), 'placeholders.d.ts'];
  // What is linked finds its own dependencies in the project, as what is installed does.
  const compilerOptions = { ...config.compilerOptions, preserveSymlinks: true };
  write(folder, 'tsconfig.snippets.json', JSON.stringify({ compilerOptions, files }));
  const compiler = resolve('node_modules/@typescript/native/bin/tsc');
  const places = new Map(modules.map(({ file, snippet: { page } }) => [file, page]));
  return runCompiler(compiler, folder)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      line.replace(
        /^(\S+?)\((\d+),(\d+)\)/,
        (_, file, ...at) => `${places.get(file) ?? file}:${at[0]}:${at[1]}`,
      ),
    );
}

function runCompiler(compiler: string, folder: string): string {
  const args = [compiler, '-p', 'tsconfig.snippets.json', '--pretty', 'false'];
  try {
    return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  } catch (cause) {
    return (cause as { stdout: string }).stdout;
  }
}

/**
 * Runs a module against a mock that keeps sessions, which stands for the space of the pages. Says how it failed, or
 * nothing.
 */
export async function runModule(folder: string, { snippet, file }: Module): Promise<string | undefined> {
  await using mock = await startMock({ simulate: true });
  const text = readFileSync(join(folder, file), 'utf8');
  write(folder, `run.${file}`, text.replaceAll('https://your-space.spaces.nexudus.com', mock.url));
  const run = promisify(execFile)(process.execPath, ['--import', './placeholders.ts', `run.${file}`], {
    cwd: folder,
  });
  const failure = await run.then(
    () => undefined,
    ({ message }: Error) => message,
  );
  return failure && `${snippet.page}:${snippet.line}: ${failure}`;
}
