import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SetupError } from '../cli/command.ts';
import { withoutCredentials } from '../cli/tool.ts';

/**
 * Returns the commit that a folder is at.
 *
 * @param option the option that names the version instead
 * @throws {SetupError} outside of a git repository, and before its first commit
 */
export function readCommit(folder: string, option = '--version'): string {
  return runGit(folder, ['rev-parse', '--verify', 'HEAD'], option);
}

/**
 * Returns the branch that a folder is on. With a detached HEAD, returns the branch of GitHub Actions.
 *
 * @param option the option that names the branch instead
 * @throws {SetupError} when neither has a branch
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function readBranch(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  option = '--branch',
): string {
  // GITHUB_HEAD_REF is empty outside of pull requests; in them GITHUB_REF_NAME is no branch, but 12/merge.
  const ofGitHub = env.GITHUB_HEAD_REF || (env.GITHUB_REF_TYPE === 'tag' ? '' : env.GITHUB_REF_NAME);
  const branch = runGit(folder, ['branch', '--show-current'], option) || ofGitHub;
  if (branch === undefined || branch === '') {
    throw new SetupError(
      'Cannot determine the branch: HEAD is detached, and neither GITHUB_HEAD_REF nor GITHUB_REF_NAME is a branch. ' +
        `Pass it with ${option}.`,
    );
  }
  return branch;
}

/**
 * Returns the files of a folder that differ from its commit: changed, staged, untracked or ignored.
 *
 * @throws {SetupError} outside of a git repository
 */
export function findUncommitted(folder: string, names: readonly string[]): string[] {
  const status = ['--literal-pathspecs', 'status', '--porcelain', '--untracked-files=all', '--ignored', '--'];
  return names.filter((name) => runGit(folder, [...status, name], '--version') !== '');
}

/** Pacts as a commit has them. */
export interface CommittedPacts {
  /** The commit, in short, and its date. */
  commit: string;
  /** The pacts. */
  files: CommittedFile[];
}

/** A file of a commit. */
export interface CommittedFile {
  /** Its path from the root of the repository. */
  name: string;
  /** The copy. */
  file: string;
}

/**
 * Copies the pacts of a git ref into a folder. Calls no remote: the ref is as it was fetched last.
 *
 * @param place a ref and a pact or a folder of pacts, such as `origin/main:contracts/pacts`
 * @param target an empty folder, which is made
 * @throws {SetupError} when git has no such ref or path, or no pact is there
 */
export function copyPacts(place: string, target: string): CommittedPacts {
  const [ref = '', path = ''] = place.split(/:(.*)/s);
  if (ref === '' || path === '') {
    throw new SetupError(
      `--pacts-from is "${place}", expected a git ref and a path, such as origin/main:contracts/pacts.`,
    );
  }
  const read = (...args: string[]): string => runGit('.', args, '--pacts-from', path);
  // After --end-of-options, a ref that begins with a dash is not an option.
  const commit = read('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`);
  const listed = read(
    'ls-tree',
    '-r',
    '-z',
    '--name-only',
    '--full-tree',
    commit,
    '--',
    path.replace(/^\.\//, ''),
  );
  const names = listed.split('\0').filter((name) => name.endsWith('.json'));
  if (names.length === 0) {
    throw new SetupError(
      `Found no .json file in ${path} at ${ref}, expected pacts. Name the path from the root of the repository.`,
    );
  }
  mkdirSync(target, { recursive: true });
  const files = names.map((name, index) => {
    const file = join(target, `${index}-${basename(name)}`);
    writeFileSync(file, read('cat-file', 'blob', `${commit}:${name}`));
    return { name, file };
  });
  return { commit: read('show', '--no-patch', '--format=%h of %cs', commit), files };
}

function runGit(folder: string, args: string[], option: string, path?: string): string {
  try {
    return execFileSync('git', args, {
      cwd: folder,
      env: withoutCredentials(process.env),
      encoding: 'utf8',
      stdio: 'pipe',
      maxBuffer: 64 * 1024 * 1024,
    }).trim();
  } catch (cause) {
    const reason = String((cause as { stderr?: string }).stderr || cause).trim();
    const command = args.filter((word) => !word.startsWith('--'))[0];
    const hint =
      path === undefined
        ? `Pass ${option}, because git could not determine it`
        : `Correct ${option}, or fetch the ref`;
    throw new SetupError(`git ${command} failed in ${folder} (${reason}). ${hint}.`, { cause });
  }
}
