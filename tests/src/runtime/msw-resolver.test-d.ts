import { describe, expectTypeOf, it } from 'vitest';
import { createNexudusAuthHandler } from '../../../src/msw/index.ts';
import { createHandle, createHandler } from '../../../src/runtime/msw.ts';
import { operations as bookshop, examples } from './bookshop.ts';
import { operations, type Schema } from './theatre.ts';

const handle = createHandle<Schema>(operations);
const right = { title: 'Faust', opens: '2026-11-26' };

describe('a resolver of your own', () => {
  it('is given the values of the path and of the query as text, by their names', () => {
    handle('getPlay', ({ params, query, body }) => {
      expectTypeOf(params).toEqualTypeOf<{ readonly play: `${number}` }>();
      expectTypeOf(query.get('stage')).toEqualTypeOf<'main' | 'studio' | null>();
      expectTypeOf(query.getAll('seats')).toEqualTypeOf<`${number}`[]>();
      expectTypeOf(body).toEqualTypeOf<undefined>();
      // @ts-expect-error a misspelt parameter
      query.get('stages');
      return undefined;
    });
  });

  it('is given a body by its media type', () => {
    handle('bookSeats', ({ contentType, body }) => {
      if (contentType === 'application/json') expectTypeOf(body).toEqualTypeOf<{ seats: number[] }>();
      if (contentType === 'multipart/form-data') expectTypeOf(body).toEqualTypeOf<FormData>();
      if (contentType === 'text/plain') expectTypeOf(body).toEqualTypeOf<string>();
      if (contentType === 'application/x-www-form-urlencoded') {
        expectTypeOf(body.getAll('seat')).toEqualTypeOf<`${number}`[]>();
        expectTypeOf(body.get('code')).toEqualTypeOf<'guest' | null>();
        // @ts-expect-error a misspelt field
        body.get('seats');
      }
      return { status: 201, headers: { Location: '/seats/1' } };
    });
    handle('cancelPlay', ({ body }) => {
      expectTypeOf(body).toEqualTypeOf<{ reason: string } | undefined>();
      return { status: 410 };
    });
  });

  it('returns what the spec documents', () => {
    handle('getPlay', async () => ({ status: 200, headers: { 'X-Seats-Left': 3 }, body: right }));
    handle('getPlay', () => ({
      status: 200,
      headers: { 'X-Seats-Left': '3', 'X-Other': 'x' },
      contentType: 'text/csv',
      body: 'a;b',
    }));
    handle('getPlay', () => ({ status: 404, contentType: 'application/problem+json', body: { title: 'x' } }));
    handle('getPlay', () => ({ status: 503 }));
    handle('getPlay', ({ params }) => (params.play === '1' ? { fault: 'network-error' } : undefined));
    handle(
      'getPlay',
      { fault: 'network-error' },
      { once: true, delay: 'real', baseUrl: 'https://x.example' },
    );
  });

  it('returns nothing else', () => {
    // @ts-expect-error a header that is required
    handle('getPlay', () => ({ status: 200, body: right }));
    // @ts-expect-error a header of another type
    handle('getPlay', () => ({ status: 200, headers: { 'X-Seats-Left': 'many' }, body: right }));
    // @ts-expect-error a body that lacks a property
    handle('getPlay', () => ({ status: 200, headers: { 'X-Seats-Left': 3 }, body: { title: 'Faust' } }));
    // @ts-expect-error a body where the spec has none
    handle('getPlay', () => ({ status: 503, body: right }));
    // @ts-expect-error the media type is no plain JSON
    handle('getPlay', () => ({ status: 404, body: { title: 'x' } }));
    // @ts-expect-error a status that is not documented
    handle('bookSeats', () => ({ status: 200 }));
    // @ts-expect-error a status outside of the range
    handle('cancelPlay', () => ({ status: 500 }));
    // @ts-expect-error a misspelt fault
    handle('getPlay', { fault: 'network' });
    // @ts-expect-error a misspelt operation
    handle('getPlays', () => undefined);
    // @ts-expect-error a misspelt delay
    handle('getPlay', () => undefined, { delay: 'long' });
  });
});

it('an example, too, can be held back, and a fault takes its place', () => {
  createHandler(bookshop, examples, 'getBook', 'found', { delay: 500 });
  createHandler(bookshop, examples, 'getBook', { fault: 'network-error' });
  // @ts-expect-error a misspelt fault
  createHandler(bookshop, examples, 'getBook', { fault: 'timeout' });
});

it('a resolver of the contract has the types of its operation', () => {
  createNexudusAuthHandler('getBearerToken', ({ body }) => {
    expectTypeOf(body.get('grant_type')).toEqualTypeOf<'password' | 'refresh_token' | null>();
    return { status: 400, body: { error: 'invalid_grant', error_description: 'x' } };
  });
  createNexudusAuthHandler('downloadInvoicePdf', ({ params }) => {
    expectTypeOf(params.invoiceId).toEqualTypeOf<`${number}`>();
    return { status: 200, contentType: 'application/pdf', body: 'x' };
  });
  createNexudusAuthHandler('getMediaToken', { fault: 'network-error' }, { delay: 'infinite' });
  // @ts-expect-error a status that is not documented
  createNexudusAuthHandler('getMediaToken', () => ({ status: 404 }));
  // @ts-expect-error a redirect without Location
  createNexudusAuthHandler('redirectToPortal', () => ({ status: 302 }));
});
