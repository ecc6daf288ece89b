import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const runCli = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/cli.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

const commands = ['generate', 'mock', 'contract', 'check', 'explain', 'verify', 'publish', 'can-i-deploy'];

describe('the command line', () => {
  it('lists the commands on standard output for --help, with exit code 0', () => {
    const { status, stdout, stderr } = runCli('--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const command of commands) expect(stdout).toContain(`  ${command} `);
  });

  it('lists them on standard error when there is no command, with exit code 2', () => {
    expect(runCli()).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('Usage:') });
  });

  it.each(['nonsense', 'toString', '--nonsense'])('refuses the command %s with exit code 2', (name) => {
    const { status, stdout, stderr } = runCli(name);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`There is no command "${name}".`);
  });

  it.each(['--version', '-v'])('prints the version of the package for %s', (option) => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(runCli(option)).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each([
    ['help', 'check'],
    ['check', '-h'],
    ['check', '--nonsense', '--help'],
    ['--help', 'check'],
  ])('explains a command for %s %s', (...args) => {
    expect(runCli(...args)).toEqual(runCli('check', '--help'));
  });

  it('suggests a command for a misspelt one, after help too', () => {
    const stderr =
      'There is no command "chekc". Did you mean check? Run nexudus-auth-contract --help for all commands.\n';
    expect(runCli('chekc', '--pact', 'a.json')).toEqual({ status: 2, stdout: '', stderr });
    expect(runCli('help', 'chekc')).toEqual({ status: 2, stdout: '', stderr });
  });

  it("acts on the repository's own files from any folder of it", () => {
    const { status, stdout } = spawnSync(process.execPath, ['../../scripts/cli.ts', 'generate', '--check'], {
      cwd: 'tests/generate',
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'All generated files are fresh.\n' });
  });

  it('names for each command of the repository the way to run it', () => {
    for (const name of ['build', 'mutate', 'version']) {
      const { stdout } = spawnSync(process.execPath, ['scripts/dev.ts', name, '--help'], {
        encoding: 'utf8',
      });
      expect(stdout).toContain(`Usage: node scripts/dev.ts ${name}`);
    }
  });

  it.each(commands)('explains %s with --help', (name) => {
    const { status, stdout } = runCli(name, '--help');
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: nexudus-auth-contract ${name}`);
    expect(stdout).toContain('Exit code');
  });

  it.each(commands)('refuses an option that %s does not have, without a stack trace', (name) => {
    const { status, stderr } = runCli(name, '--nonsense');
    expect(status).toBe(2);
    expect(stderr).toBe("Unknown option '--nonsense'. Try --help.\n");
  });
});
