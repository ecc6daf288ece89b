import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { SetupError } from '../../scripts/command.ts';
import { startMock } from '../../scripts/mock/index.ts';

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
    await expect(failure).rejects.toThrow(/broken\.yaml:2:1 error spec\.unreadable: .*version/);
    await expect(failure).rejects.toThrow(
      /broken\.yaml:9:11 error spec\.unreadable: Found nothing at the \$ref/,
    );
  });

  test('rejects a missing spec', async () => {
    await expect(startMock({ specFile: 'nowhere.yaml' })).rejects.toThrow(SetupError);
  });
});
