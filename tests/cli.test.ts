import { spawnSync } from 'node:child_process';
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
