import { describe, expect, it } from 'vitest';
import { book, describeAll, expectTitle, hold, json, named, showBook, twoBooks } from './bookshop.ts';

describe('an interaction without a state', () => {
  it('holds when a later example of its status meets it', async () => {
    expect(await hold(showBook(twoBooks), [expectTitle('Persuasion'), expectTitle('Emma')])).toEqual([]);
  });

  it('fails with the reasons of the first example when none meets it', async () => {
    expect(
      describeAll(await hold(showBook(twoBooks), [expectTitle('Emma'), expectTitle('Ulysses')])),
    ).toEqual([
      `#/interactions/1 pact.refused-by-mock "a request for a book": $.title: Expected 'Emma' (String) to be equal to 'Ulysses' (String)`,
    ]);
  });

  it.each([
    ['a lone example', json({ schema: book, example: { title: 'Emma' } }), 'Emma'],
    ['a value that is made up where there is no example', json({ schema: book }), 'string'],
  ])('is held against %s', async (_title, answer, title) => {
    expect(await hold(showBook(answer), [expectTitle(title)])).toEqual([]);
    expect(await hold(showBook(answer), [expectTitle('Ulysses')])).toHaveLength(1);
  });

  it('is held against the answer of a range of statuses', async () => {
    const answer = named({ gone: { value: { title: 'gone' } } });
    const expectGone = (title: string) => expectTitle('', { response: { status: 410, body: { title } } });
    expect(await hold(showBook(twoBooks, { '4XX': answer }), [expectGone('gone')])).toEqual([]);
    expect(await hold(showBook(twoBooks, { '4XX': answer }), [expectGone('here')])).toHaveLength(1);
  });

  it('is held against the path without a placeholder, where two fit', async () => {
    const newest = {
      '/books/newest': {
        get: { security: [], responses: { 200: named({ ulysses: { value: { title: 'Ulysses' } } }) } },
      },
    };
    const request = { method: 'GET', path: '/books/newest' };
    const paths = { ...showBook(twoBooks), ...newest };
    expect(await hold(paths, [expectTitle('Ulysses', { request })])).toEqual([]);
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
