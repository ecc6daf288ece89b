import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const runCli = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/cli.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

const program = 'contract-kit';

const commands = [
  'init',
  'generate',
  'mock',
  'contract',
  'check',
  'mutate',
  'explain',
  'verify',
  'publish',
  'record-deployment',
  'can-i-deploy',
];

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
    const { version } = JSON.parse(readFileSync('scripts/package.json', 'utf8'));
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

  it('keeps the name of each command apart from what it does', () => {
    const [, list = ''] = runCli('--help').stdout.split('Commands:\n');
    const lines = list.split('\n\n')[0]?.split('\n') ?? [];
    expect(lines.filter((line) => !/^ {2}(?:[a-z-]+ {2,}| {15,})\w/.test(line))).toEqual([]);
  });

  it('suggests a command for a misspelt one, after help too', () => {
    const stderr = `There is no command "chekc". Did you mean check? Run ${program} --help to list all commands.\n`;
    expect(runCli('chekc', '--pact', 'a.json')).toEqual({ status: 2, stdout: '', stderr });
    expect(runCli('help', 'chekc')).toEqual({ status: 2, stdout: '', stderr });
  });

  it('acts on the files of the contract that --config names, from any folder', () => {
    const args = ['../../scripts/cli.ts', 'generate', '--check', '--config', '../../contract.config.ts'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: 'tests/generate', encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'All generated files are up to date.\n' });
  });

  it('names for each command of the repository the way to run it', () => {
    for (const name of ['build', 'version']) {
      const { stdout } = spawnSync(process.execPath, ['scripts/dev.ts', name, '--help'], {
        encoding: 'utf8',
      });
      expect(stdout).toContain(`Usage: node scripts/dev.ts ${name}`);
    }
  });

  it.each(commands)('explains %s with --help', (name) => {
    const { status, stdout } = runCli(name, '--help');
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: ${program} ${name}`);
    expect(stdout).toContain('Exit code');
  });

  it.each([
    ...commands.map((name) => ['scripts/cli.ts', name]),
    ...['build', 'version'].map((name) => ['scripts/dev.ts', name]),
    ...['mock', 'client', 'soak'].map((name) => ['scripts/dev/bench/cli.ts', name]),
  ])('loads no other package for the help of %s %s', (file, name) => {
    const hook = `
      import { registerHooks } from 'node:module';
      registerHooks({
        load: (url, context, next) => {
          if (url.includes('/node_modules/')) throw new Error('Loaded ' + url);
          return next(url, context);
        },
      });`;
    const preload = `data:text/javascript,${encodeURIComponent(hook)}`;
    const args = ['--import', preload, file, name, '--help'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.each(commands)('refuses an option that %s does not have, without a stack trace', (name) => {
    const { status, stderr } = runCli(name, '--nonsense');
    expect(status).toBe(2);
    expect(stderr).toBe("Unknown option '--nonsense'. Try --help.\n");
  });

  const runInShell = (command: string) => {
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    return { stdout: stdout.trim(), stderr: stderr.trim() };
  };

  it.each(['stdout', 'stderr'])('lets a command end as ever when nobody reads on from its %s', (name) => {
    const script = `
      import { setTimeout as delay } from 'node:timers/promises';
      import { dispatch } from './scripts/cli/dispatch.ts';
      const run = async (_args, { ${name}: tell }) => {
        for (const line of ['one', 'two', 'three']) {
          tell(line);
          await delay(300);
        }
        return 1;
      };
      const load = async () => ({ command: { run, formatUsage: () => '' } });
      process.exitCode = await dispatch('kit', { go: { summary: '', load } }, ['go']);`;
    const node = `"${process.execPath}" --input-type=module -e "${script.replaceAll('$', '\\$')}"`;
    const piped = name === 'stdout' ? `${node} |` : `${node} 2>&1 >/dev/null |`;
    expect(runInShell(`${piped} head -1; echo "\${PIPESTATUS[0]}"`)).toEqual({
      stdout: 'one\n1',
      stderr: '',
    });
  });

  it('ends with 2, and says why, when its output cannot be written', () => {
    const cli = `"${process.execPath}" scripts/cli.ts`;
    const { stdout, stderr } = runInShell(`${cli} explain spec.invalid 2>&1 >/dev/full; echo "$?"`);
    expect([stdout, stderr]).toEqual([
      expect.stringMatching(/^Cannot write to standard output: ENOSPC: [^\n]+\n2$/),
      '',
    ]);
  });
});
