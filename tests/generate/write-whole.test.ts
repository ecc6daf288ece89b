import * as fileSystem from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type WritableFileSystem, writeWhole } from '../../scripts/files/write-whole.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const { readdirSync, readFileSync, writeFileSync } = fileSystem;

it('replaces a file by another one, so that a reader of the old one sees it whole', () => {
  const file = join(makeTemporaryFolder(), 'file.txt');
  writeFileSync(file, 'old');
  const descriptor = fileSystem.openSync(file, 'r');
  expect(writeWhole(file, 'new and longer')).toBe('written');
  expect(readFileSync(descriptor, 'utf8')).toBe('old');
  fileSystem.closeSync(descriptor);
  expect(readFileSync(file, 'utf8')).toBe('new and longer');
});

it('leaves a file with the same text alone', () => {
  const file = join(makeTemporaryFolder(), 'file.txt');
  writeFileSync(file, 'same');
  const { ino } = fileSystem.statSync(file);
  expect(writeWhole(file, 'same')).toBe('unchanged');
  expect(fileSystem.statSync(file).ino).toBe(ino);
});

const failures: [string, Partial<WritableFileSystem>][] = [
  [
    'a full disk',
    {
      writeFileSync: (path) => {
        writeFileSync(path, 'half');
        throw new Error('ENOSPC');
      },
    },
  ],
  [
    'a rename that is refused',
    {
      renameSync: () => {
        throw new Error('ENOSPC');
      },
    },
  ],
];

it.each(failures)('leaves the old file whole and no other one after %s', (_, failing) => {
  const folder = makeTemporaryFolder();
  const file = join(folder, 'file.txt');
  writeFileSync(file, 'old');
  expect(() => writeWhole(file, 'new', { ...fileSystem, ...failing })).toThrow('ENOSPC');
  expect(readdirSync(folder)).toEqual(['file.txt']);
  expect(readFileSync(file, 'utf8')).toBe('old');
});
