import { once } from 'node:events';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallError, type ResponseValidators } from '../../../src/runtime/index.ts';
import { createOpenapiFetchClient, type OpenapiFetchOptions } from '../../../src/runtime/openapi-fetch.ts';
import { asFetch } from '../as-fetch.ts';

const baseUrl = 'https://shop.example/v2';

/** The operations of a shop that signs in with a form, as generated code has them. */
const operations = {
  signIn: {
    method: 'POST',
    path: '/token',
    public: true,
    requestMediaType: 'application/x-www-form-urlencoded',
    responses: { '200': 'json', '400': 'json' },
    query: [],
  },
  getOrder: {
    method: 'GET',
    path: '/orders/{id}',
    public: false,
    responses: { '200': 'json', '302': 'none', '401': 'none' },
    query: [{ name: 'page', required: false }],
  },
  addPhotos: {
    method: 'PUT',
    path: '/orders/{id}/photos',
    public: false,
    requestMediaType: 'multipart/form-data',
    responses: { '204': 'none' },
    query: [],
  },
  getReceipt: {
    method: 'GET',
    path: '/orders/{id}/receipt',
    public: false,
    responses: { '200': 'blob', '4XX': 'json' },
    query: [],
  },
} as const;

interface Shared {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
}
type Order = { name: string; note: null };
type Json<Body> = { headers: { [name: string]: unknown }; content: { 'application/json': Body } };
type Empty = { headers: { [name: string]: unknown }; content?: never };
type OfOrder = {
  parameters: { query?: { page?: number }; header?: never; path: { id: number }; cookie?: never };
};

/** Its types, as `generate` writes them. */
interface paths {
  '/token': {
    post: Shared & {
      requestBody: { content: { 'application/x-www-form-urlencoded': { user: string; code?: string } } };
      responses: { 200: Json<{ token: string }>; 400: Json<{ error: string }> };
    };
  };
  '/orders/{id}': {
    get: OfOrder & { requestBody?: never; responses: { 200: Json<Order>; 302: Empty; 401: Empty } };
  };
  '/orders/{id}/photos': {
    put: OfOrder & {
      requestBody: { content: { 'multipart/form-data': { photo: Blob; tags: string[] } } };
      responses: { 204: Empty };
    };
  };
  '/orders/{id}/receipt': {
    get: OfOrder & {
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/pdf': Blob } };
        '4XX': Json<{ error: string }>;
      };
    };
  };
}

type Answer = (request: Request) => Response | Promise<Response>;

function open(answer: Answer, options: Partial<OpenapiFetchOptions> = {}) {
  const requests: Request[] = [];
  const fetch = asFetch(async (request) => {
    requests.push(request.clone());
    return answer(request);
  });
  const client = createOpenapiFetchClient<paths>(operations, { baseUrl, fetch, ...options });
  return { client, requests };
}

const order = { params: { path: { id: 7 } } };
const answerJson = (body: unknown, init?: ResponseInit) => () => Response.json(body, init);

async function failureOf(call: Promise<unknown>): Promise<CallError> {
  const error: unknown = await call.then(
    () => expect.fail('the call resolved'),
    (thrown: unknown) => thrown,
  );
  return error instanceof CallError ? error : expect.fail(`${error}`);
}

describe('a body', () => {
  it('is a form where the spec says so, without what is undefined', async () => {
    const { client, requests } = open(answerJson({ token: 'token-1' }));
    const { data, error } = await client.POST('/token', {
      body: { user: 'ada & co', code: undefined } as never,
    });
    expect(data).toEqual({ token: 'token-1' });
    expect(error).toBeUndefined();
    expect(requests[0]?.url).toBe(`${baseUrl}/token`);
    expect(requests[0]?.headers.get('Content-Type')).toBe('application/x-www-form-urlencoded');
    expect(await requests[0]?.text()).toBe('user=ada+%26+co');
  });

  it('has files as parts', async () => {
    const { client, requests } = open(() => new Response(null, { status: 204 }));
    const photo = new File(['abc'], 'a.png', { type: 'image/png' });
    const { error, response } = await client.PUT('/orders/{id}/photos', {
      ...order,
      body: { photo, tags: ['x', 'y'] },
    });
    expect([error, response.status]).toEqual([undefined, 204]);
    const form = await requests[0]?.formData();
    expect(form?.getAll('tags')).toEqual(['x', 'y']);
    expect(form?.get('photo')).toMatchObject({ name: 'a.png', size: 3 });
  });

  it.each<[string, object, Partial<OpenapiFetchOptions>]>([
    ['a header of the call', { headers: { 'Content-Type': 'application/json' } }, {}],
    ['a header of the client', {}, { headers: { 'content-type': 'application/json' } }],
    ['a serializer of the call', { bodySerializer: JSON.stringify }, {}],
    ['a serializer of the client', {}, { bodySerializer: JSON.stringify }],
  ])('is what %s says instead', async (_, init, options) => {
    const { client, requests } = open(answerJson({ token: 'token-1' }), options);
    await client.POST('/token', { body: { user: 'ada' }, ...init });
    expect(requests[0]?.headers.get('Content-Type')).toBe('application/json');
    expect(await requests[0]?.text()).toBe('{"user":"ada"}');
  });

  it('may be FormData', async () => {
    const { client, requests } = open(() => new Response(null, { status: 204 }));
    const body = new FormData();
    body.set('tags', 'x');
    await client.PUT('/orders/{id}/photos', { ...order, body: body as never });
    expect((await requests[0]?.formData())?.get('tags')).toBe('x');
  });

  it('may be a stream, and the method in small letters', async () => {
    const { client, requests } = open(() => new Response(null, { status: 204 }));
    const body = new Response('abc').body as never;
    const headers = { 'Content-Type': 'application/octet-stream' };
    await client.request('put', '/orders/{id}/photos', { ...order, body, headers });
    expect([requests[0]?.method, await requests[0]?.text()]).toEqual(['PUT', 'abc']);
  });
});

describe('an answer', () => {
  it('without a body has its status as error', async () => {
    const { client } = open(() => new Response(null, { status: 401 }));
    const { data, error, response } = await client.GET('/orders/{id}', order);
    expect([data, error, response.status]).toEqual([undefined, { status: 401 }, 401]);
  });

  it('that is a redirect is not followed', async () => {
    const { client, requests } = open(
      () => new Response(null, { status: 302, headers: { Location: '/elsewhere' } }),
    );
    const { error, response } = await client.GET('/orders/{id}', order);
    expect([error, response.headers.get('Location')]).toEqual([{ status: 302 }, '/elsewhere']);
    expect(requests[0]?.redirect).toBe('manual');
    await client.GET('/orders/{id}', { ...order, redirect: 'follow' });
    expect(requests[1]?.redirect).toBe('follow');
  });

  it('that is a file is a Blob, and a failure of it JSON', async () => {
    const pdf = () => new Response('%PDF-1.7', { headers: { 'Content-Type': 'application/pdf' } });
    const { data } = await open(pdf).client.GET('/orders/{id}/receipt', order);
    expect(await data?.text()).toBe('%PDF-1.7');
    const { client } = open(answerJson({ error: 'gone' }, { status: 410 }));
    expect((await client.GET('/orders/{id}/receipt', order)).error).toEqual({ error: 'gone' });
  });

  it('is not looked at where the caller reads it otherwise, unless it is a failure', async () => {
    const html = (status: number) => () => new Response('<html>', { status });
    const call = { body: { user: 'ada' }, parseAs: 'text' } as const;
    expect((await open(html(200)).client.POST('/token', call)).data).toBe('<html>');
    const error = await failureOf(open(html(400)).client.POST('/token', call));
    expect(error).toMatchObject({ code: 'unreadable_body', status: 400 });
  });

  it('reaches the middleware of the caller, which may change it', async () => {
    const { client } = open(answerJson({ name: 'Tea', note: null }));
    client.use({ onRequest: ({ request }) => request.headers.set('X-Shop', '7') as undefined });
    client.use({ onResponse: () => Response.json({ name: 'Coffee', note: null }) });
    expect((await client.GET('/orders/{id}', order)).data?.name).toBe('Coffee');
  });
});

describe('a call without a documented answer', () => {
  it.each<[string, Answer, object]>([
    [
      'a status that the spec does not name',
      () => new Response('secret', { status: 503, headers: { 'Retry-After': '9' } }),
      {
        code: 'undocumented_status',
        status: 503,
        retryAfter: '9',
        operationId: 'getOrder',
        message: `getOrder: GET ${baseUrl}/orders/7?page=*** answered 503, which the spec does not document (it documents 200, 302, 401).`,
      },
    ],
    [
      'a body that is not JSON',
      () => new Response('<html>secret'),
      {
        code: 'unreadable_body',
        message: expect.stringMatching(/its body of 12 characters is not valid JSON\.$/),
      },
    ],
    [
      'a redirect that a browser hides',
      () =>
        Object.defineProperties(new Response(), { type: { value: 'opaqueredirect' }, status: { value: 0 } }),
      { code: 'undocumented_status', message: expect.stringMatching(/navigate to the URL instead/) },
    ],
    [
      'a network that fails',
      (request) => {
        throw new TypeError(`fetch failed for ${request.headers.get('Authorization')}`);
      },
      {
        code: 'network_failure',
        message: expect.stringMatching(/complete response: fetch failed for \*\*\*\.$/),
      },
    ],
    [
      'a body that breaks off',
      () =>
        new Response(
          new ReadableStream({
            pull: (controller) => controller.error(new TypeError('terminated')),
          }),
        ),
      { code: 'network_failure', status: 200 },
    ],
  ])('throws a CallError: %s', async (_, answer, expected) => {
    const { client } = open(answer);
    const error = await failureOf(
      client.GET('/orders/{id}', {
        params: { path: { id: 7 }, query: { page: 2 } },
        headers: { Authorization: 'Bearer secret-1' },
      }),
    );
    expect(error).toMatchObject(expected);
    expect(inspect(error)).not.toMatch(/secret|cause\]: undefined/);
  });

  it.each([
    ['timeout', () => AbortSignal.timeout(5)],
    ['aborted', () => AbortSignal.abort(new Error('enough'))],
  ])('throws %s for its signal', async (code, makeSignal) => {
    const { client } = open(async ({ signal }) => {
      if (!signal.aborted) await once(signal, 'abort');
      throw signal.reason;
    });
    const error = await failureOf(client.GET('/orders/{id}', { ...order, signal: makeSignal() }));
    expect(error).toMatchObject({ code, cause: expect.anything() });
  });

  it('lets the errors of a fetch of the caller through', async () => {
    const own = new RangeError('out of tea');
    const { client } = open(() => Promise.reject(own));
    await expect(client.GET('/orders/{id}', order)).rejects.toBe(own);
  });
});

describe('validation', () => {
  const validators: ResponseValidators = {
    getOrder: {
      '200': {
        '~standard': {
          validate: (value) =>
            (value as Order).name === 'Tea' ? {} : { issues: [{ message: 'must be Tea', path: ['name'] }] },
        },
      },
    },
  };

  it('throws for a body that breaks the contract, and takes others', async () => {
    const load = vi.fn(async () => validators);
    const good = open(answerJson({ name: 'Tea', note: null }), { validate: load });
    expect(load).not.toHaveBeenCalled();
    expect((await good.client.GET('/orders/{id}', order)).data).toEqual({ name: 'Tea', note: null });
    expect(load).toHaveBeenCalledOnce();
    const bad = open(answerJson({ name: 'secret' }), { validate: load });
    expect(await failureOf(bad.client.GET('/orders/{id}', order))).toMatchObject({
      code: 'contract_violation',
      violations: [{ pointer: '/name', expected: 'must be Tea' }],
    });
  });
});

describe('the client', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('looks fetch up at every call', async () => {
    const client = createOpenapiFetchClient<paths>(operations, { baseUrl: `${baseUrl}/` });
    vi.stubGlobal('fetch', async ({ url }: Request) => Response.json({ token: url }));
    expect((await client.POST('/token', { body: { user: 'ada' } })).data?.token).toBe(`${baseUrl}/token`);
    expect((await client.request('post', '/token', { body: { user: 'ada' } })).data?.token).toBe(
      `${baseUrl}/token`,
    );
  });

  it('refuses a base URL that is none', () => {
    expect(() => createOpenapiFetchClient<paths>(operations, { baseUrl: '/v2' })).toThrow(TypeError);
  });
});
