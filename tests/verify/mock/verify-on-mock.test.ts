import { afterAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../scripts/finding.ts';
import { verifyOnMock } from '../../../scripts/verify/mock/verify-on-mock.ts';
import { openVerifier } from '../../../scripts/verify/verifier/open-verifier.ts';
import { makePact, makeSpec } from '../make-documents.ts';

const verifier = openVerifier();
afterAll(() => verifier[Symbol.asyncDispose]());

const book = { type: 'object', required: ['title'], properties: { title: { type: 'string' } } };
const json = (content: object) => ({ description: 'An answer.', content: { 'application/json': content } });
const named = (examples: Record<string, object>) => json({ schema: book, examples });

const twoBooks = named({
  emma: { value: { title: 'Emma' } },
  persuasion: { value: { title: 'Persuasion' } },
});

function showBook(ok: object, more: object = {}): object {
  const parameters = [{ name: 'bookId', in: 'path', required: true, schema: { type: 'integer' } }];
  return {
    '/books/{bookId}': {
      get: { operationId: 'showBook', security: [], parameters, responses: { 200: ok, ...more } },
    },
  };
}

function expectTitle(title: string, further: object = {}): object {
  return {
    description: 'a request for a book',
    request: { method: 'GET', path: '/books/5' },
    response: { status: 200, body: { title } },
    ...further,
  };
}

async function hold(
  paths: object,
  interactions: object[],
  version: Parameters<typeof makePact>[0] = '3.0.0',
) {
  return verifyOnMock({ spec: await makeSpec(paths), pacts: [makePact(version, interactions)] }, verifier);
}

const describeAll = (findings: Finding[]) =>
  findings.map(({ code, message, at }) => `${at.pointer} ${code} ${message}`);

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
      `#/interactions/0 pact.refused-by-mock "a request for a book": the spec documents no ${status} for GET ${path}, so the mock has none`,
    ]);
  });
});

describe('an interaction in a provider state', () => {
  const states = showBook(
    named({
      emma: { value: { title: 'Emma' }, 'x-provider-state': 'Emma is there' },
      persuasion: { value: { title: 'Persuasion' }, 'x-provider-state': 'Persuasion is there' },
    }),
    { 404: { description: 'Sold.', 'x-provider-state': 'the book is sold' }, 410: { description: 'Gone.' } },
  );

  it.each([
    ['2.0.0', (name: string) => ({ providerState: name })],
    ['3.0.0', (name: string) => ({ providerStates: [{ name }] })],
    ['4.0', (name: string) => ({ providerStates: [{ name }], type: 'Synchronous/HTTP' })],
  ] as const)('is answered with the example of its state, in Pact %s', async (version, inState) => {
    const expectBody = (title: string) =>
      version === '4.0'
        ? {
            response: {
              status: 200,
              body: { content: { title }, contentType: 'application/json', encoded: false },
            },
          }
        : {};
    const held = [
      expectTitle('Emma', { ...inState('Emma is there'), ...expectBody('Emma') }),
      expectTitle('Persuasion', { ...inState('Persuasion is there'), ...expectBody('Persuasion') }),
    ];
    expect(await hold(states, held, version)).toEqual([]);
    const swapped = expectTitle('Emma', { ...inState('Persuasion is there'), ...expectBody('Emma') });
    expect(describeAll(await hold(states, [...held, swapped], version))).toEqual([
      expect.stringContaining('#/interactions/2 pact.refused-by-mock'),
    ]);
  });

  it('is told apart from one of the same description in another state', async () => {
    const inState = (name: string, title: string) => expectTitle(title, { providerStates: [{ name }] });
    const interactions = [inState('Emma is there', 'Emma'), inState('Persuasion is there', 'Emma')];
    expect((await hold(states, interactions)).map(({ at }) => at.pointer)).toEqual(['#/interactions/1']);
  });

  it.each([
    [
      200,
      'expected one that the spec names for showBook 200: "Emma is there", "Persuasion is there". Name one of them',
    ],
    [
      410,
      'but the spec names none for showBook 410; for other statuses it does: "Emma is there" (200), ' +
        '"Persuasion is there" (200), "the book is sold" (404). Name one of them',
    ],
  ])(
    'is a finding with the states that it may be in, where a %i has no such state',
    async (status, expected) => {
      const asleep = { providerStates: [{ name: 'the shop is asleep' }], response: { status } };
      const findings = await hold(states, [expectTitle('', asleep), expectTitle('Ulysses')]);
      expect(describeAll(findings)).toEqual([
        `#/interactions/0 pact.unknown-state "a request for a book": found the provider state "the shop is asleep", ` +
          `${expected} in the consumer test, or give yours to an example of the spec as x-provider-state.`,
        expect.stringContaining('#/interactions/1 pact.refused-by-mock'),
      ]);
    },
  );

  it('is a finding where the spec names states for other operations only', async () => {
    const paths = {
      ...states,
      '/shops': { get: { security: [], responses: { 200: { description: 'Open.' } } } },
    };
    const request = { method: 'GET', path: '/shops' };
    const open = expectTitle('', {
      request,
      response: { status: 200 },
      providerStates: [{ name: 'Emma is there' }],
    });
    expect(describeAll(await hold(paths, [open]))).toEqual([
      expect.stringContaining('but the spec names no state for GET /shops. Name none in the consumer test'),
    ]);
  });

  it('is held against any example where the spec names no states at all', async () => {
    const inState = { providerStates: [{ name: 'the moon is full' }] };
    expect(await hold(showBook(twoBooks), [expectTitle('Persuasion', inState)])).toEqual([]);
    expect(await hold(showBook(twoBooks), [expectTitle('Ulysses', inState)])).toHaveLength(1);
  });
});

describe('what the mock finds wrong', () => {
  const order = {
    '/orders': {
      post: {
        operationId: 'order',
        security: [],
        requestBody: { required: true, content: { 'application/json': { schema: book } } },
        responses: {
          200: named({ ordered: { value: { title: 'Emma' } } }),
          400: named({ refused: { value: { title: 'Emma' } } }),
          404: named({ unfit: { value: { name: 'Emma' } } }),
        },
      },
    },
  };
  const post = (status: number, body: object) => ({
    description: 'an order',
    request: { method: 'POST', path: '/orders', headers: { 'Content-Type': 'application/json' }, body },
    response: { status },
  });

  it('fails an interaction whose request breaks the spec, though it expects a success', async () => {
    expect(await hold(order, [post(200, { title: 'Emma' })])).toEqual([]);
    expect(describeAll(await hold(order, [post(200, { title: 5 })]))).toEqual([
      expect.stringContaining('the mock finds in the request.body.title: '),
    ]);
  });

  it('lets an interaction send a wrong request that expects to be refused', async () => {
    expect(await hold(order, [post(400, { title: 5 })])).toEqual([]);
  });

  it('fails an interaction whose answer breaks the spec, also where it is a refusal', async () => {
    expect(describeAll(await hold(order, [post(404, { title: 'Emma' })]))).toEqual([
      expect.stringContaining('the mock finds in the response.body: '),
    ]);
  });
});

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
    const pacts = [makePact('3.0.0', [expectTitle('Emma')]), makePact('3.0.0', [expectTitle('Ulysses')])];
    const findings = await verifyOnMock({ spec, pacts }, verifier);
    expect(findings.map(({ at }) => at.file)).toEqual([pacts[1]?.file]);
  });
});
