import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { createProject, type Project } from './project.ts';

const others: Project[] = [];

afterAll(() => {
  for (const one of others) one.remove();
}, 60_000);

it.each([['20'], ['22'], ['24']])(
  'shows no secret in an error, whatever fetch or the server throws, on Node.js %s',
  async (version) => {
    const node = await findNode(version);
    // The fixture imports the package by its own name, which is what was built.
    const { stdout } = await promisify(execFile)(node, ['tests/package/fixtures/canary.mjs']);
    const report: unknown = JSON.parse(stdout);
    expect(report).toMatchObject({
      version: expect.stringMatching(`^v${version}\\.`),
      codes: ['TypeError', 'network_failure', 'renewal_failed'],
      leaks: [],
    });
  },
  120_000,
);

async function findNode(version: string): Promise<string> {
  if (process.versions.node.startsWith(`${version}.`)) {
    return process.execPath;
  }
  const name = `node-${process.platform}-${process.arch}`;
  const other = createProject();
  others.push(other);
  await other.install(`${name}@${version}`);
  return join(other.folder, 'node_modules', name, 'bin/node');
}
