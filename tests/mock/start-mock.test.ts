import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { SetupError } from '../../scripts/cli/command.ts';
import { startMock } from '../../scripts/mock/index.ts';
import { writeSpec } from '../openapi/write-spec.ts';
import { serve } from '../verify/serve.ts';

const bookshop = 'tests/mock/fixtures/bookshop.yaml';

describe('startMock', () => {
  test('serves two specs at once, and one goes on without the other', async () => {
    await using own = await startMock();
    const other = await startMock({ specFile: bookshop });
    expect((await fetch(`${own.url}/books`)).status).toBe(404);
    expect((await fetch(`${other.url}/books`)).status).toBe(200);
    await other.close();
    await expect(fetch(`${other.url}/books`)).rejects.toThrow('fetch failed');
    expect((await fetch(`${own.url}/login?t=a`, { redirect: 'manual' })).status).toBe(302);
  });

  test.each([
    ['/v1/reports/a', 200, 'report', 'getReport'],
    ['/v1/reports/a.pdf', 200, 'pdf', 'getPdf'],
    ['/v1/reports/%61.pdf', 200, 'pdf', 'getPdf'],
    ['/base/live/v1/reports/a.pdf', 200, 'pdf', 'getPdf'],
    ['/vX/reports/a.pdf', 422, '', 'getPdf'],
    ['/base/live/vX/reports/a', 422, '', 'getReport'],
    ['/reports/a', 404, '', undefined],
    ['/base/v1/reports/a', 404, '', undefined],
  ])(
    'routes %s, a template in part and below a base path or not',
    async (path, status, text, operationId) => {
      await using mock = await startMock({ specFile: 'tests/mock/fixtures/reports.yaml' });
      const response = await fetch(mock.url + path);
      expect([response.status, (await response.text()).startsWith(text)]).toEqual([status, true]);
      expect(mock.journal()[0]?.operationId).toBe(operationId);
    },
  );

  test('answers a wrong method below a base path with the right ones', async () => {
    await using mock = await startMock({ specFile: 'tests/mock/fixtures/reports.yaml' });
    const response = await fetch(`${mock.url}/base/live/v1/reports/a.pdf`, { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  test('gives a URL without a trailing slash, that of the host', async () => {
    await using mock = await startMock({ host: 'localhost' });
    expect(mock.url).toMatch(/^http:\/\/localhost:\d+$/);
    await using wildcard = await startMock({ host: '0.0.0.0' });
    expect(wildcard.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${wildcard.url}/nowhere`)).status).toBe(404);
  });

  test('closes promptly with a connection kept alive, and twice if need be', async () => {
    const mock = await startMock();
    await (await fetch(`${mock.url}/nowhere`)).text();
    const { hostname, port } = new URL(mock.url);
    const socket = connect(Number(port), hostname);
    await new Promise((resolve) => socket.once('ready', resolve));
    socket.on('error', () => {});
    const startMs = performance.now();
    await mock.close();
    await mock.close();
    expect(performance.now() - startMs).toBeLessThan(1000);
  });

  test('starts in spite of an operation that cannot be answered', async () => {
    await using mock = await startMock({ specFile: 'tests/mock/fixtures/unanswerable.yaml' });
    expect(mock.curl).toBe(`curl ${mock.url}/slogan`);
    expect((await fetch(`${mock.url}/slogan`)).status).toBe(500);
  });

  test('rejects a port in use, which the first mock keeps', async () => {
    await using mock = await startMock();
    const port = Number(new URL(mock.url).port);
    await expect(startMock({ port })).rejects.toThrow(`127.0.0.1 port ${port}: it is in use`);
    expect((await fetch(`${mock.url}/nowhere`)).status).toBe(404);
  });

  test('rejects a broken spec with its findings', async () => {
    const failure = startMock({ specFile: 'tests/mock/fixtures/broken.yaml' });
    await expect(failure).rejects.toThrow(SetupError);
    await expect(failure).rejects.toThrow(/broken\.yaml:11:11 error spec\.unreadable: .*Gone/);
    await expect(failure).rejects.toThrow(
      /broken\.yaml:9:11 error spec\.unreadable: Found nothing at the \$ref/,
    );
  });

  test('reloads another spec, with its title and its curl', async () => {
    await using mock = await startMock();
    await mock.reload(bookshop);
    expect(mock.title).toBe("Reader's bookshop 2");
    expect(mock.curl).toContain(`${mock.url}/books`);
    expect((await fetch(`${mock.url}/books`)).status).toBe(200);
  });

  test('serves a path with a percent sign that begins no sequence', async () => {
    const get = { responses: { 204: { description: 'Taken.' } } };
    const info = { title: 'Shop', version: '1' };
    const specFile = writeSpec({ openapi: '3.1.0', info, paths: { '/cups 5% off': { get } } });
    await using mock = await startMock({ specFile });
    expect((await fetch(`${mock.url}/cups%205%25%20off`)).status).toBe(204);
    expect((await fetch(`${mock.url}/cups%206%25%20off`)).status).toBe(404);
  });

  test.each([
    ['tests/mock/fixtures/broken.yaml', 'error spec.unreadable'],
    ['nowhere.yaml', 'Cannot read the spec nowhere.yaml'],
    [bookshop, 'has no sessions to simulate'],
  ])('does not reload %s, which it would not start with, and serves on', async (file, reason) => {
    await using mock = await startMock({ simulate: true });
    const { title, curl } = mock;
    const token = mock.tokens.issue({ kind: 'access-token' });
    const reload = mock.reload(file);
    await expect(reload).rejects.toThrow(SetupError);
    await expect(reload).rejects.toThrow(reason);
    expect([mock.title, mock.curl]).toEqual([title, curl]);
    expect(mock.tokens.list().map(({ id }) => id)).toEqual([token.id]);
    expect((await fetch(`${mock.url}/login?t=a`)).status).toBe(401);
  });

  test('answers by the spec that it has while it reloads another', async () => {
    const asked = Promise.withResolvers<() => void>();
    const server = await serve((_request, response) => {
      asked.resolve(() => response.end(readFileSync('tests/mock/fixtures/library.yaml')));
    });
    await using mock = await startMock({ specFile: bookshop });
    const reload = mock.reload(`${server}/openapi.yaml`);
    const send = await asked.promise;
    expect((await fetch(`${mock.url}/books`)).status).toBe(200);
    expect(mock.title).toBe("Reader's bookshop 2");
    send();
    await reload;
    expect(mock.title).not.toBe("Reader's bookshop 2");
    expect((await fetch(`${mock.url}/books`)).status).toBe(404);
  });

  test('ends a request that it has begun by the spec that it had then', async () => {
    await using mock = await startMock({ specFile: bookshop });
    mock.force({ operationId: 'listBooks', latencyMs: 500 });
    const held = fetch(`${mock.url}/books`);
    // What is forced has been taken by the request.
    await vi.waitFor(async () => {
      expect(await (await fetch(`${mock.url}/__mock__/forced`)).json()).toEqual({ forced: [] });
    });
    await mock.reload('openapi/nexudus-auth.yaml');
    expect((await fetch(`${mock.url}/books`)).status).toBe(404);
    expect((await held).status).toBe(200);
  });

  test('has the last of several reloads win, though an earlier one takes longer or fails', async () => {
    await using mock = await startMock();
    // The toolkit's own spec is compiled, and so loads sooner than any other.
    const reloads = [
      mock.reload(bookshop),
      mock.reload('nowhere.yaml'),
      mock.reload('openapi/nexudus-auth.yaml'),
    ];
    const results = await Promise.allSettled(reloads);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(mock.title).toBe('Nexudus authentication 0.1.0');
    expect((await fetch(`${mock.url}/books`)).status).toBe(404);
  });

  test('rejects a missing spec', async () => {
    await expect(startMock({ specFile: 'nowhere.yaml' })).rejects.toThrow(SetupError);
  });
});
