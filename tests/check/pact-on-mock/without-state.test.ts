import { describe, expect, it } from 'vitest';
import { book, describeAll, expectTitle, hold, json, named, showBook, twoBooks } from './bookshop.ts';

describe('an interaction without a state', () => {
  it('holds when a later example of its status meets it', async () => {
    expect(await hold(showBook(twoBooks), [expectTitle('Persuasion'), expectTitle('Emma')])).toEqual([]);
  });

  it('fails with the reasons of the first example when none meets it', async () => {
    expect(describeAll(await hold(showBook(twoBooks), [expectTitle('Emma'), expectTitle(5)]))).toEqual([
      expect.stringContaining(
        '#/interactions/1 pact.refused-by-mock "a request for a book": $.title: Expected \'Emma\' (String) to be equal to 5',
      ),
    ]);
  });

  it('holds when its body is an example itself, which the schema takes and no example of the spec has', async () => {
    expect(await hold(showBook(twoBooks), [expectTitle('Ulysses')])).toEqual([]);
  });

  const byRule = (regex: string, further: object = {}) =>
    expectTitle('', {
      response: {
        status: 200,
        body: { title: 'Ulysses', ...further },
        matchingRules: { body: { '$.title': { combine: 'AND', matchers: [{ match: 'regex', regex }] } } },
      },
    });

  it('holds when an example meets its rules, and has other values where it has none', async () => {
    const wider = structuredClone(book) as { properties: object };
    Object.assign(wider.properties, { pages: { type: 'integer' } });
    const examples = { emma: { value: { title: 'Emma', pages: 474 } } };
    const paths = showBook(json({ schema: wider, examples }));
    expect(await hold(paths, [byRule('^[A-Z].*$', { pages: 732 })])).toEqual([]);
    expect(await hold(paths, [byRule('^[A-Z].*$', { pages: 'many' })])).toMatchObject([
      { severity: 'error' },
    ]);
  });

  it('is a warning when no example meets its rules, though the schema does', async () => {
    expect(await hold(showBook(twoBooks), [byRule('^U.*$')])).toMatchObject([
      { severity: 'warning', message: expect.stringContaining("Expected 'Emma' to match '^U.*$'") },
    ]);
  });

  it('checks a response against its schema alone, not against the value that the mock makes up', async () => {
    expect(await hold(showBook(json({ schema: book })), [byRule('^U.*$')])).toEqual([]);
  });

  it.each([
    ['a lone example', json({ schema: book, example: { title: 'Emma' } }), 'Emma'],
    ['a value that is made up where there is no example', json({ schema: book }), 'string'],
  ])('is held against %s', async (_title, answer, title) => {
    expect(await hold(showBook(answer), [expectTitle(title)])).toEqual([]);
    expect(await hold(showBook(answer), [expectTitle(5)])).toHaveLength(1);
  });

  it('is held against the answer of a range of statuses', async () => {
    const answer = named({ gone: { value: { title: 'gone' } } });
    const expectGone = (title: unknown) => expectTitle('', { response: { status: 410, body: { title } } });
    expect(await hold(showBook(twoBooks, { '4XX': answer }), [expectGone('gone')])).toEqual([]);
    expect(await hold(showBook(twoBooks, { '4XX': answer }), [expectGone(5)])).toHaveLength(1);
  });

  it('is held against the path without a placeholder, where two fit', async () => {
    const newest = {
      '/books/newest': {
        get: { security: [], responses: { 204: { description: 'The newest.' } } },
      },
    };
    const request = { method: 'GET', path: '/books/newest' };
    const paths = { ...showBook(twoBooks), ...newest };
    expect(await hold(paths, [expectTitle('', { request, response: { status: 204 } })])).toEqual([]);
    expect(await hold(paths, [expectTitle('Emma', { request })])).toHaveLength(1);
  });

  it.each([
    [404, '/authors/5'],
    [404, '/books/5'],
  ])('fails when the spec documents no %i for %s, which the mock itself answers so', async (status, path) => {
    const sold = expectTitle('', { request: { method: 'GET', path }, response: { status } });
    expect(describeAll(await hold(showBook(twoBooks), [sold]))).toEqual([
      `#/interactions/0 pact.refused-by-mock "a request for a book": the spec documents no ${status} for GET ${path}, so the mock cannot return it`,
    ]);
  });
});
