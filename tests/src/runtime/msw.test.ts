import { HttpResponse, http } from 'msw/http';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHandler, createHandlers } from '../../../src/runtime/msw.ts';
import { examples, operations } from './bookshop.ts';

const origin = 'https://api.your-company.com';
const server = setupServer();

/** What none of the handlers answers goes to the last one, and fails there. */
const use = (options?: Parameters<typeof createHandlers<typeof examples>>[2]) =>
  server.resetHandlers(
    ...createHandlers(operations, examples, options),
    http.all('*', () => HttpResponse.error()),
  );

beforeAll(() => server.listen());
afterAll(() => server.close());

const ask = (url: string, method = 'GET') =>
  fetch(url, { method }).then(
    async (response) => `${response.status} ${await response.text()}`,
    () => 'not answered',
  );

describe('handlers of an API', () => {
  it('answer by the path with the fewest placeholders, as OpenAPI says', async () => {
    use();
    expect(await ask(`${origin}/books/7`)).toBe('200 {"title":"Emma"}');
    expect(await ask(`${origin}/books/best-of(all)`)).toBe('200 "Emma"');
  });

  it('match what stands beside a placeholder, letter for letter', async () => {
    server.resetHandlers(
      createHandler(operations, examples, 'getCover', 'cover'),
      http.all('*', () => HttpResponse.error()),
    );
    expect(await ask(`${origin}/books/7.png?size=1`)).toBe('200 a cover');
    expect(await ask(`${origin}/books/7-png?size=1`)).toBe('not answered');
    expect(await ask(`${origin}/books/7.png`)).toBe('not answered');
  });

  it('leave out an operation of which the spec shows only failures, until one is named', async () => {
    use();
    expect(await ask(`${origin}/orders`, 'POST')).toBe('not answered');
    use({ answers: { buyBook: 503 } });
    expect(await ask(`${origin}/orders`, 'POST')).toBe('503 ');
  });

  it('answer under the base URL of the operation, else under that of all', async () => {
    const other = 'https://shop.your-company.com/v2/';
    use({ baseUrl: origin, baseUrls: { getBestseller: other } });
    expect(await ask(`${other}books/best-of(all)`)).toBe('200 "Emma"');
    expect(await ask(`${other}books/7`)).toBe('not answered');
    expect(await ask(`${origin}/books/7`)).toBe('200 {"title":"Emma"}');
  });
});

describe('a setup that the handlers refuse', () => {
  it.each([
    [{ baseUrl: 'api.your-company.com' }, 'baseUrl must be an absolute'],
    [{ baseUrls: { getBook: '/v2' } }, 'baseUrls.getBook must be an absolute'],
  ])('has the base URL of %j', (options, message) => {
    expect(() => createHandlers(operations, examples, options)).toThrow(TypeError);
    expect(() => createHandlers(operations, examples, options)).toThrow(message);
  });

  it.each([
    [
      { answers: { getBook: 'sold' } },
      'There is no answer of getBook "sold". Choose from: not_found, found.',
    ],
    [
      { baseUrls: { getbook: origin } },
      'There is no operation "getbook". Choose from: getBook, getCover, getBestseller, buyBook.',
    ],
  ])('names in %j what the spec has not', (options, message) => {
    // Types refuse it, and JavaScript has none.
    const untyped: object = options;
    expect(() => createHandlers(operations, examples, untyped)).toThrow(new RangeError(message));
  });
});
