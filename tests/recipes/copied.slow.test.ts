import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findFreePort } from '../../scripts/dev/bench/load.ts';
import { startMock } from '../../scripts/mock/index.ts';
import { serveGitHub } from '../github/fake-github.ts';
import { createProject, type Project } from '../package/project.ts';
import { createToolkitProject, type Ending, fillIn, readYaml, runScript, type Step } from './recipe.ts';

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { permissions?: Record<string, string>; steps: Step[]; 'timeout-minutes'?: number }>;
}

const workflows = ['github.yml', 'contract-watch.yml'].map((name) => `examples/ci/${name}`);

describe.each(workflows)('%s', (file) => {
  const { permissions, jobs } = readYaml<Workflow>(file);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('says why it needs each right', () => {
    const named = [permissions, ...Object.values(jobs).map((job) => job.permissions ?? {})];
    const rights = named.flatMap((rights) => Object.entries(rights));
    expect(rights.length).toBeGreaterThan(0);
    for (const [right, level] of rights) {
      expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^ +${right}: ${level} # .{10}`, 'm'));
    }
  });

  it('puts no value into a script, where it would be run as code', () => {
    expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });

  it('pins each action, keeps no credentials in the checkout, and ends after some time', () => {
    for (const { uses } of steps.filter((step) => step.uses !== undefined)) {
      expect(uses).toMatch(/@(?:[0-9a-f]{40}|COMMIT)$/);
    }
    const [checkout] = steps;
    expect(checkout?.with).toMatchObject({ 'persist-credentials': false });
    expect(Object.values(jobs).filter((job) => job['timeout-minutes'] === undefined)).toEqual([]);
  });
});

it('the workflow for GitHub has inputs that the action has', () => {
  const { jobs } = readYaml<Workflow>('examples/ci/github.yml');
  const { inputs } = readYaml<{ inputs: object }>('action.yml');
  const step = jobs.check?.steps.find(({ uses = '' }) => uses.startsWith('OWNER/'));
  expect(Object.keys(step?.with ?? {})).toEqual(['base', 'comment']);
  expect(inputs).toMatchObject({ base: {}, comment: {} });
});

describe('the contract watch', () => {
  const step = readYaml<Workflow>('examples/ci/contract-watch.yml').jobs.verify?.steps.at(-1) ?? {};
  const secrets = { NEXUDUS_USERNAME: 'ada@shop.example', NEXUDUS_PASSWORD: 'sekret%1\nsekret-2' };

  const watch = async (baseUrl: string, given: Record<string, string> = secrets) => {
    const github = await serveGitHub();
    const values = {
      'vars.NEXUDUS_BASE_URL': baseUrl,
      'github.token': github.env.GITHUB_TOKEN ?? '',
      ...Object.fromEntries(Object.keys(secrets).map((name) => [`secrets.${name}`, given[name] ?? ''])),
    };
    const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, fillIn(value, values)]);
    const run = (): Promise<Ending> =>
      runScript(step.run ?? '', {
        folder: resolve('.'),
        env: { ...github.env, ...Object.fromEntries(env) },
        paths: [resolve('node_modules/.bin')],
      });
    return { github, run };
  };

  it('is green where the provider keeps the contract, opens an issue where not, and closes it again', async () => {
    const mock = await startMock();
    onTestFinished(mock.close);
    // The mock tells nobody apart; these are answers to what has expired.
    const expired = [
      ['getMediaToken', 401],
      ['getOneTimeToken', 401],
      ['downloadInvoicePdf', 401],
      ['redirectToServerPage', 401],
    ] as const;
    const right = () => {
      mock.reset();
      for (const [operationId, status] of expired) {
        mock.force({ operationId, status, times: 'always' });
      }
    };
    right();
    const { github, run } = await watch(mock.url);
    const kept = await run();
    expect(kept.log).toMatch(/^\d+ of \d+ interactions replayed, 0 findings$/m);
    expect(kept.exitCode).toBe(0);
    expect(github.issues).toEqual([]);

    mock.force({ operationId: 'getBearerToken', status: 400, times: 'always' });
    const broken = await run();
    expect(broken.exitCode).toBe(1);
    expect(github.issues).toMatchObject([
      { title: 'nexudus-api no longer keeps the contract', state: 'open', labels: ['contract-watch'] },
    ]);

    right();
    expect((await run()).exitCode).toBe(0);
    expect(github.issues).toMatchObject([{ state: 'closed' }]);
  });

  it('has GitHub mask each secret, line by line and in base64, and prints none otherwise', async () => {
    const mock = await startMock();
    onTestFinished(mock.close);
    const { run } = await watch(mock.url);
    const { log } = await run();
    const masks = log.split('\n').filter((line) => line.startsWith('::add-mask::'));
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    expect(masks.sort()).toEqual(
      [
        secrets.NEXUDUS_USERNAME,
        base64(secrets.NEXUDUS_USERNAME),
        'sekret%251',
        'sekret-2',
        base64(secrets.NEXUDUS_PASSWORD),
      ]
        .map((text) => `::add-mask::${text}`)
        .sort(),
    );
    expect(log.replaceAll(/^::add-mask::.*$/gm, '')).not.toMatch(/sekret|ada@/);
  });

  it('is red where a secret is missing, so that nobody takes that for success', async () => {
    const mock = await startMock();
    onTestFinished(mock.close);
    const { github, run } = await watch(mock.url, {});
    const { exitCode, log } = await run();
    expect(exitCode).toBe(1);
    expect(log).toMatch(/provider\.unverified: "a sign-in with a password" .+ is required, and was left out/);
    expect(log).not.toContain('::add-mask::');
    expect(github.issues).toHaveLength(1);
  });

  it('is red and leaves the issue alone where the provider cannot be reached', async () => {
    const { github, run } = await watch('http://127.0.0.1:9');
    const { exitCode, log } = await run();
    expect(exitCode).toBe(2);
    expect(log).toContain('Check --base-url.');
    expect(github.issues).toEqual([]);
  });
});

const spec =
  'openapi: 3.1.0\ninfo: {title: Shop, version: 1.0.0}\npaths:\n  /orders:\n    get:\n      operationId: listOrders\n      responses:\n        "200":\n          description: All orders.\n          content:\n            application/json:\n              schema: {type: array, items: {type: string}}\n              example: [a]\n';
const config = `import { defineContract } from 'openapi-contract-kit/config';
export default defineContract({ spec: 'shop.yaml', generated: 'generated', gates: { skip: ['types'] } });
`;

describe('in a project that has the toolkit,', () => {
  let project: Project;
  const run = (script: string): Promise<Ending> =>
    runScript(script, { folder: project.folder, env: {}, paths: [resolve('node_modules/.bin')] });

  beforeAll(async () => {
    project = createToolkitProject();
    project.write('shop.yaml', spec);
    project.write('contract.config.ts', config);
    await run('npx --no -- contract-kit generate');
  }, 120_000);

  afterAll(() => project.remove());

  const gitlab = readYaml<{
    contract: {
      script: string[];
      artifacts: { paths: string[]; when: string; reports: { junit: string } };
    };
  }>('examples/ci/gitlab.yml').contract;

  it('the job for GitLab checks, and writes the reports that it keeps, also when it fails', async () => {
    const { paths, reports, when } = gitlab.artifacts;
    expect(when).toBe('always');
    const clean = await run(gitlab.script.join('\n'));
    expect(clean.log).toMatch(/ gates passed, 0 failed, 0 findings/);
    expect(clean.exitCode).toBe(0);
    project.write('shop.yaml', spec.replace('example: [a]', 'example: 1'));
    onTestFinished(() => project.write('shop.yaml', spec));
    expect((await run(gitlab.script.join('\n'))).exitCode).toBe(1);
    expect(readFileSync(join(project.folder, reports.junit), 'utf8')).toContain('<failure type="');
    expect([...paths, reports.junit].filter((path) => !existsSync(join(project.folder, path)))).toEqual([]);
  });

  const hooks =
    readYaml<{ id: string; entry: string; language: string; files: string; pass_filenames: boolean }[]>(
      '.pre-commit-hooks.yaml',
    );

  it('each hook is one that the example names', () => {
    const { repos } = readYaml<{ repos: [{ hooks: { id: string }[] }] }>(
      'examples/ci/pre-commit-config.yaml',
    );
    expect(repos[0].hooks.map(({ id }) => id)).toEqual(hooks.map(({ id }) => id));
    expect(hooks.map(({ language, pass_filenames: names }) => [language, names])).toEqual([
      ['system', false],
      ['system', false],
    ]);
  });

  it.each(hooks)('the hook $id passes what is right, and refuses stale code', async ({ entry, files }) => {
    expect('generated/schema.ts').toMatch(new RegExp(files));
    expect('shop.yaml').toMatch(new RegExp(files));
    expect('README.md').not.toMatch(new RegExp(files));
    expect((await run(entry)).exitCode).toBe(0);
    const file = join(project.folder, 'generated/schema.ts');
    const text = readFileSync(file, 'utf8');
    onTestFinished(() => writeFileSync(file, text));
    writeFileSync(file, `${text}// by hand\n`);
    const { exitCode, log } = await run(entry);
    expect(exitCode).toBe(1);
    expect(log).toContain('generated.stale');
  });
});

/** Reads the instructions of a Dockerfile, with lines that go on put together. */
function readInstructions(file: string): Map<string, string> {
  const lines = readFileSync(file, 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, name = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
      return name === '' ? [] : [[name, rest] as const];
    }),
  );
}

const readWords = (text: string): string[] => JSON.parse(text.slice(text.indexOf('['))) as string[];

describe('the container of the mock', () => {
  const instructions = readInstructions('examples/docker/Dockerfile');
  const entry = readWords(instructions.get('ENTRYPOINT') ?? '');
  const health = readWords(instructions.get('HEALTHCHECK') ?? '');
  const compose = readYaml<{
    services: Record<
      string,
      {
        ports?: string[];
        command?: string[];
        environment?: Record<string, string>;
        image?: string;
        depends_on?: object;
        healthcheck?: object;
      }
    >;
  }>('examples/docker/compose.yaml');
  let project: Project;

  beforeAll(() => {
    project = createProject();
    project.unpack('nexudus-auth-contract');
  }, 120_000);

  afterAll(() => project.remove());

  it('installs a tarball of its folder as it installs a version', async () => {
    const install = /npm install .+ "\$PACKAGE"/.exec(instructions.get('RUN') ?? '')?.[0] ?? '';
    const context = createProject();
    onTestFinished(() => context.remove());
    const [tarball = ''] = readdirSync(project.folder).filter((name) => name.endsWith('.tgz'));
    copyFileSync(join(project.folder, tarball), join(context.folder, tarball));
    const prefix = join(context.folder, 'global');
    mkdirSync(prefix);
    const env = { PACKAGE: `./${tarball}`, npm_config_prefix: prefix };
    const { exitCode } = await runScript(install, { folder: context.folder, env });
    expect(exitCode).toBe(0);
    const { exitCode: ran } = await runScript(`'${prefix}/bin/${entry[0]}' --version`, {
      folder: context.folder,
      env: {},
    });
    expect(ran).toBe(0);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('is healthy once it is ready, and ends on %s', async (signal) => {
    const [program = '', ...args] = [...entry, ...(compose.services.mock?.command ?? [])];
    // The container's own port is taken where a mock of somebody runs.
    const port = String(await findFreePort());
    const onPort = (words: readonly string[]): string[] => words.map((word) => word.replace('4010', port));
    const probe = (): Promise<Ending> =>
      runScript('exec node --eval "$CODE"', {
        folder: project.folder,
        env: { CODE: onPort(health).at(-1) ?? '' },
      });
    expect((await probe()).exitCode).toBe(1);
    const child = spawn(join(project.folder, 'node_modules/.bin', program), onPort(args), {
      cwd: project.folder,
      env: { PATH: dirname(process.execPath) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const [ready] = await once(child.stdout.setEncoding('utf8'), 'data');
    expect(ready).toContain(`:${port}`);
    expect(health.slice(0, 2)).toEqual(['node', '--eval']);
    expect((await probe()).exitCode).toBe(0);
    const console = await fetch(`http://127.0.0.1:${port}/__mock__/info`);
    expect(console.status).toBe(200);
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
  });

  it('listens on all addresses, runs as somebody who may do nothing, and is told of signals', () => {
    expect(entry.slice(1)).toEqual(['mock', '--host', '0.0.0.0', '--port', '4010']);
    expect(instructions.get('USER')).toBe('node');
    expect(instructions.get('EXPOSE')).toBe('4010');
    // As a list: a shell would not pass signals on.
    expect(instructions.get('ENTRYPOINT')).toMatch(/^\[/);
  });

  it('is started beside a broker on PostgreSQL, each with a health check, and reached from here alone', () => {
    const { mock, broker, postgres } = compose.services;
    expect(broker?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect([broker, postgres].map((service) => service?.healthcheck)).toEqual([
      expect.objectContaining({ test: expect.any(Array) }),
      expect.objectContaining({ test: expect.any(Array) }),
    ]);
    expect([mock, broker, postgres].flatMap((service) => service?.ports ?? [])).toEqual([
      '127.0.0.1:4010:4010',
      '127.0.0.1:9292:9292',
    ]);
  });

  it('has no password in any file, and names each variable that must be set', () => {
    const text = readFileSync('examples/docker/compose.yaml', 'utf8');
    const example = readFileSync('examples/docker/.env.example', 'utf8');
    const required = [...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    expect(new Set(required)).toEqual(
      new Set(['POSTGRES_PASSWORD', 'PACT_BROKER_USERNAME', 'PACT_BROKER_PASSWORD']),
    );
    for (const name of required) {
      expect(example).toMatch(new RegExp(`^${name}=$`, 'm'));
    }
    expect(text).not.toMatch(/PASSWORD: (?!\$\{)/);
  });
});
