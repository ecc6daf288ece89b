import { describe, expect, it } from 'vitest';
import { checkResponse } from '../../../scripts/check/rules/response.ts';
import { type Interaction, remarksOf } from './other-api.ts';

describe('checkResponse', () => {
  const item = (body: unknown, matchingRules: object): Interaction => ({
    request: { path: '/items/7' },
    response: {
      status: 200,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body,
      matchingRules,
    },
  });
  const types = { '$.body': { match: 'type' } };

  it.each([
    ['text/plain', 'a', []],
    ['text/json', {}, []],
    [
      'image/png',
      'a',
      ['/response Relies on a body in image/png, expected text/* or Text/Json; charset=utf-8.'],
    ],
  ])('finds the media type %s with its parameters, or in a range', (mediaType, body, remarks) => {
    const response = { status: 200, headers: { 'Content-Type': mediaType }, body, matchingRules: types };
    const request = { path: '/media', method: 'POST' };
    expect(remarksOf(checkResponse, { request, response })).toEqual(remarks);
  });

  it('looks into the items of a list', () => {
    expect(remarksOf(checkResponse, item({ rows: [{ id: 1 }] }, types))).toEqual([]);
    expect(remarksOf(checkResponse, item({ rows: [{ id: 1, name: 'x' }] }, types))).toEqual([
      '/response/body Relies on rows.0.name, which the spec does not require.',
    ]);
    expect(remarksOf(checkResponse, item({ rows: [{ id: 1, colour: 'x' }] }, types))).toEqual([
      '/response/body Relies on rows.0.colour, which the spec does not name.',
    ]);
    expect(remarksOf(checkResponse, item({ rows: [{ id: 'x' }] }, types))[0]).toContain(
      "which the spec doesn't allow: it/rows/0/id must be integer.",
    );
    expect(remarksOf(checkResponse, item({ rows: [] }, types))).toEqual([]);
  });

  it('finds an exact value where the spec leaves it open', () => {
    const rules = { '$.body.rows': { match: 'type' }, '$.body.rows[*].id': { match: 'equality' } };
    expect(remarksOf(checkResponse, item({ rows: [{ id: 1 }] }, rules))).toEqual([
      '/response/body Relies on rows.0.id being 1, but the spec allows other values. Use a matching rule, such as a type or a regular expression.',
    ]);
  });

  it('takes a body without any matching rules for an example, whose values nobody relies on', () => {
    expect(remarksOf(checkResponse, item({ rows: [{ id: 1 }] }, {}))).toEqual([]);
    expect(remarksOf(checkResponse, item({ rows: [{ id: '1' }] }, {}))).toHaveLength(1);
  });

  it.each([
    [404, { Retry: '1' }, { '$.headers.Retry': { match: 'regex', regex: '^-?[0-9]+$' } }, []],
    [
      404,
      { Other: '1' },
      {},
      ['/response/headers/other Relies on the header other, which the spec does not document.'],
    ],
    [
      503,
      { Retry: '1' },
      {},
      ['/response/headers/retry Relies on the header retry, which the spec does not document.'],
    ],
  ])(
    'finds the response of a range, or the default: %d with %j',
    (status, headers, matchingRules, remarks) => {
      const found = remarksOf(checkResponse, {
        request: { path: '/items/7' },
        response: { status, headers, matchingRules },
      });
      expect(found.filter((remark) => !remark.includes("doesn't allow"))).toEqual(remarks);
    },
  );

  it('says nothing of a status that the spec does not document', () => {
    const response = { status: 500, headers: { Retry: '1' } };
    expect(remarksOf(checkResponse, { request: { path: '/public' }, response })).toEqual([]);
  });
});
