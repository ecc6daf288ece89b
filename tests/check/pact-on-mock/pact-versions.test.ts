import { describe, expect, it } from 'vitest';
import { verifyOnMock } from '../../../scripts/check/pact-on-mock/verify.ts';
import { makePact, makeSpec } from '../../verify/make-documents.ts';
import { expectTitle, hold, showBook, twoBooks, verifier } from './bookshop.ts';

describe('the parts of a pact', () => {
  it('sends a form as it is', async () => {
    const form = { type: 'object', required: ['title'], properties: { title: { const: 'Emma & Co.' } } };
    const paths = {
      '/orders': {
        post: {
          security: [],
          requestBody: { content: { 'application/x-www-form-urlencoded': { schema: form } } },
          responses: { 204: { description: 'Taken.' } },
        },
      },
    };
    const post = (body: string) => ({
      description: 'an order',
      request: {
        method: 'POST',
        path: '/orders',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body,
      },
      response: { status: 204 },
    });
    expect(await hold(paths, [post('title=Emma+%26+Co.')])).toEqual([]);
    expect(await hold(paths, [post('title=Emma')])).toHaveLength(1);
  });

  it('leaves messages out', async () => {
    const message = {
      type: 'Asynchronous/Messages',
      description: 'a book is sold',
      contents: { content: { title: 'Emma' }, contentType: 'application/json', encoded: false },
    };
    const request = { method: 'GET', path: '/books/5' };
    const http = { type: 'Synchronous/HTTP', description: 'a book', request, response: { status: 404 } };
    const findings = await hold(showBook(twoBooks), [message, http], '4.0');
    expect(findings.map(({ at }) => at.pointer)).toEqual(['#/interactions/1']);
    expect(await hold(showBook(twoBooks), [message], '4.0')).toEqual([]);
  });

  it('reads headers of V3, which are strings, and lets none of them choose the answer', async () => {
    const headers = { Accept: 'application/json', Prefer: 'code=404' };
    const request = { method: 'GET', path: '/books/5', headers };
    expect(await hold(showBook(twoBooks), [expectTitle('Persuasion', { request })])).toEqual([]);
  });

  it('holds several pacts, each with its own places', async () => {
    const spec = await makeSpec(showBook(twoBooks));
    const pacts = [makePact('3.0.0', [expectTitle('Emma')]), makePact('3.0.0', [expectTitle(5)])];
    const findings = await verifyOnMock({ spec, pacts }, verifier);
    expect(findings.map(({ at }) => at.file)).toEqual([pacts[1]?.file]);
  });
});
