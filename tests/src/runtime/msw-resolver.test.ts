import { HttpResponse, http } from 'msw/http';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it, type MockInstance, vi } from 'vitest';
import { createHandle, createHandler, type HandledResponse } from '../../../src/runtime/msw.ts';
import { operations as bookshop, examples } from './bookshop.ts';
import { operations, type Schema } from './theatre.ts';

const origin = 'https://theatre.example';
const server = setupServer();
let logged: MockInstance<typeof console.error>;

beforeAll(() => {
  server.listen();
  logged = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => logged.mockClear());
afterAll(() => {
  server.close();
  logged.mockRestore();
});

/** What none of the handlers answers goes to the last one, and fails there. */
const use = (...handlers: Parameters<typeof server.resetHandlers>) =>
  server.resetHandlers(
    ...handlers,
    http.all('*', () => HttpResponse.error()),
  );

/** Validates as generated code does. */
const mustHaveTitle = {
  '~standard': {
    validate: (value: unknown) => {
      const { title, opens } = value as { title?: unknown; opens?: unknown };
      return {
        issues: [
          ...(typeof title === 'string' ? [] : [{ message: 'must be string', path: ['title'] }]),
          ...(opens === undefined || typeof opens === 'string'
            ? []
            : [{ message: 'must be string', path: ['opens'] }]),
        ],
      };
    },
  },
};
const validate = () => ({ getPlay: { '200': mustHaveTitle, '404': mustHaveTitle } });
const handle = createHandle<Schema>(operations, { validate });

const headers = { 'X-Seats-Left': 3 };
const right = { title: 'Faust', opens: '2026-11-26' };
/** What types refuse, and JavaScript does not. */
const untyped = (answer: object) => answer as HandledResponse<Schema['getPlay']>;

describe('a resolver', () => {
  it('answers with what it makes of the path, the query and the request', async () => {
    use(
      handle('getPlay', ({ params, query, request }) => ({
        status: 200,
        headers: { 'X-Seats-Left': query.getAll('seats').length, ETag: request.headers.get('X-Tag') ?? '' },
        body: { title: params.play, opens: query.get('stage') ?? '' },
      })),
    );
    const url = `${origin}/plays/a%2Fb?stage=main&seats=1&seats=2`;
    const response = await fetch(url, { headers: { 'X-Tag': 'v1' } });
    expect(await response.json()).toEqual({ title: 'a/b', opens: 'main' });
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/json',
      'x-seats-left': '2',
      etag: 'v1',
    });
  });

  it('gives another media type, or no body, as the spec has it', async () => {
    use(
      handle('getPlay', ({ params }) =>
        params.play === '1'
          ? { status: 200, headers, contentType: 'text/csv', body: 'a;b' }
          : { status: 404, contentType: 'application/problem+json', body: { title: 'Gone' } },
      ),
      handle('cancelPlay', () => ({ status: 410 })),
    );
    const csv = await fetch(`${origin}/plays/1`);
    expect([csv.headers.get('Content-Type'), await csv.text()]).toEqual(['text/csv', 'a;b']);
    const gone = await fetch(`${origin}/plays/2`);
    expect([gone.status, gone.headers.get('Content-Type')]).toEqual([404, 'application/problem+json']);
    const cancelled = await fetch(`${origin}/plays/2`, { method: 'DELETE' });
    expect([cancelled.status, await cancelled.text()]).toEqual([410, '']);
    expect(logged).not.toHaveBeenCalled();
  });

  const form = new FormData();
  form.append('list', new File(['1;2'], 'seats.csv', { type: 'text/csv' }));
  it.each([
    ['JSON', { seats: [1] }, JSON.stringify({ seats: [1] }), 'application/json; charset=utf-8'],
    ['a form', '1, 2 Ada', new URLSearchParams('seat=1&seat=2&name=Ada'), undefined],
    ['parts', 'seats.csv 1;2', form, undefined],
    ['text', 'row 1', 'row 1', 'text/plain'],
    ['bytes', 3, new Uint8Array([1, 2, 3]), 'application/octet-stream'],
  ])('is given %s by its media type', async (_, expected, body, mediaType) => {
    const seen: unknown[] = [];
    use(
      handle('bookSeats', async ({ contentType, body, request }) => {
        if (contentType === 'application/x-www-form-urlencoded') {
          seen.push(`${body.getAll('seat').join(', ')} ${body.get('name')}`);
        } else if (contentType === 'multipart/form-data') {
          const list = body.get('list') as File;
          seen.push(`${list.name} ${await list.text()}`);
        } else {
          const other: unknown = body;
          seen.push(other instanceof Blob ? other.size : other);
        }
        expect((await request.text()).length, 'it can be read again').toBeGreaterThan(0);
        return { status: 201, headers: { Location: '/seats/1' } };
      }),
    );
    const init = mediaType === undefined ? {} : { headers: { 'Content-Type': mediaType } };
    const response = await fetch(`${origin}/seats`, { method: 'POST', body, ...init });
    expect(response.status).toBe(201);
    expect(seen).toEqual([expected]);
  });

  it('leaves a request to other handlers by returning nothing', async () => {
    use(
      handle('getPlay', ({ params }) => (params.play === '1' ? { status: 503 } : undefined)),
      handle('getPlay', () => ({ status: 200, headers, body: right })),
    );
    expect((await fetch(`${origin}/plays/1`)).status).toBe(503);
    expect((await fetch(`${origin}/plays/2`)).status).toBe(200);
  });

  it('answers under its base URL, once', async () => {
    const baseUrl = `${origin}/v2`;
    use(handle('getPlay', () => ({ status: 503 }), { baseUrl, once: true }));
    await expect(fetch(`${origin}/plays/1`)).rejects.toThrow();
    expect((await fetch(`${baseUrl}/plays/1`)).status).toBe(503);
    await expect(fetch(`${baseUrl}/plays/1`)).rejects.toThrow();
  });

  it('is refused for an operation that the spec has not', () => {
    expect(() => handle('getPlays' as 'getPlay', () => undefined)).toThrow(
      new RangeError('There is no operation "getPlays". Choose from: getPlay, bookSeats, cancelPlay.'),
    );
  });
});

describe('what breaks the contract is a 500 that says so, and is on the console', () => {
  const csv = { headers: { 'Content-Type': 'text/html' }, body: '<p>' };
  it.each([
    [
      'a body',
      { status: 200, headers, body: { title: 7 } },
      'returned 200, but its body breaks the contract: /title must be string',
    ],
    [
      'a body that is not there',
      { status: 404, contentType: 'application/problem+json' },
      'returned 404 without a body, where the spec has JSON',
    ],
    [
      'a media type',
      { status: 200, ...csv },
      'returned 200 with a body in text/html, where the spec has application/json or text/csv',
    ],
    [
      'a media type for JSON',
      { status: 404, ...csv },
      'returned 404 with a body in text/html, where the spec has JSON',
    ],
  ])('for %s', async (_, answer, what) => {
    use(handle('getPlay', () => untyped(answer)));
    const response = await fetch(`${origin}/plays/1`);
    const detail = `The handler of getPlay (GET /plays/{play}) ${what}. Correct it, or the spec.`;
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ status: 500, detail });
    expect(logged.mock.calls).toEqual([[`[openapi-contract-kit] ${detail}`]]);
  });

  it('for a status that the spec does not document', async () => {
    use(handle('cancelPlay', () => ({ status: 302 as 410 })));
    const response = await fetch(`${origin}/plays/1`, { method: 'DELETE' });
    expect((await response.json()).detail).toBe(
      'The handler of cancelPlay (DELETE /plays/{play}) returned 302, which the spec does not document ' +
        '(it documents 4XX). Correct it, or the spec.',
    );
  });

  it('for a body where the spec has none', async () => {
    use(handle('cancelPlay', () => ({ status: 410, body: right }) as object as { status: 410 }));
    const response = await fetch(`${origin}/plays/1`, { method: 'DELETE' });
    expect((await response.json()).detail).toContain('returned 410 with a body, where the spec has none');
  });

  it('for a request whose JSON does not parse, without quoting it', async () => {
    use(handle('bookSeats', () => ({ status: 201, headers: { Location: '/' } })));
    const init = { method: 'POST', body: '{"pin": 4711', headers: { 'Content-Type': 'application/json' } };
    const { detail } = await (await fetch(`${origin}/seats`, init)).json();
    expect(detail).toContain('was sent a body that is not valid JSON');
    expect(detail).not.toContain('4711');
  });

  it('but not for a date, which is text on the wire', async () => {
    use(handle('getPlay', () => untyped({ status: 200, headers, body: { title: 'x', opens: new Date(0) } })));
    expect((await fetch(`${origin}/plays/1`)).status).toBe(200);
  });

  it('but not for a body that nothing validates', async () => {
    const lax = createHandle<Schema>(operations);
    use(lax('getPlay', () => untyped({ status: 200, headers, body: { title: 7 } })));
    expect((await fetch(`${origin}/plays/1`)).status).toBe(200);
  });
});

describe('faults and delays by name', () => {
  it('a network error rejects the fetch: of a resolver, of a handler, and in place of an example', async () => {
    const fault = { fault: 'network-error' } as const;
    for (const handler of [
      handle('getPlay', () => fault),
      handle('getPlay', fault),
      createHandler(bookshop, examples, 'getBook', fault),
    ]) {
      use(
        handler,
        http.all('*', () => new HttpResponse()),
      );
      await expect(fetch(`${origin}/plays/1`).then(() => fetch(`${origin}/books/1`))).rejects.toThrow(
        TypeError,
      );
    }
  });

  it('a fault that there is not is refused', async () => {
    const fault = { fault: 'flood' as 'network-error' };
    use(createHandler(bookshop, examples, 'getBook', fault));
    const { message } = await (await fetch(`${origin}/books/1`)).json();
    expect(message).toBe('There is no fault "flood". Choose from: network-error.');
  });

  it('milliseconds hold an answer back', async () => {
    use(
      createHandler(bookshop, examples, 'getBook', 'found', { delay: 300 }),
      handle('getPlay', () => ({ status: 503 })),
    );
    const order: string[] = [];
    await Promise.all([
      fetch(`${origin}/books/1`).then(() => order.push('held back')),
      fetch(`${origin}/plays/1`).then(() => order.push('at once')),
    ]);
    expect(order).toEqual(['at once', 'held back']);
  });

  it('an infinite one never answers, until the call gives up', async () => {
    use(handle('getPlay', () => ({ status: 503 }), { delay: 'infinite' }));
    await expect(fetch(`${origin}/plays/1`, { signal: AbortSignal.timeout(200) })).rejects.toThrow(
      expect.objectContaining({ name: 'TimeoutError' }),
    );
  });
});
