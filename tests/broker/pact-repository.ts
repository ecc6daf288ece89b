import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../temporary-folder.ts';

/** A git repository with a committed pact, on the branch `trunk`. */
export interface PactRepository {
  folder: string;
  pact: string;
  commit: string;
  /** Runs git in the repository. */
  git: (...args: string[]) => string;
  /** Writes a file of the repository and gives its path. */
  write: (name: string, text: string) => string;
}

/**
 * Makes a repository that is gone after the test.
 */
export function makePactRepository(): PactRepository {
  const folder = makeTemporaryFolder();
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@lovelace.dev', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  git('init', '--quiet', '--initial-branch=trunk');
  const pact = write('shop.json', pactBetween('shop', 'bank'));
  git('add', '.');
  git('commit', '--quiet', '--message=pact');
  return { folder, pact, commit: git('rev-parse', 'HEAD'), git, write };
}

/**
 * Renders a pact with one interaction.
 */
export function pactBetween(consumer: string, provider: string): string {
  const request = { method: 'GET', path: '/' };
  return JSON.stringify({
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: [{ description: 'a visit', request, response: { status: 200 } }],
    metadata: { pactSpecification: { version: '2.0.0' } },
  });
}
