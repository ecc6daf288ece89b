import { describe, expect, it } from 'vitest';
import { book, expectTitle, hold, json, showBook } from './bookshop.ts';

const inState = (status: number, further: object = {}): object =>
  expectTitle('Emma', {
    providerState: 'the shop is closed',
    response: { status, ...further },
  });

describe('an interaction in a state', () => {
  const closed = { description: 'Closed.', 'x-provider-state': 'the shop is closed' };

  it('is held to the response that is the default for its status', async () => {
    expect(await hold(showBook({ description: 'A book.' }, { default: closed }), [inState(503)])).toEqual([]);
  });

  it('is not held to a response of another status', async () => {
    const findings = await hold(showBook({ description: 'A book.' }, { 404: closed }), [inState(200)]);
    expect(findings).toMatchObject([{ code: 'pact.refused-by-mock' }]);
  });

  it('is not held to a body that the mock makes up', async () => {
    const code = { type: 'string', pattern: '^[A-Z]{2}[0-9]{4}$' };
    const schema = { ...book, required: ['title', 'code'], properties: { title: {}, code } };
    const ok = { ...json({ schema }), 'x-provider-state': 'the shop is closed' };
    expect(await hold(showBook(ok), [inState(200, { body: { title: 'Emma', code: 'AB1234' } })])).toEqual([]);
  });
});
