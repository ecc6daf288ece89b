import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  needs?: string | string[];
  environment?: string;
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  steps: Step[];
}

interface Workflow {
  permissions?: Record<string, string>;
  concurrency?: { group: string; 'cancel-in-progress': unknown };
  jobs: Record<string, Job>;
}

const folder = '.github/workflows';
const names = readdirSync(folder);
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const workflows = names.map((name) => ({ name, workflow: parseYaml(read(name)) as Workflow }));
const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ name: `${id} of ${name}`, job })),
);

/** What a job may write, by its permissions. */
const listRights = ({ permissions = {} }: Job): string[] =>
  Object.keys(permissions).filter((name) => permissions[name] === 'write');

/** Whether a job runs code of this repository or of its dependencies, and not only actions and what a runner has. */
const runsOurCode = ({ steps }: Job): boolean =>
  steps.some(({ run = '', with: options }) =>
    /\b(?:npm (?:ci|install|run|test|exec|pack)|npx|node|bash|sh)\b/.test(`${run} ${options?.script ?? ''}`),
  );

describe.each(workflows)('the workflow $name', ({ name, workflow }) => {
  it('has no rights but those that its jobs name, and reading', () => {
    const { permissions } = workflow;
    expect(permissions).toBeDefined();
    expect(Object.entries(permissions ?? {})).toEqual(
      Object.keys(permissions ?? {}).map(() => ['contents', 'read']),
    );
  });

  it('says what happens to a run while another one is under way', () => {
    expect(workflow.concurrency).toMatchObject({ group: expect.any(String) });
    expect(workflow.concurrency).toHaveProperty('cancel-in-progress');
  });

  it('pins each action by its commit, and says which version that is', () => {
    const lines = read(name)
      .split('\n')
      .filter((line) => line.includes('uses:'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatch(/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });
});

describe.each(jobs)('the job $name', ({ job }) => {
  it('ends after some time', () => {
    expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('leaves no credentials in the checkout', () => {
    for (const { with: options } of job.steps.filter(({ uses = '' }) =>
      uses.startsWith('actions/checkout@'),
    )) {
      expect(options).toMatchObject({ 'persist-credentials': false });
    }
  });

  it('gets values into its scripts as variables only, so that none is run as code', () => {
    for (const { run = '' } of job.steps) {
      expect(run).not.toContain('${{');
    }
  });

  it('runs no code of the repository and its dependencies where it has rights', () => {
    expect(runsOurCode(job) && listRights(job).length > 0).toBe(false);
  });
});

describe('a release', () => {
  const release = parseYaml(read('release.yaml')) as Workflow;
  const publishing = Object.values(release.jobs).filter((job) =>
    job.steps.some(({ run = '' }) => run.includes('npm publish')),
  );

  it('is published by one job, after the tests, from an environment that somebody has to approve', () => {
    expect(publishing).toHaveLength(1);
    expect(publishing[0]).toMatchObject({ environment: 'npm', permissions: { 'id-token': 'write' } });
    expect([publishing[0]?.needs].flat()).toContain('test');
    expect(release.jobs.test?.steps.map(({ run }) => run)).toContain('bash .ci/run');
  });

  it('lets that job alone show who it is', () => {
    const showing = jobs.filter(({ job }) => listRights(job).includes('id-token'));
    expect(showing.map(({ job }) => job)).toEqual(publishing);
  });

  it('publishes the tarballs that another job has packed, after comparing its checksum, and runs no script', () => {
    const [{ steps } = { steps: [] }] = publishing;
    const runs = steps.map(({ run, uses = '' }) => run ?? uses.replace(/@.*/, ''));
    expect(runs).toEqual([
      'actions/setup-node',
      'actions/download-artifact',
      expect.stringContaining('sha256sum --check --strict'),
      expect.stringMatching(/^for \S+ in \.\/\*\.tgz; do npm publish .*--ignore-scripts.*--provenance/),
    ]);
  });

  it('packs in a job that runs no install script', () => {
    const installs = release.jobs.prepare?.steps
      .map(({ run = '' }) => run)
      .filter((run) => /npm ci/.test(run));
    expect(installs).toEqual(['npm ci --ignore-scripts']);
  });
});

describe('the tests of the package', () => {
  it('run in CI on Node.js 22 and 24', () => {
    const { jobs: all } = parseYaml(read('ci.yaml')) as Workflow;
    expect(all.package).toMatchObject({ strategy: { matrix: { node: [22, 24] } } });
    expect(all.package?.steps.at(-1)?.run).toMatch(/ run tests\/package$/);
  });
});
