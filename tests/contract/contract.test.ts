import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Project } from '../../scripts/cli/config.ts';
import { runTool } from '../../scripts/cli/tool.ts';
import { comparePact, runContractTests } from '../../scripts/contract/run.ts';
import { pactFile } from '../own-project.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const committed = readFileSync(pactFile, 'utf8');

describe('the pact', () => {
  it.each([1, 2])('has the same bytes in whatever order the tests run (seed %i)', async (seed) => {
    const pacts = join(makeTemporaryFolder(), 'pacts');
    const order = ['--sequence.shuffle.files', '--sequence.shuffle.tests', `--sequence.seed=${seed}`];
    await runTool('vitest', ['run', '--project', 'contracts', ...order], {
      env: { ...process.env, PACT_FOLDER: pacts },
    });
    expect(readFileSync(join(pacts, 'nexudus-portal-nexudus-api.json'), 'utf8')).toBe(committed);
  });

  it('keeps no interaction that no test writes any more', async () => {
    const pacts = join(makeTemporaryFolder(), 'pacts');
    await runTool('vitest', ['run', '--project', 'contracts', 'get-media-token'], {
      env: { ...process.env, PACT_FOLDER: pacts },
    });
    await runTool('vitest', ['run', '--project', 'contracts', 'exchange-jwt'], {
      env: { ...process.env, PACT_FOLDER: pacts },
    });
    const { interactions } = JSON.parse(readFileSync(join(pacts, 'nexudus-portal-nexudus-api.json'), 'utf8'));
    expect(interactions.map(({ request }: { request: { path: string } }) => request.path)).toEqual(
      Array(3).fill('/api/sys/users/exchange'),
    );
  });
});

describe('comparePact', () => {
  const compareWith = (text: string) => {
    const file = join(makeTemporaryFolder(), 'pact.json');
    writeFileSync(file, text);
    return comparePact(committed, file, 'npm run contract');
  };

  it('finds nothing in a pact that is what the tests write', () => {
    expect(compareWith(committed)).toEqual([]);
  });

  it('finds a hand edit, with its line and the command that fixes it', () => {
    const line = committed.split('\n').findIndex((text) => text.includes('"Value"')) + 1;
    const [finding] = compareWith(committed.replace('"Value"', '"value"'));
    expect(finding).toMatchObject({ code: 'pact.stale', at: { line } });
    expect(finding?.message).toMatch(/value.*expected.*Value.*Run `npm run contract`/);
  });

  it('finds a missing pact', () => {
    const [finding] = comparePact(committed, 'tests/nowhere.json', 'npm run contract');
    expect(finding).toMatchObject({
      code: 'pact.stale',
      message: expect.stringContaining('The file is missing.'),
    });
  });
});

describe('runContractTests', () => {
  const projectWith = (consumerTests: { config?: string }): Project =>
    new Project(join(makeTemporaryFolder(), 'contract.config.ts'), {
      spec: 'openapi.yaml',
      consumer: 'web',
      provider: 'shop',
      pacts: 'pacts',
      consumerTests,
    });

  it('runs the tests of a vitest config of their own', async () => {
    const project = projectWith({ config: 'own.config.mjs' });
    const write = (name: string, text: string): void => writeFileSync(join(project.folder, name), text);
    write('own.config.mjs', "export default { test: { include: ['*.contract.mjs'], globals: true } };");
    write(
      'a.contract.mjs',
      `import { mkdirSync, writeFileSync } from 'node:fs';
      it('writes', () => {
        mkdirSync(process.env.PACT_FOLDER);
        writeFileSync(process.env.PACT_FOLDER + '/web-shop.json', '{}');
      });
      it('fails', () => expect(1).toBe(2));`,
    );
    const { findings } = await runContractTests(project);
    expect(findings).toMatchObject([
      { code: 'pact.test-failed', message: expect.stringMatching(/^"fails" failed: .*expected 1 to be 2/) },
    ]);
    write(
      'a.contract.mjs',
      "import { mkdirSync, writeFileSync } from 'node:fs'; it('writes', () => { mkdirSync(process.env.PACT_FOLDER); writeFileSync(process.env.PACT_FOLDER + '/web-shop.json', '{}'); });",
    );
    expect(await runContractTests(project)).toEqual({ pact: '{}', findings: [] });
  }, 60_000);

  it('refuses a config that names no tests', async () => {
    await expect(runContractTests(projectWith({}))).rejects.toThrow(/consumerTests is empty/);
  });
});
