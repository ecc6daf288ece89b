import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMock } from '../../scripts/mock/index.ts';
import { createNodeFinder, type NodeFinder } from './find-node.ts';
import { createProject, type Ending, type Project, readBuiltManifest } from './project.ts';
import { startCommand } from './start-command.ts';

const contractCli = 'node_modules/nexudus-auth-contract/commands/cli.js';
const toolkitCli = 'node_modules/openapi-contract-kit/commands/cli.js';
const pact = 'node_modules/nexudus-auth-contract/contracts/pacts/nexudus-portal-nexudus-api.json';
const spec = 'node_modules/nexudus-auth-contract/openapi/nexudus-auth.yaml';

let project: Project;
let nodes: NodeFinder;

beforeAll(() => {
  project = createProject();
  nodes = createNodeFinder();
  project.unpack('nexudus-auth-contract');
  project.unpack('openapi-contract-kit');
  project.lend('msw', ...Object.keys(readBuiltManifest('openapi-contract-kit').dependencies ?? {}));
  for (const name of ['client.js', 'session.js', 'mock.js', 'msw.js']) {
    project.write(name, readFileSync(resolve('tests/package/fixtures', name), 'utf8'));
  }
}, 120_000);

afterAll(() => {
  project.remove();
  nodes[Symbol.dispose]();
}, 60_000);

const run = async (version: string, ...args: string[]): Promise<Ending> =>
  project.run(await nodes.find(version), ...args);

describe.each(['20', '22.12.0', '24'])('on Node.js %s', (version) => {
  it('the client signs in and builds a link', async () => {
    await using mock = await startMock();
    const { status, stdout, stderr } = await run(version, 'client.js', mock.url);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [running, link] = stdout.trim().split(' ');
    expect(`${running}.`).toContain(`v${version}.`);
    expect(link).toBe(`${mock.url}/login?t=one-time-token-1`);
  });

  it('a session signs in and asks for a one-time token, and the validators find what is missing', async () => {
    await using mock = await startMock();
    expect(await run(version, 'session.js', mock.url)).toEqual({
      status: 0,
      stdout: 'signed_in one-time-token-1 true\n',
      stderr: '',
    });
  });
});

describe.each(['22.12.0', '24'])('on Node.js %s, from 22.12 on,', (version) => {
  it('the mock answers in a script', async () => {
    expect(await run(version, 'mock.js')).toEqual({ status: 0, stdout: '200\n', stderr: '' });
  });

  it('the MSW handlers answer', async () => {
    expect(await run(version, 'msw.js')).toEqual({ status: 0, stdout: '200\n', stderr: '' });
  });

  it.each([
    ['nexudus-auth-contract mock', [contractCli, 'mock']],
    ['contract-kit mock --spec', [toolkitCli, 'mock', '--spec', spec]],
  ])('the command %s answers', async (_, words) => {
    const node = await nodes.find(version);
    await using mock = await startCommand(project.folder, node, ...words, '--port', '0');
    const url = /ready at (\S+)/.exec(mock.firstLine)?.[1];
    expect(await fetch(`${url}/api/sys/users/token/refresh`, { method: 'POST' })).toMatchObject({
      status: 401,
    });
  });

  it.each([
    [contractCli, ['check', '--pact', pact], / gates passed, 0 failed/],
    [toolkitCli, ['check', '--pact', pact, '--spec', spec], / gates passed, 0 failed/],
    [toolkitCli, ['generate', '--spec', spec, '--out', 'generated'], /client\.ts/],
    [toolkitCli, ['explain', 'pact.stale'], /# pact\.stale/],
    [
      toolkitCli,
      ['publish', '--pact', pact, '--version', '1', '--branch', 'main', '--dry-run'],
      /version: 1/,
    ],
    [
      toolkitCli,
      ['can-i-deploy', '--pacticipant', 'a', '--version', '1', '--to', 'live', '--dry-run'],
      /environment: live/,
    ],
    [toolkitCli, ['verify', '--help'], /Usage/],
    [toolkitCli, ['--version'], /^\d+\.\d+\.\d+\n$/],
  ])('%s %j runs', async (cli, options, printed) => {
    const { status, stdout } = await run(version, cli, ...options);
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(printed) });
  });
});

describe('on Node.js 20, which is too old for them,', () => {
  const sentence =
    / needs Node\.js 22\.12 or later, but this is Node\.js 20\.\S+: install a newer Node\.js\.\n$/;

  it.each([
    [contractCli, 'mock'],
    [contractCli, 'check', '--pact', pact],
    [toolkitCli, '--help'],
    [toolkitCli, 'generate', '--help'],
  ])('the commands say so in one sentence: %s %s', async (cli, ...args) => {
    const { status, stdout, stderr } = await run('20', cli, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each(['mock', 'msw'])('importing %s throws an error that says so', async (entry) => {
    const code = `import('nexudus-auth-contract/${entry}').catch(({ message }) => console.error(message))`;
    const { stderr } = await run('20', '--eval', code);
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(new RegExp(`^nexudus-auth-contract/${entry} `));
  });
});
