import { once } from 'node:events';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command } from '../../scripts/mock/command.ts';
import { writeSpec } from '../openapi/write-spec.ts';
import { runMock } from './run-command.ts';

/** Splits a command into words as a POSIX shell does, as far as single quotes go. */
function splitWords(command: string): string[] {
  const words = command.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
  return words.map((word) =>
    word.replaceAll(/'([^']*)'|\\(.)/g, (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? ''),
  );
}

/** Sends what a printed curl command would. */
function follow(command: string): Promise<Response> {
  const [curl, ...words] = splitWords(command);
  expect(curl).toBe('curl');
  const url = words.pop() ?? '';
  const headers = new Headers();
  const init: RequestInit = { headers };
  for (let index = 0; index < words.length; index += 2) {
    const [option, value = ''] = words.slice(index);
    if (option === '-d') {
      init.method ??= 'POST';
      init.body = value;
      if (!headers.has('content-type')) {
        headers.set('content-type', 'application/x-www-form-urlencoded');
      }
    } else if (option === '-H') {
      const [name = '', content = ''] = value.split(': ');
      headers.set(name, content);
    } else {
      expect(option).toBe('-X');
      init.method = value;
    }
  }
  return fetch(url, init);
}

describe('mock', () => {
  test('says in one line that it is ready, with a curl that works', async () => {
    const { child, firstLine, result } = runMock(['--port', '0']);
    const [ready, command = ''] = (await firstLine).split(' — try: ');
    expect(ready).toMatch(
      /^Mock of Nexudus authentication 0\.1\.0 ready at (http:\/\/127\.0\.0\.1:\d+) \(console: \1\/__mock__\/\)$/,
    );
    const url = ready?.match(/http:[^ ]+/)?.[0];
    expect(command).toBe(
      `curl -d 'grant_type=password&username=ada@lovelace.dev&password=correct-horse' ${url}/api/token`,
    );
    const response = await follow(command);
    expect([response.status, await response.json()]).toMatchObject([200, { access_token: 'access-token-1' }]);
    child.kill('SIGTERM');
    const { stdout, stderr } = await result;
    expect(stdout.trim().split('\n').slice(1)).toEqual([
      expect.stringMatching(/^POST \/api\/token 200 \d+ ms getBearerToken \(example\)$/),
    ]);
    expect(stderr).toBe('');
  });

  test('serves another spec, also with a curl that works', async () => {
    const { firstLine } = runMock(['--port', '0', '--spec', 'tests/mock/fixtures/bookshop.yaml']);
    const [ready, command = ''] = (await firstLine).split(' — try: ');
    expect(ready).toMatch(/^Mock of Reader's bookshop 2 ready at /);
    expect(command).toContain(String.raw`-d '{"title":"Emma'\''s \"house\" & home"}'`);
    const response = await follow(command);
    expect([response.status, await response.json()]).toEqual([201, { title: 'Emma' }]);
  });

  test('serves a document that is an argument, and tells the first ten things that it lacks', async () => {
    const operations = Array.from(
      { length: 12 },
      (_, at) => `  /cups/${at}: { get: { responses: { 204: {} } } }\n`,
    );
    const file = writeSpec(
      `openapi: 3.1.0\ninfo: { title: Shop, version: 1.0.0 }\npaths:\n${operations.join('')}`,
    );
    const { child, firstLine, result } = runMock(['--port', '0', file]);
    expect(await firstLine).toMatch(/^Mock of Shop 1\.0\.0 ready at /);
    child.kill('SIGTERM');
    const lines = (await result).stderr.trim().split('\n');
    expect(lines[0]).toBe(`${file}:4:34 warning spec.invalid: Found no "description", expected one.`);
    expect(lines.slice(10)).toEqual(['… and 2 more warnings. Run check on the document to list them all.']);
  });

  test('serves a document without operations, and says so', async () => {
    const { child, firstLine, result } = runMock(['--port', '0', 'tests/mock/fixtures/empty.yaml']);
    const [, url = ''] = /curl (\S+)/.exec(await firstLine) ?? [];
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(new URL('/cups', url))).status).toBe(404);
    child.kill('SIGTERM');
    expect((await result).stderr).toContain('warning spec.unsupported: Found no operations under "paths".');
  });

  test('stays on one line, whatever the title and the body hold', async () => {
    const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
    const post = {
      requestBody: { content: { 'multipart/form-data': { schema } } },
      responses: { 204: { description: 'Taken.' } },
    };
    const info = { title: '\u001b[31mCups\u0007\nand saucers', version: '1' };
    const file = writeSpec({ openapi: '3.1.0', info, paths: { '/cups': { post } } });
    const { child, firstLine, result } = runMock(['--port', '0', file]);
    expect(await firstLine).toMatch(/^Mock of Cups and saucers 1 ready .* -d \$'--.*\\r\\n' http:\S+\/cups$/);
    child.kill('SIGTERM');
    expect((await result).stdout.trim()).not.toMatch(/\p{Cc}/u);
  });

  test('refuses a document that is broken, and to watch a URL', async () => {
    const broken = runMock(['tests/openapi/fixtures/broken-reference/openapi.yaml']);
    const { exitCode, stderr } = await broken.result;
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('spec.unreadable: Found nothing at the $ref'),
    ]);
    const watching = await runMock(['--watch', 'https://shop.example/openapi.yaml']).result;
    expect([watching.exitCode, watching.stderr]).toEqual([
      2,
      expect.stringContaining('--watch works only with a file'),
    ]);
  });

  test('serves the spec of the config that is named, from any working directory', async () => {
    const { firstLine } = runMock(['--port', '0', '--config', resolve('contract.config.ts')], tmpdir());
    expect(await firstLine).toContain('Nexudus authentication');
  });

  test('ends with 0 at a signal before it is ready, and leaves no listener behind', async () => {
    const countListeners = () => [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')];
    const before = countListeners();
    const ended = command.run(['--port', '0'], { stdout: () => {}, stderr: () => {}, env: {} });
    process.listeners('SIGTERM').at(-1)?.('SIGTERM');
    expect(await ended).toBe(0);
    await expect(
      command.run(['--spec', 'nowhere.yaml'], { stdout: () => {}, stderr: () => {}, env: {} }),
    ).rejects.toThrow();
    expect(countListeners()).toEqual(before);
  });
});

describe('mock ends with 2 and says why', () => {
  async function fail(...args: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await runMock(args).result;
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).not.toContain('    at ');
    return stderr;
  }

  test('at a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const message = await fail('--port', String(port));
    expect(message).toContain(`127.0.0.1 port ${port}: it is in use`);
    expect(message).toContain('--port 0');
    server.close();
  });

  test('at a host that is not of this machine', async () => {
    const message = await fail('--port', '0', '--host', '192.0.2.1');
    expect(message).toContain('192.0.2.1 port 0: listen EADDRNOTAVAIL');
    expect(message).toContain('--host 127.0.0.1');
  });

  test('at a broken spec, with each finding', async () => {
    const lines = (await fail('--spec', 'tests/mock/fixtures/broken.yaml')).trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatch(/^tests\/mock\/fixtures\/broken\.yaml:\d+:\d+ error spec\.unreadable: /);
    }
  });

  test('at a missing spec', async () => {
    expect(await fail('--spec', 'nowhere.yaml')).toContain('Cannot read the spec nowhere.yaml');
  });

  test.each(['abc', '-1', '65536', '1e3', '80.5'])('at the port "%s"', async (port) => {
    expect(await fail(`--port=${port}`)).toContain(`--port is "${port}", expected a number from 0 to 65535`);
  });

  test('at an empty port', async () => {
    expect(await fail('--port=')).toContain("Option '--port' is empty");
  });

  test('at an unknown option', async () => {
    expect(await fail('--prot', '0')).toContain("'--prot'");
  });
});
