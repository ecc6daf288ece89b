import { execFileSync } from 'node:child_process';
import { SetupError } from '../cli/command.ts';

/**
 * Returns the commit that a folder is at.
 *
 * @throws {SetupError} outside of a git repository, and before its first commit
 */
export function readCommit(folder: string): string {
  return runGit(folder, ['rev-parse', '--verify', 'HEAD'], '--version');
}

/**
 * Returns the branch that a folder is on. With a detached HEAD, returns the branch of GitHub Actions.
 *
 * @throws {SetupError} when neither has a branch
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function readBranch(folder: string, env: Readonly<Record<string, string | undefined>>): string {
  // GITHUB_HEAD_REF is empty outside of pull requests; in them GITHUB_REF_NAME is no branch, but 12/merge.
  const ofGitHub = env.GITHUB_HEAD_REF || (env.GITHUB_REF_TYPE === 'tag' ? '' : env.GITHUB_REF_NAME);
  const branch = runGit(folder, ['branch', '--show-current'], '--branch') || ofGitHub;
  if (branch === undefined || branch === '') {
    throw new SetupError(
      'Cannot determine the branch: HEAD is detached, and neither GITHUB_HEAD_REF nor GITHUB_REF_NAME is a branch. ' +
        'Pass it with --branch.',
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

function runGit(folder: string, args: string[], option: string): string {
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch (cause) {
    const reason = String((cause as { stderr?: string }).stderr || cause).trim();
    const command = args.filter((word) => !word.startsWith('--'))[0];
    throw new SetupError(
      `git ${command} failed in ${folder} (${reason}). Pass ${option}, because git could not determine it.`,
      { cause },
    );
  }
}
