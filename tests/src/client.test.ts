import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallError, createNexudusAuthClient } from '../../src/index.ts';

const baseUrl = 'https://your-space.spaces.nexudus.com';
const credentials = {
  grant_type: 'password',
  username: 'ada@lovelace.dev',
  password: 'correct-horse',
} as const;
const bearerToken = 'access-token-1';

/** A client whose requests are kept and answered by `answer`. */
function clientThatGets(answer: (request: Request) => Response | Promise<Response>) {
  const requests: Request[] = [];
  const client = createNexudusAuthClient({
    baseUrl,
    fetch: async (request) => {
      requests.push(request.clone());
      return answer(request);
    },
  });
  return { client, requests };
}

const failureOf = (call: Promise<unknown>): Promise<CallError> =>
  call.then(
    () => expect.fail('the call resolved'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(CallError);
      return error as CallError;
    },
  );

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('requests', () => {
  it('sends a form operation as a form, without the fields that are undefined', async () => {
    const { client, requests } = clientThatGets(() =>
      Response.json({ error: 'invalid_grant' }, { status: 400 }),
    );
    await client.getBearerToken({ body: { ...credentials, totp: undefined as never } });
    expect(requests[0]?.method).toBe('POST');
    expect(requests[0]?.headers.get('Content-Type')).toBe('application/x-www-form-urlencoded');
    expect(await requests[0]?.text()).toBe(
      'grant_type=password&username=ada%40lovelace.dev&password=correct-horse',
    );
  });

  it('sends the headers of the operation and of the client', async () => {
    const requests: Request[] = [];
    const client = createNexudusAuthClient({
      baseUrl,
      headers: { Prefer: 'example=refused' },
      fetch: async (request) => {
        requests.push(request);
        return Response.json({ error: 'invalid_grant' }, { status: 400 });
      },
    });
    await client.getBearerToken({ header: { client_id: 'nexudus-portal' }, body: credentials });
    expect(requests[0]?.headers.get('client_id')).toBe('nexudus-portal');
    expect(requests[0]?.headers.get('Prefer')).toBe('example=refused');
  });

  it('sends the bearer token in the Authorization header, and no body nor Content-Type', async () => {
    const { client, requests } = clientThatGets(() => new Response(null, { status: 401 }));
    await client.getOneTimeToken({ bearerToken });
    expect(requests[0]?.headers.get('Authorization')).toBe('Bearer access-token-1');
    expect(requests[0]?.headers.has('Content-Type')).toBe(false);
    expect(await requests[0]?.text()).toBe('');
  });

  it('refuses a bearer token that no header can carry, without quoting it', async () => {
    const { client, requests } = clientThatGets(() => new Response(null, { status: 401 }));
    for (const token of ['', 'secret\nX-Evil: 1', 'sécret']) {
      const error = await client.getMediaToken({ bearerToken: token }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(TypeError);
      expect(inspect(error)).not.toMatch(/secret|sécret/);
    }
    expect(requests).toHaveLength(0);
  });

  it('sends the query in the order of the spec, whatever the order it is given in', async () => {
    const { client, requests } = clientThatGets(() => new Response(null, { status: 302 }));
    await client.redirectToServerPage({ query: { redirectUrl: '/user/invoices', t: 'x', server: true } });
    expect(requests[0]?.url).toBe(`${baseUrl}/user/login?server=true&t=x&redirectUrl=%2Fuser%2Finvoices`);
  });

  it('keeps a path prefix of the base URL and drops its trailing slash', async () => {
    const urls: string[] = [];
    const client = createNexudusAuthClient({
      baseUrl: 'http://127.0.0.1:4010/nexudus/',
      fetch: async ({ url }) => {
        urls.push(url);
        return new Response(null, { status: 401 });
      },
    });
    await client.getMediaToken({ bearerToken });
    expect(urls).toEqual(['http://127.0.0.1:4010/nexudus/api/auth/media/customer']);
  });

  it.each([
    '',
    '/api',
    'your-space.spaces.nexudus.com',
    'ftp://x',
    'https://x?y',
    'https://x#y',
    'https://u:p@x',
  ])('refuses the base URL %j', (url) => {
    expect(() => createNexudusAuthClient({ baseUrl: url })).toThrow(/baseUrl must be an absolute http/);
  });

  it('looks fetch up at the call, so that a tool may replace it after the client was made', async () => {
    const client = createNexudusAuthClient({ baseUrl });
    vi.stubGlobal('fetch', async () => Response.json({ jwt: 'media-token-1' }));
    expect(await client.getMediaToken({ bearerToken })).toMatchObject({ status: 200 });
  });

  it('follows no redirect, which could carry credentials to another origin', async () => {
    const { client, requests } = clientThatGets(() => new Response(null, { status: 401 }));
    await client.getMediaToken({ bearerToken });
    expect(requests[0]?.redirect).toBe('manual');
  });
});

describe('documented answers', () => {
  it('resolves to status, ok, body and response', async () => {
    const { client } = clientThatGets(() =>
      Response.json({ jwt: 'media-token-1' }, { headers: { 'X-Id': '1' } }),
    );
    const result = await client.getMediaToken({ bearerToken });
    expect(result).toMatchObject({ status: 200, ok: true, body: { jwt: 'media-token-1' } });
    expect(result.response.headers.get('X-Id')).toBe('1');
  });

  it('keeps what is null in an envelope', async () => {
    const envelope = { WasSuccessful: false, Value: null, Status: 500, Message: null, Errors: null };
    const { client } = clientThatGets(() => Response.json(envelope, { status: 500 }));
    expect(await client.getOneTimeToken({ bearerToken })).toMatchObject({
      status: 500,
      ok: false,
      body: envelope,
    });
  });

  it.each(['', '<html>Unauthorized</html>', '{"Message":"no"}'])(
    'drops the body %j of an answer whose body is not documented',
    async (body) => {
      const { client } = clientThatGets(() => new Response(body, { status: 401 }));
      const result = await client.getMediaToken({ bearerToken });
      expect(result).toMatchObject({ status: 401, ok: false, body: undefined });
    },
  );

  it('reads a PDF as a Blob', async () => {
    const headers = { 'Content-Type': 'application/pdf' };
    const { client } = clientThatGets(() => new Response('%PDF-1.4', { headers }));
    const result = await client.downloadInvoicePdf({
      path: { invoiceId: 1024 },
      query: { t: 'media-token-1' },
    });
    expect(result.status === 200 && (await result.body.text())).toBe('%PDF-1.4');
  });
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
        `getMediaToken: GET ${baseUrl}/api/auth/media/customer answered ${status}, which the spec does not document (it documents 200, 401).`,
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

  it.each(['', '<html>secret</html>', '{"jwt":"secret'])(
    'fails with unreadable_body on the body %j, without quoting it',
    async (body) => {
      const { client } = clientThatGets(() => new Response(body));
      const error = await failureOf(client.getMediaToken({ bearerToken }));
      expect(error).toMatchObject({ code: 'unreadable_body', status: 200 });
      expect(error.cause).toBeInstanceOf(SyntaxError);
      expect(inspect(error)).not.toContain('secret');
    },
  );

  it('fails with network_failure when no answer arrives, and keeps the cause', async () => {
    const cause = new TypeError('fetch failed');
    const { client } = clientThatGets(() => Promise.reject(cause));
    const error = await failureOf(client.getMediaToken({ bearerToken }));
    expect(error).toMatchObject({ code: 'network_failure', cause });
    expect(error.status).toBeUndefined();
  });

  it('names the code of a refused connection', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const client = createNexudusAuthClient({ baseUrl: `http://127.0.0.1:${port}` });
    const error = await failureOf(client.getMediaToken({ bearerToken }));
    expect(error.message).toMatch(/gave no whole answer: fetch failed \(ECONNREFUSED\)\.$/);
  });

  it('fails with network_failure when the body breaks off', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) });
    const { client } = clientThatGets(() => new Response(body));
    expect(await failureOf(client.getMediaToken({ bearerToken }))).toMatchObject({ code: 'network_failure' });
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
      expect(error).toMatchObject({ code: 'aborted', cause: reason });
    }));

  it('fails with aborted without sending when the signal was aborted before', async () => {
    const error = await failureOf(
      createNexudusAuthClient({ baseUrl }).getMediaToken({ bearerToken, signal: AbortSignal.abort() }),
    );
    expect(error).toMatchObject({ code: 'aborted' });
  });
});
