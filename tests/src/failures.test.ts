import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallError, createNexudusAuthClient } from '../../src/index.ts';
import { baseUrl, bearerToken, clientThatGets, failureOf } from './client-that-gets.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('calls without a documented answer', () => {
  it.each([204, 302, 404, 418, 503])(
    'fails with undocumented_status on a %i, and says what is documented',
    async (status) => {
      const { client } = clientThatGets(() => new Response(null, { status }));
      const error = await failureOf(client.getMediaToken({ bearerToken }));
      expect(error).toMatchObject({
        code: 'undocumented_status',
        status,
        method: 'GET',
        operationId: 'getMediaToken',
      });
      expect(error.message).toBe(
        `getMediaToken: GET ${baseUrl}/api/auth/media/customer answered ${status}, which the spec does not document (it documents 200, 401).${status === 302 ? " Set redirect: 'follow' to follow it." : ''}`,
      );
    },
  );

  it('fails with undocumented_status on a redirect that a browser hides', async () => {
    const hidden = Object.defineProperties(new Response(null), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    });
    const { client } = clientThatGets(() => hidden);
    const error = await failureOf(client.redirectToPortal({ query: { t: 'one-time-token-1' } }));
    expect(error.code).toBe('undocumented_status');
    expect(error.message).toMatch(/navigate to the URL instead/);
  });

  it.each([
    ['', 0],
    ['<html>secret</html>', 19],
    ['{"jwt":"secret', 14],
  ])('fails with unreadable_body on the body %j, without quoting it', async (body, length) => {
    const { client } = clientThatGets(() => new Response(body));
    const error = await failureOf(client.getMediaToken({ bearerToken }));
    expect(error).toMatchObject({ code: 'unreadable_body', status: 200 });
    expect(error.name).toBe('CallError');
    expect(error.message).toMatch(` answered 200, but its body of ${length} characters is not valid JSON.`);
    expect(error).not.toHaveProperty('cause');
    expect(inspect(error)).not.toContain('secret');
  });

  it('fails with network_failure when no answer arrives, and keeps name, code and message of the cause', async () => {
    const reason = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', data: 'secret' });
    const { client } = clientThatGets(() => Promise.reject(new TypeError('fetch failed', { cause: reason })));
    const error = await failureOf(client.getMediaToken({ bearerToken }));
    expect(error.code).toBe('network_failure');
    expect(error).not.toHaveProperty('status');
    const { stack: _, ...kept } = Object.getOwnPropertyDescriptors(error.cause);
    expect(Object.entries(kept).map(([key, { value }]) => [key, value])).toEqual([
      ['message', 'fetch failed'],
      ['name', 'TypeError'],
      ['code', 'ECONNREFUSED'],
    ]);
  });

  it.each<[string, (sent: string) => string]>([
    ['as they are', (sent) => sent],
    ['percent-encoded', encodeURIComponent],
    ['as a form', (sent) => new URLSearchParams({ sent }).toString().slice('sent='.length)],
    ['as JSON', (sent) => JSON.stringify(sent).slice(1, -1)],
  ])('masks what the call sent where fetch quotes it: %s', async (_, write) => {
    const sent = { username: 'ada@secret.dev', password: 'a "secret" +1', totp: '123456' };
    const { client } = clientThatGets((request) => {
      const headers = [...request.headers.values()].join(' and ');
      throw new Error(`cannot send ${Object.values(sent).map(write).join(' and ')}, ${write(headers)}`);
    });
    const header = { client_id: 'secret client' };
    const error = await failureOf(
      client.getBearerToken({ header, body: { grant_type: 'password', ...sent } }),
    );
    expect(error.message).toMatch(/: cannot send \*\*\* and \*\*\* and \*\*\*, /);
    expect(inspect(error)).not.toMatch(/secret|123456/);
  });

  it('masks a bearer token that fetch quotes', async () => {
    const { client } = clientThatGets((request) => {
      throw new TypeError(`Invalid header value "${request.headers.get('Authorization')}"`);
    });
    const error = await failureOf(client.getMediaToken({ bearerToken: 'secret/1==' }));
    expect(error.message).toMatch(/: Invalid header value "\*\*\*"\.$/);
  });

  it('takes a CallError that fetch throws for any other error', async () => {
    const call = { operationId: 'other', method: 'GET', url: baseUrl };
    const thrown = new CallError('timeout', call, 'failed', new Error('secret'));
    const { client } = clientThatGets(() => Promise.reject(thrown));
    const error = await failureOf(client.getMediaToken({ bearerToken }));
    expect(error.code).toBe('network_failure');
    expect(inspect(error)).not.toContain('secret');
  });

  it('masks the query of a URL that fetch quotes, as some do', async () => {
    const { client } = clientThatGets((request) =>
      Promise.reject(new Error(`request to ${request.url} failed`)),
    );
    const query = { token: 'secret-jwt', validForInMinutes: 1440 };
    const error = await failureOf(client.exchangeJwt({ query }));
    expect(error.message).toContain(`request to ${error.url} failed`);
    expect(error.message).not.toContain('secret');
  });

  it('names the code of a refused connection', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const client = createNexudusAuthClient({ baseUrl: `http://127.0.0.1:${port}` });
    const error = await failureOf(client.getMediaToken({ bearerToken }));
    expect(error.message).toMatch(/ did not return a complete response: fetch failed \(ECONNREFUSED\)\.$/);
  });

  it('fails with network_failure when the body breaks off', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) });
    const { client } = clientThatGets(() => new Response(body));
    expect(await failureOf(client.getMediaToken({ bearerToken }))).toMatchObject({
      code: 'network_failure',
      status: 200,
    });
  });

  it('masks the query, and shows no secret however it is printed', async () => {
    const { client } = clientThatGets(() => new Response(null, { status: 418 }));
    const query = { token: 'secret-jwt', validForInMinutes: 1440 };
    const error = await failureOf(client.exchangeJwt({ query }));
    expect(error.url).toBe(`${baseUrl}/api/sys/users/exchange?token=***&validForInMinutes=***`);
    expect(
      inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + error.stack,
    ).not.toContain('secret');
  });
});

describe('time-out and abort', () => {
  /** A server that answers the head at once and the body never. */
  async function withHangingServer(run: (url: string) => Promise<void>): Promise<void> {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).write('{');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it('fails with timeout when the whole answer takes longer than timeoutMs, its body included', () =>
    withHangingServer(async (url) => {
      const client = createNexudusAuthClient({ baseUrl: url, timeoutMs: 50 });
      expect(await failureOf(client.getMediaToken({ bearerToken }))).toMatchObject({ code: 'timeout' });
    }));

  it('fails with timeout after no time at all', () =>
    withHangingServer(async (url) => {
      const client = createNexudusAuthClient({ baseUrl: url, timeoutMs: 0 });
      expect(await failureOf(client.getMediaToken({ bearerToken }))).toMatchObject({ code: 'timeout' });
    }));

  it("lets a call's timeoutMs win over the client's", () =>
    withHangingServer(async (url) => {
      const client = createNexudusAuthClient({ baseUrl: url, timeoutMs: Number.POSITIVE_INFINITY });
      const error = await failureOf(client.getMediaToken({ bearerToken, timeoutMs: 50 }));
      expect(error).toMatchObject({ code: 'timeout' });
    }));

  it("fails with aborted when the caller's signal aborts, and keeps its reason", () =>
    withHangingServer(async (url) => {
      const client = createNexudusAuthClient({ baseUrl: url, timeoutMs: Number.POSITIVE_INFINITY });
      const controller = new AbortController();
      const reason = new Error('the page was left');
      setTimeout(() => controller.abort(reason), 50);
      const error = await failureOf(client.getMediaToken({ bearerToken, signal: controller.signal }));
      expect(error.code).toBe('aborted');
      expect(error.cause).toBe(reason);
      expect(error.message).toMatch(/ was aborted by the caller\.$/);
    }));

  it("keeps the caller's reason, whatever fetch throws then", async () => {
    const controller = new AbortController();
    const { client } = clientThatGets(() => {
      controller.abort('left');
      throw new Error('secret');
    });
    const error = await failureOf(client.getMediaToken({ bearerToken, signal: controller.signal }));
    expect(error).toMatchObject({ code: 'aborted', cause: 'left' });
  });

  it.each([Number.NaN, -1])('refuses a timeoutMs of %d', async (timeoutMs) => {
    const { client, requests } = clientThatGets(() => new Response(null, { status: 401 }));
    await expect(client.getMediaToken({ bearerToken, timeoutMs })).rejects.toThrow(
      new RangeError(`timeoutMs is ${timeoutMs}, expected 0 or more.`),
    );
    expect(requests).toEqual([]);
  });

  it.each([Number.POSITIVE_INFINITY, 2 ** 31])('sets no timer for a timeoutMs of %d', async (timeoutMs) => {
    vi.useFakeTimers();
    const { client } = clientThatGets(() => {
      expect(vi.getTimerCount()).toBe(0);
      return new Response(null, { status: 401 });
    });
    expect(await client.getMediaToken({ bearerToken, timeoutMs })).toMatchObject({ status: 401 });
  });

  it('leaves nothing behind, neither a timer nor a listener', async () => {
    vi.useFakeTimers();
    const { signal } = new AbortController();
    const { client } = clientThatGets(() => {
      expect([vi.getTimerCount(), getEventListeners(signal, 'abort').length]).toEqual([1, 1]);
      return new Response(null, { status: 401 });
    });
    expect(await client.getMediaToken({ bearerToken, signal })).toMatchObject({ status: 401 });
    expect([vi.getTimerCount(), getEventListeners(signal, 'abort').length]).toEqual([0, 0]);
  });

  it('fails with aborted without sending when the signal was aborted before', async () => {
    const error = await failureOf(
      createNexudusAuthClient({ baseUrl }).getMediaToken({ bearerToken, signal: AbortSignal.abort() }),
    );
    expect(error).toMatchObject({ code: 'aborted' });
  });
});
