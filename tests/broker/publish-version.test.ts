import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { command as publish } from '../../scripts/broker/publish.ts';
import { makePactRepository, pactBetween } from './pact-repository.ts';
import { runCommand } from './run-command.ts';

async function fail(args: string[], env: Record<string, string> = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await runCommand(publish, args, env);
  expect([exitCode, stdout]).toEqual([2, '']);
  return stderr;
}

describe('the version of a pact', () => {
  const dryRun = (pact: string, ...options: string[]) =>
    runCommand(publish, ['--pact', pact, '--dry-run', ...options]);

  it.each([
    ['changed', 'shop.json', () => {}],
    ['staged', 'shop.json', (git: (...args: string[]) => string) => git('add', '.')],
    ['untracked', 'new.json', () => {}],
    ['ignored', 'ignored.json', () => {}],
  ])('is not the commit where the pact is %s', async (_, name, prepare) => {
    const { git, write, commit } = makePactRepository();
    write('.gitignore', 'ignored.json');
    const pact = write(name, pactBetween('shop', 'other-bank'));
    prepare(git);
    const message = await fail(['--pact', pact]);
    expect(message).toContain(`Cannot publish under commit ${commit}: ${pact} differs from that commit.`);
    expect(message).toContain('Commit it, or pass another version with --version.');
    expect(await dryRun(pact)).toMatchObject({ exitCode: 0, stderr: message });
    expect(await dryRun(pact, '--version', '1')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it.each(['shop.json', '[op]ther.json'])(
    'is the commit where another file than %s is changed',
    async (name) => {
      const { git, write } = makePactRepository();
      const pact = write(name, pactBetween('shop', 'bank'));
      git('add', '.');
      git('commit', '--quiet', '--allow-empty', '--message=pact');
      write('other.json', '{}');
      const { stdout, stderr } = await dryRun(pact);
      expect(stderr).toBe('');
      expect(stdout).toContain(`version: ${git('rev-parse', 'HEAD')}\n`);
    },
  );

  it('needs a name outside of git, and so does the branch', async () => {
    const { pact, folder } = makePactRepository();
    rmSync(`${folder}/.git`, { recursive: true });
    expect(await fail(['--pact', pact])).toMatch(/^git rev-parse failed in .*Pass --version/);
    expect(await fail(['--pact', pact, '--version', '1'])).toMatch(/^git branch failed.*Pass --branch/);
    expect(await dryRun(pact, '--version', '1', '--branch', 'b')).toMatchObject({ exitCode: 0 });
  });
});

describe('the branch of a detached HEAD', () => {
  it.each<[string, Record<string, string>, string, string[]]>([
    ['the branch of a pull request', { GITHUB_HEAD_REF: 'fix', GITHUB_REF_NAME: '1/merge' }, 'fix', []],
    ['the branch of a push', { GITHUB_HEAD_REF: '', GITHUB_REF_NAME: 'trunk' }, 'trunk', []],
    ['what --branch says', { GITHUB_HEAD_REF: 'fix' }, 'mine', ['--branch', 'mine']],
  ])('is %s', async (_, env, branch, options) => {
    const { pact, git } = makePactRepository();
    git('checkout', '--quiet', '--detach');
    const { stdout } = await runCommand(publish, ['--pact', pact, '--dry-run', ...options], env);
    expect(stdout).toContain(`branch: ${branch}\n`);
  });

  it.each([{}, { GITHUB_REF_NAME: 'v1.0.0', GITHUB_REF_TYPE: 'tag' }])(
    'is asked for where CI knows none: %o',
    async (env) => {
      const { pact, git } = makePactRepository();
      git('checkout', '--quiet', '--detach');
      expect(await fail(['--pact', pact], env)).toMatch(
        /^Cannot determine the branch: HEAD is detached.*--branch/,
      );
    },
  );

  it("is git's where HEAD is on a branch, whatever CI says", async () => {
    const { pact } = makePactRepository();
    const { stdout } = await runCommand(publish, ['--pact', pact, '--dry-run'], { GITHUB_HEAD_REF: 'fix' });
    expect(stdout).toContain('branch: trunk\n');
  });
});
