import fc from 'fast-check';
import { createQuerySerializer } from 'openapi-fetch';
import { describe, expect, it } from 'vitest';
import { createSender, type Operation, UrlError } from '../../../src/runtime/index.ts';
import { createStyles } from '../../../src/runtime/style.ts';
import { buildUrl } from '../../../src/runtime/url.ts';
import { tools } from '../../../src/runtime/values.ts';
import { asFetch } from '../as-fetch.ts';

/** An operation with all that a spec can have. */
const createBook: Operation = {
  method: 'POST',
  path: '/books/{shelf}',
  public: true,
  requestMediaType: 'application/json',
  responses: { '201': 'json', '4XX': 'json', default: 'text' },
  query: [{ name: 'dry', required: false }],
};

async function sendWith(input: object, answer: Response, operation: Operation = createBook) {
  const requests: Request[] = [];
  const operations = { createBook: operation };
  const send = createSender(operations, {
    baseUrl: 'https://api.your-company.com',
    fetch: asFetch(async (request) => {
      requests.push(request);
      return answer;
    }),
  });
  const result = await send<{ status: number; ok: boolean; body: unknown }>('createBook', input);
  const [request] = requests;
  return request === undefined ? expect.fail('nothing was sent') : { request, result };
}

describe('createSender', () => {
  it('sends JSON, path parameters encoded, and parameters that the table does not name', async () => {
    const input = {
      path: { shelf: 'a/b' },
      query: { lang: 'en', dry: true },
      body: { title: 'x', note: undefined },
    };
    const { request, result } = await sendWith(input, Response.json({ id: 1 }, { status: 201 }));
    expect(request.url).toBe('https://api.your-company.com/books/a%2Fb?dry=true&lang=en');
    expect(request.headers.get('Content-Type')).toBe('application/json');
    expect(await request.text()).toBe('{"title":"x"}');
    expect(result).toMatchObject({ status: 201, ok: true, body: { id: 1 } });
  });

  it.each([
    ['a,b', 'a%2Cb'],
    [['a b', 'c,d'], 'a%20b,c%2Cd'],
    [{ k: 'v,w' }, 'k,v%2Cw'],
    [{ '../x': 'y' }, '..%2Fx,y'],
    [0, '0'],
    ['...', '...'],
    ['%2e%2e', '%252e%252e'],
    [['.', '.'], '.,.'],
  ])('sends %j in the path in the style simple', async (shelf, sent) => {
    const { request } = await sendWith({ path: { shelf } }, Response.json({}, { status: 201 }));
    expect(request.url).toBe(`https://api.your-company.com/books/${sent}`);
  });

  it.each<[string, unknown]>([
    ['/books/{shelf}', undefined],
    ['/books/{shelf}', null],
    ['/books/{shelf}', ''],
    ['/books/{shelf}', []],
    ['/books/{shelf}', ['']],
    ['/books/{shelf}', {}],
    ['/books/{shelf}.pdf', ''],
    ['/books/{shelf}', '.'],
    ['/books/{shelf}', '..'],
    ['/books/{shelf}', ['..']],
    ['/books/{shelf}/pages', '..'],
    ['/books/.{shelf}', '.'],
    ['/books/{shelf}{shelf}', '.'],
    ['/books/%2E{shelf}', '.'],
  ])('refuses to fill the path %s with %j, which would call another one', async (path, shelf) => {
    const sending = sendWith({ path: { shelf } }, new Response(), { ...createBook, path });
    const error = await sending.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UrlError);
    expect(error).toMatchObject({ parameter: 'shelf', message: expect.stringContaining(`POST ${path}`) });
  });

  it('names the parameter that leads to another path, of several', async () => {
    const operation = { ...createBook, path: '/{a/b}/books/{shelf}/pages/{page}' };
    for (const name of ['a/b', 'shelf', 'page']) {
      const path = { 'a/b': 'x', shelf: 'x', page: 'x', [name]: '..' };
      const error = await sendWith({ path }, new Response(), operation).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'UrlError', parameter: name });
    }
  });

  it.each([
    ['/books/{shelf}.pdf', '..', '/books/...pdf'],
    ['/books/{shelf}-{shelf}', '.', '/books/.-.'],
    ['/books/{shelf/row}', 'a', '/books/a'],
  ])('fills the path %s with %j', async (path, value, sent) => {
    const input = { path: { shelf: value, 'shelf/row': value } };
    const { request } = await sendWith(input, Response.json({}, { status: 201 }), { ...createBook, path });
    expect(request.url).toBe(`https://api.your-company.com${sent}`);
  });

  it('builds the URL that it names, whatever a path is filled with, over 5,000 values', async () => {
    const operation = { ...createBook, path: '/shelves/{shelf}/books/{book}' };
    const piece = fc.constantFrom('.', '..', '%2e', '/', '\\', '', 'a', ' ', '\t', '?', '#', ';', '\u00a0');
    const value = fc.oneof(
      piece,
      fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(value, value, (shelf, book) => {
        const build = () => buildUrl(operation, 'https://api.your-company.com', { path: { shelf, book } });
        if ([shelf, book].some((text) => /^\.{0,2}$/.test(text))) {
          expect(build).toThrow(UrlError);
          return;
        }
        const [, shelves, first, books, second, ...rest] = new URL(build()).pathname.split('/');
        expect([shelves, books, rest]).toEqual(['shelves', 'books', []]);
        expect([first, second].map((text) => decodeURIComponent(text ?? ''))).toEqual([shelf, book]);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    [{ dry: [true, false] }, 'dry=true&dry=false'],
    [{ tags: ['a b', null, 'c&d'], empty: [], none: undefined, nil: null }, 'tags=a%20b&tags=c%26d'],
    [{ filter: { name: 'x y', age: 7, gone: undefined } }, 'filter[name]=x%20y&filter[age]=7'],
    [{ filter: { 'a&b=c': 1 } }, 'filter[a%26b%3Dc]=1'],
    [
      { filter: { name: { first: 'x' }, tags: ['a', 'b'] } },
      'filter[name][first]=x&filter[tags][0]=a&filter[tags][1]=b',
    ],
  ])('sends %j in the query in the default styles', async (query, sent) => {
    const { request } = await sendWith({ path: { shelf: 'a' }, query }, Response.json({}, { status: 201 }));
    expect(request.url).toBe(`https://api.your-company.com/books/a?${sent}`);
  });

  it.each([{ filter: [{ name: 'secret' }] }, { filter: [['secret']] }])(
    'refuses the query %j, which no style of a query can carry',
    async (query) => {
      const sending = sendWith({ path: { shelf: 'a' }, query }, new Response());
      const error = await sending.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'UrlError', parameter: 'filter' });
      expect(String(error)).not.toContain('secret');
    },
  );

  it('writes plain values, lists and objects in a query as openapi-fetch does, over 2,000 queries', () => {
    const plain = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean());
    const name = fc.stringMatching(/^[a-z]\w*$/);
    const value = fc.oneof(
      plain,
      fc.constant(undefined),
      fc.array(plain, { minLength: 1 }),
      fc.dictionary(name, plain, { minKeys: 1 }),
    );
    const write = createQuerySerializer();
    const { url } = createStyles(tools);
    fc.assert(
      fc.property(fc.dictionary(name, value), (query) => {
        const built = buildUrl({ ...createBook, query: [] }, '', { path: { shelf: 'a' }, query }, url);
        const search = write(query);
        expect(built).toBe(`/books/a${search && `?${search}`}`);
      }),
      { numRuns: 2000 },
    );
  });

  it('adds a query to a path that has one of its own', () => {
    const build = (path: string) => buildUrl({ ...createBook, path, query: [] }, '', { query: { page: 3 } });
    expect(['/books', '/books?sort=title'].map(build)).toEqual(['/books?page=3', '/books?sort=title&page=3']);
  });

  it('sends a list as one header, and takes a header of the client back where it is null', async () => {
    const sent = new Headers();
    const send = createSender(
      { createBook },
      {
        baseUrl: 'https://api.your-company.com',
        headers: { 'X-Trace': 'on', 'X-Tag': 'z' },
        fetch: asFetch(async (request) => {
          for (const [name, value] of request.headers) sent.append(name, value);
          return Response.json({}, { status: 201 });
        }),
      },
    );
    await send('createBook', { path: { shelf: 'a' }, header: { 'X-Trace': null, 'X-Tag': ['a', 'b'] } });
    expect([...sent]).toEqual([
      ['accept', 'application/json'],
      ['x-tag', 'z, a, b'],
    ]);
  });

  it.each(['application/json', 'application/x-www-form-urlencoded'])(
    'sends no Content-Type when an optional body is left out: %s',
    async (requestMediaType) => {
      const answer = Response.json({}, { status: 201 });
      const operation = { ...createBook, requestMediaType };
      const { request } = await sendWith({ path: { shelf: 'a' } }, answer, operation);
      expect(request.headers.has('Content-Type')).toBe(false);
      expect(request.body).toBeNull();
    },
  );

  it('sends a body of another media type as it is', async () => {
    const answer = Response.json({}, { status: 201 });
    const operation = { ...createBook, requestMediaType: 'text/csv' };
    const { request } = await sendWith({ path: { shelf: 'a' }, body: 'a;b' }, answer, operation);
    expect(request.headers.get('Content-Type')).toBe('text/csv');
    expect(await request.text()).toBe('a;b');
  });

  it('sends a body that the spec does not document as it is', async () => {
    const { requestMediaType, ...operation } = createBook;
    const answer = Response.json({}, { status: 201 });
    const { request } = await sendWith({ path: { shelf: 'a' }, body: 'a;b' }, answer, operation);
    expect(await request.text()).toBe('a;b');
  });

  it('reads a status by its range, and any other by the default', async () => {
    const input = { path: { shelf: 'a' }, body: {} };
    const refused = await sendWith(input, Response.json({ error: 'full' }, { status: 409 }));
    expect(refused.result).toMatchObject({ status: 409, ok: false, body: { error: 'full' } });
    const failed = await sendWith(input, new Response('out of order', { status: 503 }));
    expect(failed.result).toMatchObject({ status: 503, ok: false, body: 'out of order' });
  });
});
