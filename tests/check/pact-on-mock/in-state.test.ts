import { describe, expect, it } from 'vitest';
import { describeAll, expectTitle, hold, named, showBook, twoBooks } from './bookshop.ts';

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
      'expected one that the spec names for showBook 200: "Emma is there", "Persuasion is there". Use one of them',
    ],
    [
      410,
      'but the spec names none for showBook 410. It names states for other statuses: "Emma is there" (200), ' +
        '"Persuasion is there" (200), "the book is sold" (404). Use one of them',
    ],
  ])(
    'is a finding with the states that it may be in, where a %i has no such state',
    async (status, expected) => {
      const asleep = { providerStates: [{ name: 'the shop is asleep' }], response: { status } };
      const findings = await hold(states, [expectTitle('', asleep), expectTitle(5)]);
      expect(describeAll(findings)).toEqual([
        `#/interactions/0 pact.unknown-state "a request for a book": found the provider state "the shop is asleep", ` +
          `${expected} in the consumer test, set x-provider-state of an example to your state, in the spec or in an ` +
          'overlay, or map your state to one of the spec in `states` of contract.config.ts. Replayed with any example ' +
          'of the status.',
        expect.stringContaining('#/interactions/1 pact.refused-by-mock'),
      ]);
      expect(findings[0]?.severity).toBe('warning');
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
      expect.stringContaining('but the spec names no state for GET /shops. Remove it in the consumer test'),
    ]);
  });

  it('is held against any example where the spec names no states at all', async () => {
    const inState = { providerStates: [{ name: 'the moon is full' }] };
    expect(await hold(showBook(twoBooks), [expectTitle('Persuasion', inState)])).toEqual([]);
    expect(await hold(showBook(twoBooks), [expectTitle(5, inState)])).toHaveLength(1);
  });
});
