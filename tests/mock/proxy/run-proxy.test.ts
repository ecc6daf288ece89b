import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SetupError } from '../../../scripts/cli/command.ts';
import { command } from '../../../scripts/mock/command.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { answerWith, serve } from '../../verify/serve.ts';
import { runMock } from '../run-command.ts';

test.each(['SIGTERM', 'SIGINT'] as const)(
  'mock --proxy forwards, reports, and records until %s',
  async (signal) => {
    const target = await serve(answerWith(418));
    const file = join(makeTemporaryFolder(), 'traffic.har');
    const { child, firstLine, result } = runMock(['--port', '0', '--proxy', target, '--record', file]);
    const line = await firstLine;
    expect(line).toMatch(
      /^Proxy to http:\S+ ready at http:\S+:\d+, checking traffic against Nexudus authentication \d/,
    );
    const [, url = ''] = /ready at (\S+),/.exec(line) ?? [];
    const response = await fetch(`${url}/login?t=sekret`);
    expect([response.status, response.headers.has('sl-violations')]).toEqual([418, true]);
    expect(existsSync(file)).toBe(false);
    child.kill(signal);
    const { exitCode, stdout, stderr } = await result;
    expect([exitCode, stdout.trim()]).toEqual([0, line]);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringContaining(
        'GET /login 418 (redirectToPortal): response: Unable to match the returned status',
      ),
      `Recorded 1 request in ${file}.`,
    ]);
    expect(readFileSync(file, 'utf8')).toContain(`"url": "${target}/login?t=***-1"`);
  },
);

test('mock --proxy saves its recording, however often it is told to stop, and says that it does', async () => {
  const body = JSON.stringify(Array.from({ length: 40_000 }, (_, Id) => ({ Id, Name: `name ${Id}` })));
  const target = await serve((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(body),
  );
  const file = join(makeTemporaryFolder(), 'traffic.har');
  const { child, firstLine, result } = runMock(['--port', '0', '--proxy', target, '--record', file]);
  const [, url = ''] = /ready at (\S+),/.exec(await firstLine) ?? [];
  for (let count = 0; count < 5; count += 1) {
    await (await fetch(`${url}/nowhere`)).text();
  }
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    // Whenever it says something, it is told again.
    stderr += chunk;
    if (!stderr.includes('Recorded')) {
      child.kill(stderr.includes('Saving') ? 'SIGTERM' : 'SIGINT');
    }
  });
  child.kill('SIGINT');
  expect(await result).toMatchObject({ exitCode: 0 });
  expect(stderr.split('\n').slice(-3)).toEqual([
    `Saving 5 requests in ${file}. Please wait.`,
    `Recorded 5 requests in ${file}.`,
    '',
  ]);
  expect(JSON.parse(readFileSync(file, 'utf8')).log.entries).toHaveLength(5);
});

describe('mock --proxy refuses', () => {
  const target = 'https://a-space.example';

  test.each([
    [['--proxy', target, '--simulate'], '--simulate does not work with --proxy'],
    [['--proxy', target, '--watch'], '--watch does not work with --proxy'],
    [['--record', 'x.har'], '--record works only with --proxy'],
    [['--proxy', 'http://a-space.example'], '--proxy is http://a-space.example, expected https'],
    [['--proxy', 'https://a:sekret@a.example'], '--proxy holds more than a host'],
    [['--proxy', target, '--record', 'tests'], 'Cannot record in tests: EISDIR: it is a folder'],
    [['--proxy', target, '--host', '192.0.2.1'], 'Cannot listen on 192.0.2.1'],
  ])('%j', async (args, message) => {
    const stdout: string[] = [];
    const context = { stdout: (line: string) => stdout.push(line), stderr: () => {}, env: {} };
    const ended = command.run(['--port', '0', ...args], context);
    await expect(ended).rejects.toThrow(SetupError);
    await expect(ended).rejects.toThrow(message);
    await expect(ended).rejects.not.toThrow('sekret');
    expect(stdout).toEqual([]);
  });
});
