import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { asFetch } from '../as-fetch.ts';
import { openSignedIn } from './open-session.ts';
import { baseUrl, bookingsPath, createProvider, tokenPath } from './provider.ts';

it.each([
  ['a path', bookingsPath, 'manual'],
  ['a Request', new Request(`${baseUrl}${bookingsPath}`), 'manual'],
  ['a Request that wants none', new Request(`${baseUrl}${bookingsPath}`, { redirect: 'error' }), 'error'],
  ['a call elsewhere', 'https://elsewhere.example/', 'follow'],
])('asks fetch about redirects: %s', async (_title, input, redirect) => {
  const { session, provider } = await openSignedIn();
  await session.fetch(input);
  expect(provider.requests[1]?.redirect).toBe(redirect);
});

describe('a redirect to another origin', () => {
  async function listen(answer: (server: Server) => void): Promise<{ url: string; close: () => void }> {
    const server = createServer();
    answer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, close: () => server.close().closeAllConnections() };
  }

  it.each([
    ['is an answer like others', {}, 302, 0],
    ['is followed on request, without the bearer token', { redirect: 'follow' as const }, 200, 1],
  ])('%s', async (_title, init, status, followed) => {
    const elsewhere: (string | undefined)[] = [];
    const other = await listen((server) =>
      server.on('request', (request, response) => {
        elsewhere.push(request.headers.authorization);
        response.end();
      }),
    );
    const space = await listen((server) =>
      server.on('request', (_request, response) => response.writeHead(302, { Location: other.url }).end()),
    );
    const provider = createProvider();
    const isOfProvider = (url: string) => new URL(url).pathname === tokenPath;
    const { session } = await openSignedIn({
      baseUrl: space.url,
      fetch: asFetch((request) => (isOfProvider(request.url) ? provider.fetch(request) : fetch(request))),
    });
    try {
      expect((await session.fetch('/file', init)).status).toBe(status);
      expect(elsewhere).toEqual(Array(followed).fill(undefined));
    } finally {
      other.close();
      space.close();
    }
  });
});
