import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNodeFinder, type NodeFinder } from './find-node.ts';
import { createProject, type Project } from './project.ts';

let project: Project;
let nodes: NodeFinder;

beforeAll(() => {
  project = createProject();
  nodes = createNodeFinder();
  project.unpack('nexudus-auth-contract');
  project.write('canary.mjs', readFileSync('tests/package/fixtures/canary.mjs', 'utf8'));
}, 60_000);

afterAll(() => {
  project.remove();
  nodes[Symbol.dispose]();
}, 60_000);

it.each([['20'], ['22'], ['24']])(
  'shows no secret in an error, whatever fetch or the server throws, on Node.js %s',
  async (version) => {
    const { stdout } = await project.run(await nodes.find(version), 'canary.mjs');
    const report: unknown = JSON.parse(stdout);
    expect(report).toMatchObject({
      version: expect.stringMatching(`^v${version}\\.`),
      codes: ['TypeError', 'network_failure', 'renewal_failed'],
      leaks: [],
    });
  },
  120_000,
);
