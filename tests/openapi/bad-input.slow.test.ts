import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const tellMemory = `process.on('exit', () => process.stderr.write('memory ' + process.resourceUsage().maxRSS))`;

/** Runs a command, and measures how long it took and how much memory it had, in MB. */
async function run(...args: string[]) {
  const start = performance.now();
  const cwd = makeTemporaryFolder();
  const command = [
    `--import=data:text/javascript,${encodeURIComponent(tellMemory)}`,
    join(process.cwd(), 'scripts/cli.ts'),
  ];
  const child = spawn(process.execPath, [...command, ...args], { cwd });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  onTestFinished(() => void child.kill('SIGKILL'));
  const exitCode = await new Promise((resolve) => child.on('exit', resolve));
  return {
    exitCode,
    output,
    seconds: (performance.now() - start) / 1000,
    memory: Number(/memory (\d+)/.exec(output)?.[1]) / 1024,
  };
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const nest = '['.repeat(100_000) + ']'.repeat(100_000);
const bomb = Array.from({ length: 9 }, (_, level) => {
  const inner = level === 0 ? 'a' : `*l${level - 1}`;
  return `x-${level}: &l${level} [${Array(9).fill(inner).join(', ')}]\n`;
}).join('');

it.each(['generate', 'mock', 'check'])(
  '%s ends on bad input within 10 s and 1 GB, and says why',
  async (command) => {
    const folder = makeTemporaryFolder();
    const documents = {
      'deep.json': `{ "openapi": "3.1.0", "paths": {}, "x-a": ${nest} }`,
      'deep.yaml': `openapi: 3.1.0\npaths: {}\nx-a: ${nest}\n`,
      'bomb.yaml': `openapi: 3.1.0\npaths: {}\n${bomb}`,
      'circle.yaml': 'openapi: 3.1.0\npaths:\n  /a: { $ref: "#/paths/~1b" }\n  /b: { $ref: "#/paths/~1a" }\n',
      'large.yaml': `openapi: 3.1.0\npaths: {}\nx-a: ${'a'.repeat(51 * 1024 * 1024)}\n`,
      'many.json': `{ "openapi": "3.1.0", "paths": {}, "x-a": [${'{},'.repeat(7_000_000)}1] }`,
      'empty.yaml': '',
    };
    for (const [name, text] of Object.entries(documents)) {
      writeFileSync(join(folder, name), text);
      const { exitCode, output, seconds, memory } = await run(command, join(folder, name));
      expect([name, exitCode === 1 || exitCode === 2]).toEqual([name, true]);
      expect(output).toMatch(/spec\.unreadable|Cannot read the spec/);
      expect(output).not.toMatch(/^\s+at /m);
      expect(seconds).toBeLessThan(10);
      expect(memory).toBeLessThan(1024);
    }
  },
  120_000,
);

it.each<[string, RequestListener, RegExp]>([
  [
    'sends without an end',
    (_request, response) => {
      const timer = setInterval(() => response.write('x'.repeat(1024)), 20);
      response.on('close', () => clearInterval(timer));
    },
    /did not respond completely within 8 s/,
  ],
  [
    'floods',
    (_request, response) => {
      const flood = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', flood);
      flood();
    },
    /is larger than 50 MB/,
  ],
  ['is silent', () => {}, /did not respond completely within 8 s/],
])(
  'ends within 10 s where a server %s',
  async (_title, listener, message) => {
    const { exitCode, output, seconds, memory } = await run('generate', await serve(listener));
    expect(exitCode).toBe(2);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/^\s+at /m);
    expect(seconds).toBeLessThan(12);
    expect(memory).toBeLessThan(1024);
  },
  30_000,
);
