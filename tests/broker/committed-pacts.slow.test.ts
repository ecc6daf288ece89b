import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makePactRepository, type PactRepository } from './pact-repository.ts';

const example = (name: string): string => readFileSync(resolve('examples/broker', name), 'utf8');
const spec = example('openapi.yaml');
const cli = resolve('scripts/cli.ts');

/** Makes a repository with a spec and the pacts of two consumers on its branch `trunk`. */
function makeRepository(): PactRepository {
  const repository = makePactRepository();
  const { folder, write, git } = repository;
  mkdirSync(join(folder, 'pacts'));
  write('pacts/web.json', example('web-shop.json'));
  write('pacts/app.json', example('app-shop.json'));
  write('openapi.yaml', spec);
  git('add', '.');
  git('commit', '--quiet', '--message=pacts');
  return repository;
}

/** Asks with the spec in the working directory, without a broker and without a network. */
function ask({ folder }: PactRepository, ...args: string[]) {
  const words = [cli, 'can-i-deploy', '--spec', 'openapi.yaml', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  return { exitCode: status, stdout, stderr };
}

describe('can-i-deploy --pacts-from', () => {
  it('says yes to a spec that works with the pacts of a ref, without reading the working directory', () => {
    const repository = makeRepository();
    const commit = repository.git('show', '--no-patch', '--format=%h of %cs');
    rmSync(join(repository.folder, 'pacts'), { recursive: true });
    const { exitCode, stdout } = ask(repository, '--pacts-from', 'trunk:pacts');
    expect([exitCode, stdout]).toEqual([
      0,
      `yes: trunk:pacts (${commit}): the spec works with its 2 pacts\n`,
    ]);
  });

  it('says no to a spec that breaks a pact of any ref, and where', () => {
    const repository = makeRepository();
    const { git, write } = repository;
    git('tag', 'app-1.0');
    write('openapi.yaml', spec.replaceAll('price', 'amount'));
    const refs = ['--pacts-from', 'trunk:pacts/web.json', '--pacts-from', 'app-1.0:pacts/app.json'];
    const { exitCode, stdout } = ask(repository, ...refs);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^yes: trunk:pacts\/web\.json \(.*\): the spec works with its pact$/m);
    expect(stdout).toMatch(/^app-1\.0:pacts\/app\.json:\d+:\d+ error pact\.breaks-spec: /m);
    expect(stdout).toMatch(/^no: app-1\.0:pacts\/app\.json \(.*\): the spec does not work with its pact$/m);
  });

  it.each([
    ['no path', 'trunk', '--pacts-from is "trunk", expected a git ref and a path'],
    ['a ref that is not there', 'moon:pacts', 'Correct --pacts-from, or fetch the ref.'],
    ['an option instead of a ref', '--output=x:pacts', 'Correct --pacts-from, or fetch the ref.'],
    ['a folder that is not there', 'trunk:moon', 'Found no .json file in moon at trunk, expected pacts.'],
  ])('ends with 2 at %s', (_, place, reason) => {
    const { exitCode, stdout, stderr } = ask(makeRepository(), `--pacts-from=${place}`);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(reason);
  });

  it('ends with 2 with an environment as well, which a broker knows', () => {
    const { exitCode, stderr } = ask(makeRepository(), '--pacts-from', 'trunk:pacts', '--to', 'production');
    expect([exitCode, stderr]).toEqual([
      2,
      '--to asks a broker, and --pacts-from needs none. Pass one of them.\n',
    ]);
  });

  it('says unknown where an interaction cannot be checked', () => {
    const repository = makeRepository();
    const pact = JSON.parse(example('web-shop.json'));
    pact.interactions[0].request.headers = { 'x\n': '1' };
    repository.write('pacts/web.json', JSON.stringify(pact));
    repository.git('commit', '--quiet', '--all', '--message=odd');
    const { exitCode, stdout } = ask(repository, '--pacts-from', 'trunk:pacts/web.json');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^unknown: .*an interaction of its pact could not be checked$/m);
  });
});
