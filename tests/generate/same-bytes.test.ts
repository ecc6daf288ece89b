import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { generatedNames } from '../../scripts/generate/model/origin.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const specText = readFileSync('openapi/nexudus-auth.yaml', 'utf8');

/** Generates in a folder of its own, and reads what it made. */
function generate({
  text = specText,
  spec = './spec.yaml',
  env = {},
}: {
  text?: string;
  spec?: string;
  env?: Record<string, string>;
}) {
  const folder = makeTemporaryFolder();
  writeFileSync(join(folder, 'spec.yaml'), text);
  mkdirSync(join(folder, 'below'));
  const cli = resolve('scripts/cli.ts');
  const args = [cli, 'generate', '--spec', spec.replace('{folder}', folder), '--out', 'below/out'];
  const options = { cwd: folder, env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' } as const;
  expect(spawnSync(process.execPath, args, options)).toMatchObject({ status: 0, stderr: '' });
  const out = join(folder, 'below/out');
  return Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]));
}

it.each([
  ['from run to run', {}],
  ['for a spec with CRLF line ends', { text: specText.replaceAll('\n', '\r\n') }],
  [
    'in another time zone and language',
    { env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } },
  ],
  ['on a terminal with colours', { env: { FORCE_COLOR: '3' } }],
  ['for another form of the path', { spec: 'below/../spec.yaml' }],
  ['for an absolute path', { spec: '{folder}/spec.yaml' }],
])('makes the same bytes %s', (_, settings) => {
  const files = generate({});
  expect(Object.keys(files).sort()).toEqual([...generatedNames].sort());
  expect(generate(settings)).toEqual(files);
});

it('makes other bytes of another spec', () => {
  const files = generate({ text: specText.replace('getMediaToken', 'fetchMediaToken') });
  expect(files).not.toEqual(generate({}));
});

it('expects the header of the contract when it is checked from another folder', () => {
  const documents = ['--spec', resolve('openapi/nexudus-auth.yaml'), '--out', resolve('generated')];
  const args = [...documents, '--config', resolve('contract.config.ts')];
  const command = [resolve('scripts/cli.ts'), 'generate', '--check', ...args];
  const { status, stdout } = spawnSync(process.execPath, command, {
    cwd: makeTemporaryFolder(),
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'All generated files are up to date.\n' });
});
