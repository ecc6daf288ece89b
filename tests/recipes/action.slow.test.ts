import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeGitHub, serveGitHub } from '../github/fake-github.ts';
import type { Project } from '../package/project.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { createToolkitProject, type Ending, readYaml, runScript, type Step } from './recipe.ts';

interface Action {
  inputs: Record<string, { description: string; default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
}

const action = readYaml<Action>('action.yml');
const { steps } = action.runs;
const stepOf = (id: string): Step => steps.find((step) => step.id === id) ?? {};

const spec =
  'openapi: 3.1.0\ninfo: {title: Shop, version: 1.0.0}\npaths:\n  /orders:\n    get:\n      operationId: listOrders\n      responses:\n        "200":\n          description: All orders.\n          content:\n            application/json:\n              schema: {type: array, items: {type: string}}\n              example: [a]\n';
const pact = (path: string): string =>
  JSON.stringify({
    consumer: { name: 'web' },
    provider: { name: 'shop' },
    interactions: [{ description: 'orders', request: { method: 'GET', path }, response: { status: 200 } }],
    metadata: { pactSpecification: { version: '3.0.0' } },
  });

let project: Project;

beforeAll(() => {
  project = createToolkitProject();
  project.write('shop.yaml', spec);
  project.write('good.json', pact('/orders'));
  project.write('bad.json', pact('/odrers'));
}, 120_000);

afterAll(() => project.remove());

interface ActionRun extends Ending {
  outputs: Record<string, string>;
  summary: string;
}

/** Runs a step of the action as a runner does, with its own environment and the inputs put in. */
async function runStep(
  id: string,
  inputs: Record<string, string> = {},
  {
    env = {},
    folder = project.folder,
    paths = [],
  }: { env?: Record<string, string>; folder?: string; paths?: string[] } = {},
): Promise<ActionRun> {
  const files = makeTemporaryFolder();
  const [output, summary] = [join(files, 'output'), join(files, 'summary')];
  writeFileSync(output, '');
  writeFileSync(summary, '');
  const { GITHUB_TOKEN: token = '', ...rest } = env;
  const given = Object.entries(stepOf(id).env ?? {}).map(([name, expression]) => {
    const [, input = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
    const value = name === 'GITHUB_TOKEN' ? (inputs.comment === 'true' ? token : '') : inputs[input];
    return [name, value ?? action.inputs[input]?.default ?? ''];
  });
  const ending = await runScript(stepOf(id).run ?? '', {
    folder,
    paths,
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: folder,
      ...rest,
      GITHUB_ACTION_PATH: resolve('.'),
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: files,
      ...Object.fromEntries(given),
    },
  });
  const lines = readFileSync(output, 'utf8').trim().split('\n');
  const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
  return { ...ending, outputs, summary: readFileSync(summary, 'utf8') };
}

/** Puts a program before all others that notes how it is called. */
function fakeProgram(name: string, script = ''): { paths: string[]; calls: () => string[] } {
  const folder = makeTemporaryFolder();
  const log = join(folder, 'calls');
  writeFileSync(log, '');
  writeFileSync(join(folder, name), `#!/bin/sh\nprintf '%s\\n' "$*" >> '${log}'\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  return { paths: [folder], calls: () => readFileSync(log, 'utf8').trimEnd().split('\n') };
}

describe('action.yml', () => {
  it('puts no input into a script, where it would be run as code', () => {
    for (const { run = '' } of steps) {
      expect(run).not.toContain('${{');
    }
    expect(steps.filter(({ run }) => run !== undefined).map(({ shell }) => shell)).toEqual(['bash', 'bash']);
  });

  it('pins each action by its commit, and says which version that is', () => {
    const lines = readFileSync('action.yml', 'utf8')
      .split('\n')
      .filter((line) => line.includes('uses:'));
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatch(/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it('gives each input to a step, and each output from one', () => {
    const text = JSON.stringify(steps);
    expect(Object.keys(action.inputs).filter((name) => !text.includes(`inputs.${name} `))).toEqual([]);
    const given = Object.values(action.outputs).map(({ value }) => value);
    expect(given).toEqual(Object.keys(action.outputs).map((name) => `\${{ steps.check.outputs.${name} }}`));
  });

  it('gives its token to the check only where it is to write a comment', () => {
    expect(stepOf('check').env?.GITHUB_TOKEN).toBe(`\${{ inputs.comment == 'true' && inputs.token || '' }}`);
  });

  it('keeps the reports of a check that failed', () => {
    expect(steps.at(-1)?.if).toMatch(/^\$\{\{ !cancelled\(\) && /);
  });
});

describe('the step "check"', () => {
  it('checks a pact, and writes all reports and the summary', async () => {
    const run = await runStep('check', { document: 'shop.yaml', pact: 'good.json' });
    expect(run).toMatchObject({ exitCode: 0, outputs: { 'exit-code': '0' } });
    expect(run.log).toMatch(/^3 gates passed, 0 failed, 0 findings/m);
    const { html = '', sarif = '', junit = '', folder = '' } = run.outputs;
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>/);
    expect(JSON.parse(readFileSync(sarif, 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(junit, 'utf8')).toMatch(/^<\?xml /);
    expect([html, sarif, junit].every((file) => file.startsWith(`${folder}/`))).toBe(true);
    expect(run.summary).toMatch(/^## Contract check\n/);
  });

  it('fails where something is found, annotates it, and writes the reports all the same', async () => {
    const run = await runStep('check', { document: 'shop.yaml', pact: 'bad.json' });
    expect(run).toMatchObject({ exitCode: 1, outputs: { 'exit-code': '1' } });
    expect(run.log).toMatch(/^::error file=bad\.json,line=\d+,/m);
    expect(readFileSync(run.outputs.html ?? '', 'utf8')).toContain('pact.unchecked');
  });

  it('exits with 2 for a wrong input', async () => {
    const run = await runStep('check', { document: 'shop.yaml', 'fail-on': 'nothing' });
    expect(run).toMatchObject({ exitCode: 2, outputs: { 'exit-code': '2' } });
    expect(run.log).toContain('--fail-on is "nothing", expected error or warning.');
  });

  it('passes further options on, one a line', async () => {
    const inputs = { document: 'shop.yaml', pact: 'bad.json', args: '--only=pact-rules\n\n--all' };
    expect((await runStep('check', inputs)).log).toContain('Running 1 gate …');
  });

  it.each(['$(touch made)', '"; touch made; "', '`touch made`', '--html=made', '-- made'])(
    'runs nothing of the input %j as code, and takes it for no option',
    async (text) => {
      const run = await runStep('check', { document: text, pact: text, base: text });
      expect(run.exitCode).toBe(2);
      expect(() => readFileSync(join(project.folder, 'made'))).toThrow(/ENOENT/);
    },
  );

  it('finds the toolkit in a workspace above', async () => {
    const folder = join(project.folder, 'packages/web');
    mkdirSync(folder, { recursive: true });
    const inputs = { document: '../../shop.yaml', pact: '../../good.json' };
    expect(await runStep('check', inputs, { folder })).toMatchObject({ exitCode: 0 });
  });

  it('takes the published toolkit where the project has none, at the version of the action', async () => {
    const { version } = JSON.parse(readFileSync('scripts/package.json', 'utf8'));
    const npx = fakeProgram('npx', 'exit 1');
    const settings = { folder: makeTemporaryFolder(), paths: npx.paths };
    expect((await runStep('check', { document: 'shop.yaml' }, settings)).exitCode).toBe(1);
    await runStep('check', { version: '9.8.7' }, settings);
    expect(npx.calls()).toEqual([
      expect.stringMatching(
        `^--yes --package openapi-contract-kit@${version} -- contract-kit check --html=.+ --spec=shop.yaml --fail-on=error$`,
      ),
      expect.stringMatching('^--yes --package openapi-contract-kit@9.8.7 -- contract-kit check '),
    ]);
  });

  it('takes the version that is asked for, also where the project has the toolkit', async () => {
    const npx = fakeProgram('npx', 'exit 1');
    await runStep('check', { version: '9.8.7' }, { paths: npx.paths });
    expect(npx.calls()).toEqual([expect.stringContaining('openapi-contract-kit@9.8.7')]);
  });
});

describe('the comment of the step "check"', () => {
  const check = (
    { env }: Pick<FakeGitHub, 'env'>,
    name: string,
    inputs: Record<string, string> = { comment: 'true' },
  ): Promise<ActionRun> => {
    const { GITHUB_WORKSPACE: _, ...rest } = env;
    // The same pact for a reader of the comment, so that it is one comment.
    project.write('pact.json', readFileSync(join(project.folder, name), 'utf8'));
    return runStep('check', { document: 'shop.yaml', pact: 'pact.json', ...inputs }, { env: rest });
  };

  it('is written, and updated in place', async () => {
    const github = await serveGitHub();
    expect((await check(github, 'bad.json')).exitCode).toBe(1);
    expect(github.comments).toMatchObject([{ body: expect.stringContaining('### ❌ Contract check:') }]);
    expect(github.comments[0]?.body).toContain('blob/c0ffee/pact.json#L1"');
    expect((await check(github, 'good.json')).exitCode).toBe(0);
    expect(github.comments).toMatchObject([{ body: expect.stringContaining('### ✅ Contract check:') }]);
  });

  it('is not written unless it is asked for', async () => {
    const github = await serveGitHub();
    await check(github, 'bad.json', {});
    expect(github.requests).toEqual([]);
  });

  it.each([
    ['a token that may not, as that of a pull request from a fork', { refuses: 403 }, {}],
    ['no token', {}, { GITHUB_TOKEN: '' }],
    ['no pull request', {}, { GITHUB_EVENT_PATH: '/dev/null' }],
  ])('changes no exit code, with %s', async (_, settings, env) => {
    const github = await serveGitHub(settings);
    const run = await check({ env: { ...github.env, ...env } }, 'good.json');
    const red = await check({ env: { ...github.env, ...env } }, 'bad.json');
    expect([run.exitCode, red.exitCode]).toEqual([0, 1]);
    expect(red.log).toMatch(/^No comment at GitHub: .+\.$/m);
    expect(github.comments).toEqual([]);
  });
});

describe('the step "node"', () => {
  it.each([
    ['v22.11.0', 'false'],
    ['v20.19.5', 'false'],
    ['v22.12.0', 'true'],
    ['v24.0.0', 'true'],
  ])('says of Node.js %s whether it suits: %s', async (version, suits) => {
    // A Node.js that says that it is another version.
    const preload = join(makeTemporaryFolder(), 'version.cjs');
    writeFileSync(
      preload,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version.slice(1)}' } });`,
    );
    const run = await runStep('node', {}, { env: { NODE_OPTIONS: `--require=${preload}` } });
    expect(run.outputs).toEqual({ suits });
  });

  it('says that it does not where there is none', async () => {
    const node = fakeProgram('node', 'exit 127');
    expect((await runStep('node', {}, { paths: node.paths })).outputs).toEqual({ suits: 'false' });
  });
});

it('action.sh refuses anything else than a step of the action', async () => {
  const script = `bash '${resolve('scripts/github/action.sh')}' chekc`;
  expect(await runScript(script, { folder: project.folder, env: {} })).toEqual({
    exitCode: 2,
    log: 'Usage: action.sh node|check\n',
  });
});
