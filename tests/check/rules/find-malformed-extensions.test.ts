import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { findMalformedExtensions } from '../../../scripts/check/rules/spec-rules.ts';

const session = {
  takes: { kind: 'card', from: { query: 'card' } },
  refusal: { status: 403 },
  issues: { token: { kind: 'card', life: { seconds: 60 } } },
};
const card = { name: 'card', in: 'query', schema: { type: 'string', format: 'password' } };

function find(operation: object): { message: string; pointer: string }[] {
  const responses = { 403: { description: 'Refused.' } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'One', version: '1' },
    paths: { '/a': { get: { parameters: [card], responses, ...operation } } },
  } as unknown as Oas3_1Definition;
  const locate = (pointer: string) => ({ file: 'spec.yaml', pointer });
  return findMalformedExtensions({ file: 'spec.yaml', document, locate }).map(({ message, at }) => ({
    message,
    pointer: at.pointer ?? '',
  }));
}

describe('findMalformedExtensions', () => {
  it('finds nothing in extensions that are well-formed, and in data that looks like one', () => {
    const example = { 'x-match': 5 };
    const match = { query: { a: null, b: 5 }, body: { c: 'd' } };
    expect(
      find({
        'x-session': [session],
        'x-evidence': 'brief',
        responses: {
          403: {
            'x-match': match,
            'x-provider-state': 'a card is spent',
            'x-invalid-request': true,
            example,
          },
        },
      }),
    ).toEqual([]);
  });

  it.each([
    ['x-session', [{ ...session, taks: {} }], 'must NOT have additional properties ("taks")'],
    ['x-session', [{ takes: session.takes }], "must have required property 'refusal'"],
    ['x-session', session, 'must be array'],
    ['x-session', [{ ...session, refusal: { status: 200 } }], '0/refusal/status must be >= 400'],
    [
      'x-session',
      [{ ...session, takes: { ...session.takes, reuseRevokes: ['card'] } }],
      "must have required property 'isSpent'",
    ],
    ['x-match', { cookie: { a: 1 } }, '("cookie")'],
    ['x-match', { query: { a: [1] } }, 'query/a must be string,number,boolean,null'],
    ['x-provider-state', '', 'must NOT have fewer than 1 characters'],
    ['x-invalid-request', 'yes', 'must be boolean'],
    ['x-evidence', 5, 'must be string'],
  ])('finds a malformed %s: %j', (name, value, reason) => {
    const found = find({ [name]: value });
    expect(found).toEqual([{ message: expect.stringContaining(reason), pointer: `#/paths/~1a/get/${name}` }]);
    expect(found[0]?.message).toMatch(`Found ${name} whose`);
  });

  it('finds a kind that reuse revokes and no operation issues', () => {
    const takes = { ...session.takes, isSpent: true, reuseRevokes: ['card', 'ticket'] };
    expect(find({ 'x-session': [{ ...session, takes }] })).toEqual([
      {
        message: expect.stringContaining('names ticket, which no operation issues'),
        pointer: '#/paths/~1a/get/x-session',
      },
    ]);
  });

  it('finds a refusal that is not documented', () => {
    expect(find({ 'x-session': [{ ...session, refusal: { status: 401, example: 'spent' } }] })).toEqual([
      { message: expect.stringContaining('the refusal 401 spent'), pointer: '#/paths/~1a/get/x-session' },
    ]);
  });

  it('finds tokens that are not marked as secrets', () => {
    const takes = { kind: 'card', from: { query: 'card' } };
    const issues = { Value: { kind: 'card', life: { seconds: 60 } } };
    const parameters = [{ ...card, schema: { type: 'string' } }];
    const messages = find({ parameters, 'x-session': [{ takes, issues, refusal: session.refusal }] });
    expect(messages.map(({ message }) => message)).toEqual([
      expect.stringContaining('the token Value, whose schema has no "format: password"'),
      expect.stringContaining('the token card, whose schema has no "format: password"'),
    ]);
  });

  it('finds a token that is not marked where it is taken, though one of its name is marked elsewhere', () => {
    const unmarked = { ...card, schema: { type: 'string' } };
    const elsewhere = { properties: { card: { type: 'string', format: 'password' } } };
    expect(
      find({ 'x-session': [session], parameters: [unmarked], 'x-schemas': elsewhere }).map(
        ({ message }) => message,
      ),
    ).toEqual([expect.stringContaining('the token card, whose schema has no "format: password"')]);
  });
});
