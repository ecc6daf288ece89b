import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, type Ending, type Project, readBuiltManifest } from './project.ts';

const { version, dependencies = {} } = readBuiltManifest('openapi-contract-kit');
const commands = [
  'init',
  'mutate',
  'generate',
  'mock',
  'contract',
  'check',
  'verify',
  'explain',
  'publish',
  'can-i-deploy',
];

let project: Project;

beforeAll(() => {
  project = createProject();
  project.unpack('openapi-contract-kit');
}, 120_000);

afterAll(() => project.remove());

const run = (...args: string[]): Promise<Ending> =>
  project.run(process.execPath, 'node_modules/.bin/contract-kit', ...args);

describe('contract-kit, in the folder of an app,', () => {
  it.each(commands)('%s --help explains the command, and loads no dependency', async (command) => {
    const { status, stdout, stderr } = await run(command, '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: (?:contract-kit|nexudus-auth-contract) ${command}\\b`));
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
        'There is no command "pubilsh". Did you mean publish? Run contract-kit --help to list all commands.\n',
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
    ['check', [], 'check needs an OpenAPI document', 'check openapi.yaml'],
    ['check', ['--base', 'main'], 'check needs an OpenAPI document', 'check openapi.yaml'],
    ['publish', ['--dry-run'], 'publish needs the pact', 'publish --pact pacts'],
    ['generate', ['--check'], 'generate needs your OpenAPI document', 'generate openapi.yaml'],
    [
      'can-i-deploy',
      ['--to', 'live', '--dry-run'],
      'can-i-deploy needs the name',
      'can-i-deploy --pacticipant',
    ],
    ['contract', [], 'contract runs the consumer tests that a config names', 'contract --config'],
  ])('%s %j says what it needs', async (command, options, need, example) => {
    const { status, stdout, stderr } = await run(command, ...options);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const [sentence, empty, line, ...rest] = stderr.trimEnd().split('\n');
    expect(sentence).toContain(need);
    expect([empty, rest]).toEqual(['', []]);
    expect(line).toContain(`  npx contract-kit ${example}`);
  });

  it('check takes no pact of the toolkit from a folder below that of the app either', async () => {
    mkdirSync(join(project.folder, 'pacts'));
    const cli = join(project.folder, 'node_modules/openapi-contract-kit/commands/cli.js');
    const code = `process.chdir('pacts'); process.argv[2] = 'check'; import(${JSON.stringify(cli)})`;
    expect(await project.run(process.execPath, '--eval', code, 'x', 'x')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('check needs an OpenAPI document'),
    });
  });

  it('mock asks for the OpenAPI document', async () => {
    const { status, stdout, stderr } = await run('mock');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('  npx contract-kit mock openapi.yaml');
  });
});

describe('nexudus-auth-contract, in the folder of an app,', () => {
  const installation = 'npm install --save-dev openapi-contract-kit';
  let app: Project;

  beforeAll(() => {
    app = createProject();
    app.unpack('nexudus-auth-contract');
  }, 60_000);

  afterAll(() => app.remove());

  const runContract = (...args: string[]): Promise<Ending> =>
    app.run(process.execPath, 'node_modules/.bin/nexudus-auth-contract', ...args);

  it.each([
    [['check', '--pact', 'pacts']],
    [['explain']],
    [['mock', '--spec', 'openapi.yaml']],
    [['nonsense']],
  ])('says in one line what %j needs, where the toolkit is missing', async (args) => {
    expect(await runContract(...args)).toEqual({
      status: 2,
      stdout: '',
      stderr: `nexudus-auth-contract ${args[0]} needs the package openapi-contract-kit: ${installation}\n`,
    });
  });

  it('lists the mock for --help, and says what the other commands need', async () => {
    const { status, stdout, stderr } = await runContract('--help');
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('  mock ') });
    expect(stderr).toContain(installation);
  });

  it('prints its own version', async () => {
    const own = readBuiltManifest('nexudus-auth-contract').version;
    expect(await runContract('--version')).toEqual({ status: 0, stdout: `${own}\n`, stderr: '' });
  });

  it('passes every other command on to the toolkit, and its exit code', async () => {
    app.unpack('openapi-contract-kit');
    app.lend(...Object.keys(dependencies));
    expect(await runContract('explain', 'pact.stale')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('# pact.stale'),
    });
    expect(await runContract('chekc')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Did you mean check?'),
    });
    const pact = 'node_modules/nexudus-auth-contract/contracts/pacts';
    const options = ['--pact', pact, '--version', '1', '--branch', 'main', '--dry-run'];
    expect(await runContract('publish', ...options)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('consumer nexudus-portal'),
    });
  });

  it('serves another spec with the toolkit, in a command and in code', async () => {
    expect(await runContract('mock', '--spec', 'absent.yaml')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('absent.yaml'),
    });
    const code = `import { startMock } from 'nexudus-auth-contract/mock';
await using mock = await startMock({ specFile: 'node_modules/nexudus-auth-contract/openapi/nexudus-auth.yaml' });
console.log((await fetch(mock.url + '/api/token', { method: 'POST' })).status);`;
    app.write('other.js', code);
    expect(await app.run(process.execPath, 'other.js')).toEqual({ status: 0, stdout: '400\n', stderr: '' });
  });

  it('answers a request for made-up values with what the toolkit brings along', async () => {
    const code = `import { startMock } from 'nexudus-auth-contract/mock';
await using mock = await startMock();
const headers = { prefer: 'code=200, dynamic=true', authorization: 'Bearer x' };
console.log((await fetch(mock.url + '/api/auth/media/customer', { headers })).status);`;
    app.write('dynamic.js', code);
    expect(await app.run(process.execPath, 'dynamic.js')).toEqual({ status: 0, stdout: '200\n', stderr: '' });
  });
});
