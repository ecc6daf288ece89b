import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fileSystem from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { checkWritable, type WritableFileSystem, writeWhole } from '../../scripts/files/write-whole.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const { chmodSync, chownSync, constants, lstatSync, mkdirSync, openSync, readdirSync } = fileSystem;
const { readFileSync, readSync, statSync, symlinkSync, writeFileSync } = fileSystem;

const isRoot = process.getuid?.() === 0;

it('replaces a file by another one, so that a reader of the old one sees it whole', () => {
  const file = join(makeTemporaryFolder(), 'file.txt');
  writeFileSync(file, 'old');
  const descriptor = openSync(file, 'r');
  expect(writeWhole(file, 'new and longer')).toBe('written');
  expect(readFileSync(descriptor, 'utf8')).toBe('old');
  fileSystem.closeSync(descriptor);
  expect(readFileSync(file, 'utf8')).toBe('new and longer');
});

it('leaves a file with the same text alone', () => {
  const file = join(makeTemporaryFolder(), 'file.txt');
  writeFileSync(file, 'same');
  const { ino } = statSync(file);
  expect(writeWhole(file, 'same')).toBe('unchanged');
  expect(statSync(file).ino).toBe(ino);
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

describe('a file that is replaced keeps', () => {
  it.each([0o600, 0o666, 0o755])('its mode %o', (mode) => {
    const file = join(makeTemporaryFolder(), 'file.txt');
    writeFileSync(file, 'old');
    chmodSync(file, mode);
    writeWhole(file, 'new');
    expect(statSync(file).mode & 0o777).toBe(mode);
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  it.skipIf(!isRoot)('its owner, where root writes it', () => {
    const file = join(makeTemporaryFolder(), 'file.txt');
    writeFileSync(file, 'old');
    chownSync(file, 1234, 2345);
    writeWhole(file, 'new');
    expect(statSync(file)).toMatchObject({ uid: 1234, gid: 2345 });
    expect(readFileSync(file, 'utf8')).toBe('new');
  });
});

describe('a symbolic link is written through', () => {
  it('to the file that it names, from any folder', () => {
    const folder = makeTemporaryFolder();
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'file.txt'), 'old');
    // Two links, the second by way of a folder that is a link itself.
    symlinkSync(join(folder, 'deep'), join(folder, 'folder-link'));
    symlinkSync('../file.txt', join(folder, 'deep', 'link.txt'));
    symlinkSync('folder-link/link.txt', join(folder, 'link.txt'));
    expect(writeWhole(join(folder, 'link.txt'), 'new')).toBe('written');
    expect(lstatSync(join(folder, 'link.txt')).isSymbolicLink()).toBe(true);
    expect(lstatSync(join(folder, 'deep', 'link.txt')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'file.txt'), 'utf8')).toBe('new');
    expect(writeWhole(join(folder, 'link.txt'), 'new')).toBe('unchanged');
    expect(readdirSync(folder).sort()).toEqual(['deep', 'file.txt', 'folder-link', 'link.txt']);
  });

  it('where the file that it names is missing, and its folder', () => {
    const folder = makeTemporaryFolder();
    symlinkSync('missing/file.txt', join(folder, 'link.txt'));
    expect(writeWhole(join(folder, 'link.txt'), 'new')).toBe('written');
    expect(lstatSync(join(folder, 'link.txt')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'missing', 'file.txt'), 'utf8')).toBe('new');
  });

  it('and refused where it names itself', () => {
    const link = join(makeTemporaryFolder(), 'link.txt');
    symlinkSync('link.txt', link);
    expect(() => writeWhole(link, 'new')).toThrow('ELOOP');
  });
});

describe('what is no file', () => {
  it('is refused where it is a folder', () => {
    const folder = makeTemporaryFolder();
    for (const attempt of [() => writeWhole(folder, 'new'), () => checkWritable(folder)]) {
      expect(attempt).toThrow('EISDIR: it is a folder, expected a file');
    }
  });

  it.skipIf(!canMakeDevices())('stays a device, and swallows what is written', () => {
    // A device like /dev/null, which is not put at risk itself.
    const device = makeDevice();
    checkWritable(device);
    expect(writeWhole(device, 'swallowed')).toBe('written');
    expect(lstatSync(device).isCharacterDevice()).toBe(true);
    expect(readFileSync(device, 'utf8')).toBe('');
  });

  it('gets the text whole where it is a pipe that is read, however long', async () => {
    const pipe = makePipe();
    const reader = spawn('sh', ['-c', 'cat "$0" > "$0.txt"', pipe], { stdio: 'inherit' });
    const text = 'pipe'.repeat(100_000);
    checkWritable(pipe);
    expect(writeWhole(pipe, text)).toBe('written');
    await once(reader, 'close');
    expect(readFileSync(`${pipe}.txt`, 'utf8') === text).toBe(true);
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  it('is given up where it is a pipe that nobody reads', () => {
    expect(() => writeWhole(makePipe(), 'new', fileSystem, 50)).toThrow(
      'nobody reads from this pipe, waited for 0.05 s',
    );
  });

  it('is given up where it is a pipe whose reader stops reading', () => {
    const pipe = makePipe();
    const descriptor = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    expect(() => writeWhole(pipe, 'long'.repeat(100_000), fileSystem, 50)).toThrow(
      'nobody reads from this pipe, waited for 0.05 s',
    );
    expect(readSync(descriptor, Buffer.alloc(4))).toBe(4);
    fileSystem.closeSync(descriptor);
  });
});

describe('/dev/stdout', () => {
  const module = JSON.stringify(new URL('../../scripts/files/write-whole.ts', import.meta.url).href);
  const script = `
    import { checkWritable, writeWhole } from ${module};
    const [, file = '/dev/stdout'] = process.argv;
    console.log('before');
    checkWritable(file);
    writeWhole(file, 'text'.repeat(100_000) + '\\n');
    console.log('after');`;
  const lines = `before\n${'text'.repeat(100_000)}\nafter\n`;

  it.each([
    ['a pipe', '"$0" --input-type=module -e "$1" | cat'],
    ['a file', '"$0" --input-type=module -e "$1" > "$2" && cat "$2"'],
    ['a link to it', 'ln -s /dev/stdout "$2" && "$0" --input-type=module -e "$1" "$2" | cat'],
  ])('is %s that gets the text in its place', (_, command) => {
    const file = join(makeTemporaryFolder(), 'file.txt');
    const { stdout } = spawnSync('sh', ['-c', command, process.execPath, script, file], {
      encoding: 'utf8',
      timeout: 10_000,
      maxBuffer: 10_000_000,
    });
    expect(stdout === lines, stdout.slice(0, 100)).toBe(true);
  });

  it('is a socket that gets the text in its place', async () => {
    // What Node gives its child processes.
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const stdout = (await buffer(child.stdout)).toString();
    expect(stdout === lines, stdout.slice(0, 100)).toBe(true);
  });
});

function makePipe(): string {
  const pipe = join(makeTemporaryFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  return pipe;
}

function makeDevice(): string {
  const device = join(makeTemporaryFolder(), 'device');
  execFileSync('mknod', [device, 'c', '1', '3']);
  return device;
}

// Root may, but not in every container.
function canMakeDevices(): boolean {
  const folder = fileSystem.mkdtempSync('/tmp/device-');
  const { status } = spawnSync('mknod', [join(folder, 'device'), 'c', '1', '3']);
  fileSystem.rmSync(folder, { recursive: true });
  return status === 0;
}
