import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createProject, type Ending, type Project, packRepository } from './project.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const commands = ['generate', 'mock', 'contract', 'check', 'verify', 'explain', 'publish', 'can-i-deploy'];

let project: Project;

beforeAll(async () => {
  project = createProject();
  await project.install(packRepository(project.folder));
}, 120_000);

afterAll(() => project.remove());

const run = (...args: string[]): Promise<Ending> =>
  project.run('npx', '--no', '--', 'nexudus-auth-contract', ...args);

describe('in the folder of an app, without any other package,', () => {
  it.each(commands)('%s --help explains the command', async (command) => {
    const { status, stdout, stderr } = await run(command, '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`Usage: nexudus-auth-contract ${command}`);
    expect(await run('help', command)).toEqual({ status, stdout, stderr });
    expect(await run(command, '-h', '--nonsense')).toEqual({ status, stdout, stderr });
  });

  it.each(['--version', '-v'])('%s prints the version', async (option) => {
    expect(await run(option)).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('a misspelt command gets a suggestion', async () => {
    expect(await run('pubilsh')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'There is no command "pubilsh". Did you mean publish? Run nexudus-auth-contract --help for all commands.\n',
    });
  });

  it('a misspelt option gets a suggestion', async () => {
    expect(await run('mock', '--prot', '0')).toEqual({
      status: 2,
      stdout: '',
      stderr: "Unknown option '--prot'. Did you mean --port? Try --help.\n",
    });
  });

  it.each([
    ['check', [], 'check needs the pact', 'check --pact pacts'],
    ['check', ['--base', 'main'], 'check needs the pact', 'check --pact pacts'],
    ['publish', ['--dry-run'], 'publish needs the pact', 'publish --pact pacts'],
    ['generate', ['--check'], 'generate needs your OpenAPI document', 'generate --spec openapi.yaml'],
    [
      'can-i-deploy',
      ['--to', 'live', '--dry-run'],
      'can-i-deploy needs the name',
      'can-i-deploy --pacticipant',
    ],
    ['contract', [], 'contract runs the consumer tests of its own repository', 'check --pact pacts'],
  ])('%s %j says what it needs', async (command, options, need, example) => {
    const { status, stdout, stderr } = await run(command, ...options);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const [sentence, empty, line, ...rest] = stderr.trimEnd().split('\n');
    expect(sentence).toContain(need);
    expect([empty, rest]).toEqual(['', []]);
    expect(line).toContain(`  npx nexudus-auth-contract ${example}`);
  });

  it('check takes no pact of the toolkit from a folder below that of the app either', async () => {
    mkdirSync(join(project.folder, 'pacts'));
    const cli = join(project.folder, 'node_modules/nexudus-auth-contract/dist/commands/cli.js');
    const code = `process.chdir('pacts'); process.argv[2] = 'check'; import(${JSON.stringify(cli)})`;
    expect(await project.run(process.execPath, '--eval', code, 'x', 'x')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('check needs the pact'),
    });
  });

  it('can-i-deploy names the package that it needs to call a broker', async () => {
    const options = ['--pacticipant', 'a', '--version', '1', '--to', 'live'];
    vi.stubEnv('PACT_BROKER_BASE_URL', 'http://127.0.0.1:1');
    const { status, stderr } = await run('can-i-deploy', ...options);
    vi.unstubAllEnvs();
    expect(status).toBe(2);
    expect(stderr).toContain('This needs @pact-foundation/pact-cli, which is not installed');
    expect(stderr).toMatch(/^ {2}npm install --save-dev @pact-foundation\/pact-cli@\S+$/m);
  });

  it('publish names the packages that it needs, and then runs with them', async () => {
    const pact = 'node_modules/nexudus-auth-contract/contracts/pacts';
    const options = ['--pact', pact, '--version', '1', '--branch', 'main', '--dry-run'];
    const { status, stderr } = await run('publish', ...options);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^This needs \S+, which/),
    });
    const [, needed = ''] = /^ {2}npm install --save-dev (.+)$/m.exec(stderr) ?? [];
    project.lend(...needed.split(' ').map((word) => word.replace(/(?<=.)@.*$/, '')));
    expect(await run('publish', ...options)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('consumer nexudus-portal'),
    });
  });
});
