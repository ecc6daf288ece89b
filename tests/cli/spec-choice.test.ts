import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Project } from '../../scripts/cli/config.ts';
import { chooseSpec } from '../../scripts/cli/spec-choice.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const need = ['mock needs a spec', 'mock openapi.yaml'] as const;
const none = { document: undefined, spec: undefined, overlay: undefined, 'allow-remote-refs': false };

function makeProject(config: object = {}): Project {
  const folder = makeTemporaryFolder();
  for (const name of ['openapi.yaml', 'overlay.yaml']) {
    writeFileSync(join(folder, name), '');
  }
  return new Project(join(folder, 'contract.config.ts'), { spec: 'openapi.yaml', ...config });
}

describe('the spec that a command is about', () => {
  it('is the argument, or what --spec names', () => {
    const chosen = { specFile: 'a.yaml', overlays: [], allowRemoteRefs: false, project: undefined };
    expect(chooseSpec({ ...none, document: 'a.yaml' }, undefined, need)).toEqual(chosen);
    expect(chooseSpec({ ...none, spec: 'a.yaml' }, undefined, need)).toEqual(chosen);
    expect(chooseSpec({ ...none, document: 'a.yaml', spec: './a.yaml' }, undefined, need)).toEqual(chosen);
  });

  it('is not two', () => {
    expect(() => chooseSpec({ ...none, document: 'a.yaml', spec: 'b.yaml' }, undefined, need)).toThrow(
      'Found the documents a.yaml and --spec b.yaml, expected one. Name it once.',
    );
  });

  it('is that of the project, with its overlays and settings, by default and by its name', () => {
    const project = makeProject({ overlays: ['overlay.yaml'], allowRemoteRefs: true });
    const overlays = [join(project.folder, 'overlay.yaml')];
    expect(chooseSpec(none, project, need)).toMatchObject({ overlays, allowRemoteRefs: true, project });
    expect(chooseSpec({ ...none, document: project.specFile }, project, need)).toMatchObject({
      overlays,
      project,
    });
  });

  it('is another one, without what belongs to the project', () => {
    const project = makeProject({ overlays: ['overlay.yaml'], allowRemoteRefs: true });
    expect(chooseSpec({ ...none, document: 'other.yaml' }, project, need)).toEqual({
      specFile: 'other.yaml',
      overlays: [],
      allowRemoteRefs: false,
      project: undefined,
    });
  });

  it('has the overlays that are named, instead of those of the project', () => {
    const project = makeProject({ overlays: ['overlay.yaml'] });
    expect(chooseSpec({ ...none, overlay: ['mine.yaml'] }, project, need)).toMatchObject({
      overlays: ['mine.yaml'],
    });
  });

  it('can be a URL in the config', () => {
    const project = makeProject({ spec: 'https://shop.example/openapi.json' });
    expect(chooseSpec(none, project, need)).toMatchObject({
      specFile: 'https://shop.example/openapi.json',
      project,
    });
  });

  it('is needed', () => {
    expect(() => chooseSpec(none, undefined, need)).toThrow('mock needs a spec. Write a contract.config.ts');
  });

  it('lacks an overlay that the config names', () => {
    const project = makeProject({ overlays: ['nowhere.yaml'] });
    expect(() => chooseSpec(none, project, need)).toThrow('overlays[0] is "nowhere.yaml"');
  });
});

const spec = `openapi: 3.0.0
info: { title: Shop }
paths:
  /cups/{id}:
    get:
      operationId: getCup
      parameters: [{ name: id, in: path, required: true, schema: { type: integer }, example: 1 }]
      responses: { 200: { description: A cup., content: { text/plain: { example: blue } } } }
`;
const overlay = `overlay: 1.0.0
info: { title: Ours, version: 1.0.0 }
actions:
  - { target: $.info, update: { title: Our shop, version: 1.0.0 } }
`;

describe('a document as an argument, in a folder with nothing else', () => {
  const run = (...args: string[]) => {
    const cwd = makeTemporaryFolder();
    mkdirSync(join(cwd, 'api'));
    writeFileSync(join(cwd, 'api/openapi.yaml'), spec);
    writeFileSync(join(cwd, 'overlay.yaml'), overlay);
    const cli = resolve('scripts/cli.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it('is generated from, and what it lacks is said', () => {
    const { status, stdout, stderr } = run('generate', 'api/openapi.yaml');
    expect({ status, lines: stdout.trim().split('\n') }).toEqual({
      status: 0,
      lines: expect.arrayContaining(['written generated/client.ts']),
    });
    expect(stderr).toBe('api/openapi.yaml:2:1 warning spec.invalid: Found no "version", expected one.\n');
  });

  it('is generated from with an overlay, which the generated code names', () => {
    const { status, stdout, stderr } = run('generate', 'api/openapi.yaml', '--overlay', 'overlay.yaml');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('written generated/client.ts');
  });

  it('is checked: structure, and the mock', () => {
    const { stdout, stderr } = run('check', 'api/openapi.yaml', '--json');
    expect(stderr).toContain('Running 2 gates');
    expect(JSON.parse(stdout).gates).toMatchObject([
      { name: 'spec-lint', findings: [{ code: 'spec.invalid', at: { file: 'api/openapi.yaml', line: 2 } }] },
      { name: 'mock-against-spec', findings: [] },
    ]);
  });
});
