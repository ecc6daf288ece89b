import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFiles } from '../../scripts/init/plan.ts';
import { fixtures, makeProject, openAnswers, readFiles, runInitIn } from './run-init.ts';

describe('init, in an empty folder,', () => {
  it('writes a config, the spec, its overlay, a test file an operation, scripts and a workflow', async () => {
    const folder = makeProject();
    expect(await runInitIn(folder)).toMatchObject({ exitCode: 0, error: undefined });
    expect(Object.keys(readFiles(folder)).sort()).toEqual([
      '.github/workflows/contract.yaml',
      '.gitignore',
      'contract.config.ts',
      'contracts/cancel-order.contract.ts',
      'contracts/get-order.contract.ts',
      'contracts/list-bicycles.contract.ts',
      'contracts/overlay.yaml',
      'contracts/place-order.contract.ts',
      'contracts/setup/consumer.ts',
      'contracts/setup/pact-folder.ts',
      'contracts/shop.yaml',
      'contracts/tsconfig.json',
      'contracts/vitest.config.ts',
      'package.json',
    ]);
  });

  it('installs, then generates, writes the pact and checks, and ends with numbered steps', async () => {
    const { ran, stdout } = await runInitIn(makeProject());
    expect(ran).toEqual(['npm install', 'generate', 'contract', 'check']);
    expect(stdout).toMatch(/The contract is green: \d+ consumer tests of 4 operations/);
    expect(stdout).toMatch(/Next steps:\n {2}1\. .+\n {2}2\. /);
  });

  it('changes nothing when it runs again', async () => {
    const folder = makeProject();
    await runInitIn(folder);
    const before = readFiles(folder);
    const again = await runInitIn(folder);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stdout).not.toMatch(/^(?:new|edited|different)/m);
    expect(readFiles(folder)).toEqual(before);
  });

  it('writes nothing with --dry-run, and lists what it would write', async () => {
    const folder = makeProject();
    const { exitCode, stdout, ran } = await runInitIn(folder, { 'dry-run': true });
    expect({ exitCode, ran, files: readFiles(folder) }).toEqual({ exitCode: 0, ran: [], files: {} });
    expect(stdout).toMatch(/^new +contracts\/get-order\.contract\.ts$/m);
  });

  it('says what to run with --no-install, and runs nothing', async () => {
    const { exitCode, stdout, ran } = await runInitIn(makeProject(), { 'no-install': true });
    expect({ exitCode, ran }).toEqual({ exitCode: 0, ran: [] });
    expect(stdout).toMatch(/1\. Run npm install\.\n {2}2\. Run npm run generate\./);
  });
});

describe('init, in a project,', () => {
  it('keeps order, indentation and scripts of its package.json, and takes other names for its own', async () => {
    const manifest = `{\n\t"version": "3.0.0",\n\t"name": "@acme/web",\n\t"scripts": {\n\t\t"generate": "prisma generate"\n\t},\n\t"type": "module",\n\t"dependencies": {\n\t\t"vitest": "4.0.0"\n\t}\n}`;
    const folder = makeProject({ 'package.json': manifest });
    const { stdout } = await runInitIn(folder, { consumer: undefined });
    const text = readFiles(folder)['package.json'] ?? '';
    expect(Object.keys(JSON.parse(text))).toEqual([
      'version',
      'name',
      'scripts',
      'type',
      'dependencies',
      'devDependencies',
    ]);
    expect(JSON.parse(text)).toMatchObject({
      scripts: {
        generate: 'prisma generate',
        'contract:generate': 'contract-kit generate',
        check: 'contract-kit check',
      },
      dependencies: { vitest: '4.0.0' },
    });
    expect(JSON.parse(text).devDependencies).not.toHaveProperty('vitest');
    expect(text).toMatch(/^\{\n\t"version"/);
    expect(text.endsWith('}')).toBe(true);
    expect(stdout).not.toMatch(/npm run generate/);
    expect(readFiles(folder)['contract.config.ts']).toMatch("consumer: 'web'");
  });

  it.each([
    ['pnpm-lock.yaml', 'pnpm install', /- run: pnpm install --frozen-lockfile\n {6}- run: pnpm run check/],
    ['yarn.lock', 'yarn install', /- run: yarn install --frozen-lockfile\n {6}- run: yarn run check/],
    ['package-lock.json', 'npm install', /cache: npm\n {6}- run: npm ci\n {6}- run: npm run check/],
  ])('takes the package manager of its %s', async (lockFile, install, workflow) => {
    const folder = makeProject({ 'package.json': '{}', [lockFile]: '' });
    const { ran } = await runInitIn(folder);
    expect(ran[0]).toBe(install);
    expect(readFiles(folder)['.github/workflows/contract.yaml']).toMatch(workflow);
  });

  it.each([[{}], [{ type: 'commonjs' }]])(
    'makes modules of its own files where the package says %j',
    async (manifest) => {
      const folder = makeProject({ 'package.json': JSON.stringify(manifest) });
      await runInitIn(folder);
      const files = readFiles(folder);
      expect(files['contracts/package.json']).toBe('{ "type": "module" }\n');
      expect(files).toHaveProperty(['contract.config.mts']);
      expect(files).not.toHaveProperty(['contract.config.ts']);
    },
  );

  it('references a spec that is in the project', async () => {
    const folder = makeProject({ 'api/openapi.yaml': readFiles(fixtures)['shop.yaml'] ?? '' });
    await runInitIn(folder, { spec: join(folder, 'api/openapi.yaml') });
    const files = readFiles(folder);
    expect(files['contract.config.ts']).toMatch("spec: 'api/openapi.yaml'");
    expect(files).not.toHaveProperty(['contracts/openapi.yaml']);
  });

  it('adds lines to its .gitignore once', async () => {
    const folder = makeProject({ '.gitignore': '/node_modules\ndist' });
    await runInitIn(folder);
    await runInitIn(folder);
    expect(readFiles(folder)['.gitignore']).toBe('/node_modules\ndist\nreports/\n');
  });

  it.each([
    [{}, true],
    [{ include: ['src'] }, false],
    [{ compilerOptions: { allowImportingTsExtensions: true, noEmit: true } }, false],
  ])('says what its tsconfig.json needs, where that compiles the contract: %j', async (config, isTold) => {
    const folder = makeProject({ 'tsconfig.json': JSON.stringify(config), 'src/index.ts': '' });
    const { stdout } = await runInitIn(folder);
    expect(stdout.includes('Your tsconfig.json compiles contracts/')).toBe(isTold);
  });

  it('writes no workflow below the top of a repository, unless it is told to', async () => {
    const top = makeProject({ '.git/HEAD': '', 'packages/web/package.json': '{}' });
    const folder = join(top, 'packages/web');
    await runInitIn(folder);
    expect(Object.keys(readFiles(folder)).filter((path) => path.startsWith('.github'))).toEqual([]);
    await runInitIn(folder, { ci: 'github' });
    expect(readFiles(folder)).toHaveProperty(['.github/workflows/contract.yaml']);
  });
});

describe('init, with files in the way,', () => {
  const withOwnFile = (): string => makeProject({ 'contracts/tsconfig.json': '{}' });

  it('writes nothing where nobody can be asked, and names them', async () => {
    const folder = withOwnFile();
    const { error, ran } = await runInitIn(folder);
    expect(error).toMatch(/Nothing was written.*--force.*\n {2}contracts\/tsconfig\.json$/s);
    expect(ran).toEqual([]);
    expect(readFiles(folder)).toEqual({ 'contracts/tsconfig.json': '{}' });
  });

  it('overwrites them with --force', async () => {
    const folder = withOwnFile();
    expect(await runInitIn(folder, { force: true })).toMatchObject({ exitCode: 0 });
    expect(readFiles(folder)['contracts/tsconfig.json']).toMatch('compilerOptions');
  });

  it.each([
    ['keep', '{}', true],
    ['overwrite', expect.stringMatching('compilerOptions'), true],
    ['stop', '{}', false],
  ])('asks in a terminal: %s', async (answer, text, isWritten) => {
    const folder = withOwnFile();
    const openPrompt = openAnswers(['', '', '', '', answer]);
    await runInitIn(folder, { consumer: undefined }, { openPrompt });
    const files = readFiles(folder);
    expect(files['contracts/tsconfig.json']).toEqual(text);
    expect(Object.hasOwn(files, 'contract.config.ts')).toBe(isWritten);
  });

  it('names what is no file', async () => {
    const folder = makeProject({ '.gitignore/x': '' });
    const { error } = await runInitIn(folder);
    expect(error).toMatch(/^Cannot read .*\.gitignore: EISDIR/);
    expect(readFiles(folder)).toEqual({ '.gitignore/x': '' });
  });

  it('leaves all as it was if one file cannot be written', () => {
    const folder = makeProject({ changed: 'before' });
    const paths = ['new', 'changed', 'a', 'a/b'];
    expect(() =>
      writeFiles(
        folder,
        paths.map((path) => ({ path, text: 'after' })),
      ),
    ).toThrow(/^Cannot write a: .* Nothing was written\./);
    expect(readFiles(folder)).toEqual({ changed: 'before' });
  });
});

describe('init, asked and told,', () => {
  it('asks for what no option says, and nothing with --yes', async () => {
    const questions: string[] = [];
    const openPrompt = openAnswers(['', 'portal', 'bikes', 'none'], questions);
    const folder = makeProject();
    await runInitIn(folder, { consumer: undefined }, { openPrompt });
    expect(questions).toHaveLength(4);
    expect(readFiles(folder)['contract.config.ts']).toMatch(/consumer: 'portal',\n {2}provider: 'bikes'/);
    await runInitIn(makeProject(), { yes: true }, { openPrompt });
    expect(questions).toHaveLength(4);
  });

  it('takes names and folder from its options', async () => {
    const folder = makeProject();
    await runInitIn(folder, { consumer: 'portal', provider: 'bikes', folder: 'api/contract', ci: 'none' });
    const files = readFiles(folder);
    expect(files['contract.config.ts']).toMatch("pacts: 'api/contract/pacts'");
    expect(files['api/contract/setup/pact-folder.ts']).toMatch("'../../../reports/pacts'");
    expect(files['api/contract/vitest.config.ts']).toMatch("cacheDir: '../../node_modules/.vite'");
    expect(files['api/contract/setup/consumer.ts']).toMatch(/consumer: 'portal',\n {2}provider: 'bikes'/);
    expect(Object.keys(files).filter((path) => path.startsWith('.github'))).toEqual([]);
  });

  it.each([
    [{ spec: undefined }, /init needs your OpenAPI document/],
    [{ ci: 'jenkins' }, /--ci is "jenkins", expected github or none/],
    [{ folder: '../elsewhere' }, /--folder is "\.\.\/elsewhere"/],
    [{ folder: '/etc' }, /--folder is "\/etc"/],
    [{ consumer: '../../x' }, /--consumer is "\.\.\/\.\.\/x"/],
    [{ 'package-manager': 'bun' }, /--package-manager is "bun", expected npm or pnpm or yarn/],
  ])('refuses %j', async (options, message) => {
    const folder = makeProject();
    const { error } = await runInitIn(folder, options);
    expect(error).toMatch(message);
    expect(readFiles(folder)).toEqual({});
  });

  it('refuses a package.json that is not valid', async () => {
    const { error } = await runInitIn(makeProject({ 'package.json': '{' }));
    expect(error).toMatch(/package\.json is not valid JSON/);
  });

  it('reports what is wrong with a document, and writes nothing', async () => {
    const folder = makeProject();
    const spec = join(makeProject({ 'openapi.yaml': 'title: no document' }), 'openapi.yaml');
    const { exitCode, stdout } = await runInitIn(folder, { spec });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/error spec\.unreadable: /);
    expect(readFiles(folder)).toEqual({});
  });
});

describe('init, where a step fails,', () => {
  it('says what to run after an install that failed', async () => {
    const exitCodeOf = (word: string): number => (word === 'install' ? 1 : 0);
    const { error, ran } = await runInitIn(makeProject(), {}, { exitCodeOf });
    expect(error).toBe(
      'npm install failed. The files are written. Run it again, then npm run generate, npm run contract and npm run check.',
    );
    expect(ran).toEqual(['npm install']);
  });

  it.each([
    [1, 1],
    [2, 2],
  ] as const)('ends with the exit code of a check that ends with %i', async (code, expected) => {
    const exitCodeOf = (word: string): number => (word === 'check' ? code : 0);
    const { exitCode, stdout } = await runInitIn(makeProject(), {}, { exitCodeOf });
    expect(exitCode).toBe(expected);
    expect(stdout).toMatch('npm run check is not green');
    expect(stdout).not.toMatch('Next steps');
  });
});
