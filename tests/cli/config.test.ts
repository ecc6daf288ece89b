import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listGates } from '../../scripts/check/gates.ts';
import { runGates } from '../../scripts/check/run.ts';
import { SetupError } from '../../scripts/cli/command.ts';
import { type ContractConfig, loadProject, type OwnGate, Project } from '../../scripts/cli/config.ts';
import type { Finding } from '../../scripts/cli/finding.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const writeConfig = (code: string, name = 'contract.config.mjs'): string => {
  const file = join(makeTemporaryFolder(), name);
  writeFileSync(file, code);
  return file;
};
const load = (config: unknown): Promise<Project | undefined> =>
  loadProject({ configFile: writeConfig(`export default ${JSON.stringify(config)};`) });
const projectWith = (config: Partial<ContractConfig>): Project =>
  new Project('/shop/contract.config.ts', { spec: 'openapi.yaml', ...config });

describe('loadProject', () => {
  it('finds the config of the folder, and of no folder above', async () => {
    const cwd = makeTemporaryFolder();
    const below = join(cwd, 'below');
    mkdirSync(below);
    writeFileSync(join(cwd, 'contract.config.mjs'), "export default { spec: 'openapi.yaml' };");
    expect((await loadProject({ cwd }))?.config).toEqual({ spec: 'openapi.yaml' });
    expect(await loadProject({ cwd: below })).toBeUndefined();
  });

  it('takes the one that is named, with paths from its folder', async () => {
    const configFile = writeConfig("export default { spec: 'openapi.yaml', generated: 'code' };");
    const project = await loadProject({ configFile: relative('', configFile) });
    expect(project?.generated).toBe(join(configFile, '../code'));
  });

  it.each([
    [{ spec: 'a.yaml', overlays: 'b.yaml' }, /: overlays is "b\.yaml", expected a list\.$/],
    [{ spec: 'a.yaml', allowRemoteRefs: 'yes' }, /: allowRemoteRefs is "yes", expected true or false\.$/],
    [{ spce: 'a.yaml' }, /: spce is not a key of a config, expected one of spec, .+ Did you mean spec\?$/],
    [
      { spec: 'a.yaml', gates: { onw: [] } },
      /: gates\.onw is not a key of a config, expected one of own, skip, severities, ignore\. Did you mean own\?$/,
    ],
    [{}, /: spec is missing\. Add it\.$/],
    [{ spec: 7 }, /: spec is 7, expected a text that is not empty\.$/],
    [{ spec: '' }, /: spec is "", expected a text/],
    [[], /: the default export is \[\], expected an object\.$/],
    [{ spec: 'a', typeCheck: 'tsconfig.json' }, /: typeCheck is "tsconfig\.json", expected a list\.$/],
    [{ spec: 'a', typeCheck: ['a', null] }, /: typeCheck\[1\] is null, expected a text/],
    [
      { spec: 'a', verify: { states: [{ state: 'a', replace: { form: { b: 1 } } }] } },
      /: verify\.states\[0\]\.replace\.form\.b is 1, expected a text/,
    ],
    [
      { spec: 'a', verify: { states: [{ state: 'a', wrties: 'b' }] } },
      /: verify\.states\[0\]\.wrties is not a key .+ Did you mean writes\?$/,
    ],
    [
      { spec: 'a', gates: { severities: { 'spec.lint': 'info' } } },
      /: gates\.severities\.spec\.lint is "info", expected one of error, warning, off\.$/,
    ],
    [
      { spec: 'a', gates: { ignore: [{ code: 'spec.lint' }] } },
      /: gates\.ignore\[0\]\.reason is missing\. Add it\.$/,
    ],
    [
      { spec: 'a', gates: { ignore: [{ code: 'spec.lnit', reason: 'known' }] } },
      /: gates\.ignore\[0\]\.code is "spec\.lnit", expected one of /,
    ],
    [{ spec: 'a', states: { 'a train runs': 7 } }, /: states\.a train runs is 7, expected a text/],
    [
      { spec: 'a', gates: { severities: { 'spec.lnit': 'error' } } },
      /: gates\.severities\.spec\.lnit is not a key .+ Did you mean spec\.lint\?$/,
    ],
    [
      { spec: 'a', gates: { own: [{ name: 'a', subject: 'b', standard: 'c' }] } },
      /own\[0\]\.load is missing/,
    ],
  ])('refuses %j, with the place', async (config, message) => {
    const failure = await load(config).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SetupError);
    expect((failure as Error).message).toMatch(message);
    expect((failure as Error).message).toMatch(/^\S+contract\.config\.mjs: /);
  });

  it.each([
    ['replace', { query: { t: '{SHOP_TOKNE}' } }],
    ['needs', 'SHOP_TOKNE'],
    ['excludes', 'SHOP_TOKNE'],
    ['spends', 'SHOP_TOKNE'],
  ])('refuses a variable in %s that it does not know, since nothing would mask it', async (key, value) => {
    const verify = {
      variables: { SHOP_TOKEN: { purpose: 'orders' } },
      states: [{ state: 'a', [key]: value }],
    };
    await expect(load({ spec: 'a', verify })).rejects.toThrow(
      /: verify\.states\[0\] names the variable SHOP_TOKNE, .+ Did you mean SHOP_TOKEN\? Add it there/,
    );
  });

  it('refuses a credential whose variable is none of the config, and takes one that is', async () => {
    const variables = { SHOP_TOKEN: { purpose: 'orders' } };
    const verify = (name: string) => ({ variables, credentials: { key: name } });
    await expect(load({ spec: 'a', verify: verify('SHOP_TOKNE') })).rejects.toThrow(
      /: verify\.credentials\.key names the variable SHOP_TOKNE, .+ Did you mean SHOP_TOKEN\? Add it there/,
    );
    await expect(load({ spec: 'a', verify: verify('SHOP_TOKEN') })).resolves.toBeDefined();
  });

  it.each([
    ['throw new Error("no");', /^Cannot load \S+contract\.config\.mjs: no\. Correct it\.$/],
    ['import "./nowhere.mjs"; export default {};', /^Cannot load \S+contract\.config\.mjs: .*nowhere\.mjs/],
    ['export const config = {};', /contract\.config\.mjs has no default export, expected one: /],
  ])('says what is wrong with the file %j', async (code, message) => {
    const failure = await loadProject({ configFile: writeConfig(code) }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SetupError);
    expect((failure as Error).message).toMatch(message);
  });

  it.each(["import 'node:fs';", 'export default {};'])('says how a file becomes a module: %s', (code) => {
    const folder = makeTemporaryFolder();
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
    writeFileSync(join(folder, 'contract.config.js'), code);
    // In a process of its own: vitest loads all that is imported as modules.
    const { status, stderr } = spawnSync(process.execPath, [resolve('scripts/cli.ts'), 'check'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(
        /takes it for CommonJS\. Rename it to contract\.config\.mjs, or write "type": "module" into package\.json\.\n$/,
      ),
    ]);
  });

  it('refuses a --config that is not there', async () => {
    await expect(loadProject({ configFile: 'nope.ts' })).rejects.toThrow(
      new SetupError('--config is "nope.ts", and there is no such file. Name a contract.config.ts.'),
    );
  });
});

describe('Project', () => {
  const missing = projectWith({
    pacts: 'pacts',
    typeCheck: ['tsconfig.json'],
    lint: { config: 'redocly.yaml' },
  });

  it.each([
    ['spec', 'openapi.yaml', () => missing.specFile],
    ['pacts', 'pacts', () => missing.pacts],
    ['typeCheck[0]', 'tsconfig.json', () => missing.typeCheck],
    ['lint.config', 'redocly.yaml', () => missing.lintConfig],
  ])('names the path of %s that does not exist', (key, path, read) => {
    expect(read).toThrow(
      new SetupError(
        `/shop/contract.config.ts: ${key} is "${path}", and /shop/${path} does not exist. Correct the path.`,
      ),
    );
  });

  it('names a part that is missing and needed', () => {
    expect(() => missing.pactFile).toThrow(
      '/shop/contract.config.ts: consumer is missing, and this needs it.',
    );
  });

  it.each([
    ['contract-kit generate --check', 'npm run generate'],
    ['prisma generate', 'npx contract-kit generate'],
  ])('runs generate, where the script of that name is "%s", as "%s"', (script, command) => {
    const folder = makeTemporaryFolder();
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { generate: script } }));
    const project = new Project(join(folder, 'contract.config.ts'), { spec: 'openapi.yaml' });
    expect(project.formatCommand('generate')).toBe(command);
  });

  it('keeps the variables that hold secrets, and no others, from a process', () => {
    const variables = { TOKEN: { purpose: 'a' }, ID: { purpose: 'b', isPublic: true } };
    const env = { TOKEN: 'secret', ID: '7', PATH: '/bin' };
    expect(projectWith({ verify: { variables } }).withoutSecrets(env)).toEqual({ ID: '7', PATH: '/bin' });
  });
});

describe('listGates', () => {
  const finding: Finding = { code: 'spec.lint', severity: 'error', message: 'No.', at: { file: 'a' } };
  const own = (name: string, after?: string): OwnGate => ({
    name,
    subject: 'shop',
    standard: 'rules',
    ...(after && { after }),
    load: async () => ({ run: async () => [finding] }),
  });
  const namesOf = (gates: ContractConfig['gates'], config: Partial<ContractConfig> = {}): string[] =>
    listGates(projectWith({ ...config, ...(gates && { gates }) })).map(({ name }) => name);

  it('lists those that the config has the parts for', () => {
    const ofSpec = ['spec-lint', 'spec-version', 'mock-against-spec'];
    expect(namesOf({})).toEqual(ofSpec);
    expect(namesOf({}, { generated: 'a' })).toEqual(expect.arrayContaining(['generated-fresh', ...ofSpec]));
  });

  it('puts own gates where they say, also after one that is not run, and leaves out what is skipped', () => {
    expect(namesOf({ own: [own('last'), own('first', 'types')], skip: ['spec-version'] })).toEqual([
      'spec-lint',
      'first',
      'mock-against-spec',
      'last',
    ]);
  });

  it.each([
    [{ own: [own('types')] }, 'gates.own[0].name is "types", which another gate has.'],
    [{ own: [own('a', 'spec-lnit')] }, 'gates.own[0].after is "spec-lnit", expected one of spec-lint, '],
    [{ skip: ['spec-lnit'] }, 'gates.skip[0] is "spec-lnit", expected one of spec-lint, '],
  ])('refuses a name that is wrong: %#', (gates, message) => {
    expect(() => namesOf(gates)).toThrow(`/shop/contract.config.ts: ${message}`);
  });

  it('runs them, and rates findings as the config says', async () => {
    const project = projectWith({ gates: { own: [own('mine')], severities: { 'spec.lint': 'warning' } } });
    const gates = listGates(project).filter(({ name }) => name === 'mine');
    const [result] = await runGates(gates, { project } as Parameters<typeof runGates>[1]);
    expect(result?.findings).toEqual([{ ...finding, severity: 'warning' }]);
  });
});
