import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const cli = resolve('scripts/cli.ts');
const runIn = (cwd: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('in a folder without a config', () => {
  it.each([
    ['check', [], 'check needs an OpenAPI document', 'check openapi.yaml'],
    ['check', ['--pact', 'a.json'], 'check --pact needs the spec', 'check openapi.yaml --pact pacts/'],
    ['mock', [], 'The mock needs the spec', 'mock openapi.yaml'],
    ['generate', [], 'generate needs your OpenAPI document', 'generate openapi.yaml'],
    ['contract', [], 'contract runs the consumer tests that a config names', 'contract --config'],
    ['publish', [], 'publish needs the pact that your consumer tests write', 'publish --pact pacts'],
    ['can-i-deploy', ['--to', 'live'], 'can-i-deploy needs the name', 'can-i-deploy --pacticipant my-app'],
    ['verify', ['--har', 'a.har'], 'verify --har needs the spec', 'verify openapi.yaml --har traffic.har'],
    [
      'verify',
      ['--base-url', 'http://127.0.0.1:1'],
      'verify --base-url needs the config',
      'verify --base-url',
    ],
  ])('%s %j says what it needs', (command, options, need, example) => {
    const { status, stdout, stderr } = runIn(makeTemporaryFolder(), [command, ...options]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const [sentence, empty, line, ...rest] = stderr.trimEnd().split('\n');
    expect(sentence).toContain(need);
    expect(sentence).toContain('contract.config.ts');
    expect([empty, rest]).toEqual(['', []]);
    expect(line).toContain(`  npx contract-kit ${example}`);
  });
});

describe("in the folder of another team's contract", () => {
  const folderWith = (config: string): string => {
    const folder = makeTemporaryFolder();
    writeFileSync(
      join(folder, 'openapi.yaml'),
      'openapi: 3.1.0\ninfo: { title: Shop, version: 1.0.0 }\npaths:\n  /items:\n    get:\n' +
        '      operationId: listItems\n      responses: { "204": { description: None. } }\n',
    );
    writeFileSync(join(folder, 'contract.config.mjs'), config);
    return folder;
  };

  it('runs the gates of its own, in their thread, with its spec', () => {
    const folder = folderWith(`export default {
      spec: 'openapi.yaml',
      gates: { own: [{ name: 'titles', subject: 'spec', standard: 'rules', load: () => import('./titles.mjs') }] },
    };`);
    const message = `the title is Shop`;
    writeFileSync(
      join(folder, 'titles.mjs'),
      `export const run = async ({ spec, project }) => [{ code: 'spec.lint', severity: 'error',
        message: 'the title is ' + spec.document.info.title, at: { file: project.config.spec } }];`,
    );
    const { status, stdout } = runIn(folder, ['check', '--only', 'titles,mock-against-spec', '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).gates).toMatchObject([
      { name: 'mock-against-spec', findings: [] },
      { name: 'titles', findings: [{ message, at: { file: 'openapi.yaml' } }] },
    ]);
    expect(runIn(folder, ['check', '--help']).stdout).toContain('titles                  spec against rules');
  });

  it('adds to --help what the config says, and prints help for a config that is broken', () => {
    const variables = "{ SHOP_TOKEN: { purpose: 'orders' } }";
    const good = folderWith(`export default { spec: 'openapi.yaml', verify: { variables: ${variables} } };`);
    expect(runIn(good, ['verify', '--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('  SHOP_TOKEN  orders\n'),
    });
    const { status, stdout } = runIn(folderWith('throw 1;'), ['verify', '--help']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.not.stringContaining('SHOP_TOKEN') });
    const odd = folderWith("export default { spec: 'openapi.yaml', gates: { skip: ['nonsense'] } };");
    expect(runIn(odd, ['check', '--help'])).toMatchObject({ status: 0, stderr: '' });
    expect(runIn(odd, ['verify', '--help']).stdout).toMatch(/a broken setup\n$/);
  });

  it('reports a config that is broken with exit code 2 and its place', () => {
    expect(runIn(folderWith("export default { spce: 'openapi.yaml' };"), ['check'])).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^contract\.config\.mjs: spce is not a key .+ Did you mean spec\?\n$/),
    });
  });
});
