import { describe, expect, it } from 'vitest';
import { createSender, type Operation } from '../../src/index.ts';
import { asFetch } from './as-fetch.ts';

/** An operation of another API, with what the Nexudus spec does not have. */
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

describe('createSender, for the client of another API', () => {
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
    [undefined, '%7Bshelf%7D'],
    [0, '0'],
  ])('sends %j in the path in the style simple', async (shelf, sent) => {
    const { request } = await sendWith({ path: { shelf } }, Response.json({}, { status: 201 }));
    expect(request.url).toBe(`https://api.your-company.com/books/${sent}`);
  });

  it('sends a list in the query as a parameter each', async () => {
    const input = { path: { shelf: 'a' }, query: { dry: [true, false] } };
    const { request } = await sendWith(input, Response.json({}, { status: 201 }));
    expect(request.url).toBe('https://api.your-company.com/books/a?dry=true&dry=false');
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
