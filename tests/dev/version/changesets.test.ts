import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { findPeerCommand, installPeers } from '../../../scripts/dev/peers.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';

it('a changeset raises the version of both packages', async () => {
  const folder = makeTemporaryFolder();
  for (const path of ['package.json', 'package-lock.json', 'CHANGELOG.md', '.changeset/config.json']) {
    cpSync(path, join(folder, path));
  }
  for (const workspace of ['scripts', 'examples/authenticated-link']) {
    mkdirSync(join(folder, workspace), { recursive: true });
    cpSync(join(workspace, 'package.json'), join(folder, workspace, 'package.json'));
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  writeFileSync(
    join(folder, '.changeset/one.md'),
    '---\n"nexudus-auth-contract": major\n---\n\nA new thing.\n',
  );
  const changesets = findPeerCommand(await installPeers('peers/release'), '@changesets/cli');
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  execFileSync(process.execPath, [changesets, 'version'], {
    cwd: folder,
    stdio: 'pipe',
  });
  const readVersion = (root: string): string =>
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  const [major] = readVersion('.').split('.');
  expect(readVersion(folder)).toBe(`${Number(major) + 1}.0.0`);
  expect(readVersion(join(folder, 'scripts'))).toBe(readVersion(folder));
  expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toContain('A new thing.');
});
