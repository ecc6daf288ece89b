import { describe, expect, it } from 'vitest';
import { checkRequest } from '../../../scripts/check/rules/request.ts';
import { type Interaction, remarksOf } from './other-api.ts';

describe('checkRequest', () => {
  const form = (body: string, matchingRules?: object): Interaction => ({
    request: {
      method: 'POST',
      path: '/form',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body,
      ...(matchingRules === undefined ? {} : { matchingRules }),
    },
  });

  it('takes the texts of a form for what the schema has', () => {
    expect(remarksOf(checkRequest, form('count=3&agree=true&note=x'))).toEqual([]);
  });

  it.each([
    ['count=three', 'it/count must be integer'],
    ['count=3&agree=yes', 'must be'],
    ['note=x', "it must have required property 'count'"],
  ])('finds that the form %s breaks its schema', (body, reason) => {
    const [remark] = remarksOf(checkRequest, form(body));
    expect(remark).toContain('/request/body The body breaks its schema: ');
    expect(remark).toContain(reason);
  });

  it('finds a field that the schema does not name, which most providers ignore', () => {
    expect(remarksOf(checkRequest, form('count=3&other=1'))).toEqual([
      '/request/body The body has what its schema does not name: it must NOT have unevaluated properties (other).',
    ]);
  });

  it('finds a rule of a field that allows too much, and none that does not', () => {
    const rules = (regex: string) => ({ '$.body.count': { match: 'regex', regex } });
    expect(remarksOf(checkRequest, form('count=3', rules('^[1-9]$')))).toEqual([]);
    expect(remarksOf(checkRequest, form('count=3', rules('^[1-9x]$')))[0]).toContain(
      'The pact\'s matching rule for the field count allows "x"',
    );
  });

  it('finds a rule deep in a JSON body that allows too much', () => {
    const request = (regex: string) => ({
      method: 'POST',
      path: '/items/7',
      headers: { 'Content-Type': 'application/json' },
      body: { owner: { mail: 'ada' } },
      matchingRules: { '$.body.owner.mail': { match: 'regex', regex } },
    });
    expect(remarksOf(checkRequest, { request: request('^[a-z]{2}$') })).toEqual([]);
    expect(remarksOf(checkRequest, { request: request('^[a-z ]*$') })[0]).toContain(
      'The pact\'s matching rule for the field owner.mail allows "',
    );
  });

  it('holds each value of a list in the query', () => {
    const ask = (...tags: string[]) =>
      remarksOf(checkRequest, { request: { path: '/items/7', query: { tags } } });
    expect(ask('a', 'b')).toEqual([]);
    expect(ask('a', 'c')[0]).toContain(
      '/request/query/tags The query parameter tags "a, c" is invalid: it/1 must be',
    );
  });

  it.each([400, 422])(
    'lets a request be wrong that is to be refused with %d, where the spec names no states',
    (status) => {
      const wrong = { path: '/items/7', query: { tags: ['c'] } };
      expect(remarksOf(checkRequest, { request: wrong, response: { status } })).toEqual([]);
      const unknown = { path: '/items/7', query: { x: ['1'] } };
      expect(remarksOf(checkRequest, { request: unknown, response: { status } })).toHaveLength(1);
    },
  );

  it.each([404, 409])('lets no request be wrong that is to be refused with %d', (status) => {
    const wrong = { path: '/items/7', query: { tags: ['c'] } };
    expect(remarksOf(checkRequest, { request: wrong, response: { status } })).toHaveLength(1);
  });

  it.each([
    ['application/json', []],
    ['application/json; charset=utf-8', []],
    ['text/plain', ['/request/body Found a body in text/plain, expected application/json; version=1.']],
  ])('takes a body in %s where the spec has it with parameters', (mediaType, remarks) => {
    const headers = { 'Content-Type': mediaType };
    expect(
      remarksOf(checkRequest, { request: { path: '/media', method: 'POST', headers, body: {} } }),
    ).toEqual(remarks);
  });
});
