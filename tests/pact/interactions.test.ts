import { describe, expect, it } from 'vitest';
import { readInteractions } from '../../scripts/pact/interactions.ts';
import { findBodyRule, readMatchingRules } from '../../scripts/pact/matching-rules.ts';
import type { Interaction } from '../../scripts/pact/pact.ts';

const regex = { match: 'regex', regex: '^.+$' };
const rule = { combine: 'AND', matchers: [regex] };

const v2 = {
  description: 'a request',
  providerState: 'a state',
  request: {
    method: 'POST',
    path: '/a',
    query: 'b=1&b=2&c=x%20y',
    headers: { 'X-One': '1', 'Content-Type': 'application/json' },
    body: { token: 'x' },
    matchingRules: { '$.path': regex, '$.query.c': regex, '$.headers.X-One': regex, '$.body.token': regex },
  },
  response: { status: 200 },
} satisfies Interaction;

const v3 = {
  ...v2,
  request: {
    ...v2.request,
    query: { b: ['1', '2'], c: ['x y'] },
    matchingRules: {
      path: rule,
      query: { c: rule },
      header: { 'X-One': rule },
      body: { '$.token': rule },
    },
  },
} satisfies Interaction;

const v4 = {
  ...v3,
  type: 'Synchronous/HTTP',
  request: {
    ...v3.request,
    headers: { 'X-One': ['1'], 'Content-Type': ['application/json'] },
    body: { content: { token: 'x' }, contentType: 'application/json', encoded: false },
  },
} satisfies Interaction;

const readVersion = (version: string, ...interactions: Interaction[]) =>
  readInteractions({
    consumer: { name: 'a' },
    provider: { name: 'b' },
    interactions,
    metadata: { pactSpecification: { version } },
  });
const read = (...interactions: Interaction[]) => readVersion('4.0', ...interactions);

describe('readInteractions', () => {
  it('reads the same of one interaction in every version of Pact', () => {
    const [inV2] = readVersion('2.0.0', v2);
    const [inV3] = readVersion('3.0.0', v3);
    const [inV4] = readVersion('4.0', v4);
    expect(inV2).toEqual({
      description: 'a request',
      states: ['a state'],
      index: 0,
      pointer: '#/interactions/0',
      request: {
        method: 'post',
        path: '/a',
        query: { b: ['1', '2'], c: ['x y'] },
        headers: { 'x-one': ['1'], 'content-type': ['application/json'] },
        body: { mediaType: 'application/json', contentType: 'application/json', value: { token: 'x' } },
        rules: {
          path: rule,
          query: { c: rule },
          header: { 'x-one': rule },
          body: [{ keys: ['token'], rule }],
        },
      },
      response: { status: 200, headers: {}, rules: { query: {}, header: {}, body: [] } },
    });
    expect(inV3).toEqual(inV2);
    expect(inV4).toEqual(inV2);
  });

  it('takes a body of version 4 out of its envelope, with the header naming what the envelope does not', () => {
    const body = { content: { token: 'x' }, encoded: false };
    expect(read({ ...v4, request: { ...v4.request, body } })).toEqual(read(v4));
  });

  it('takes the same for the body itself before version 4', () => {
    const body = { content: 'x', contentType: 5 };
    const [interaction] = readVersion('3.0.0', { ...v3, request: { ...v3.request, body } });
    expect(interaction?.request.body).toMatchObject({ mediaType: 'application/json', value: body });
  });

  it('leaves messages out, and keeps the place of what is behind them', () => {
    const message = { ...v4, type: 'Asynchronous/Messages' };
    expect(read(message, v4).map(({ index, pointer }) => [index, pointer])).toEqual([
      [1, '#/interactions/1'],
    ]);
  });

  it('reads a form into its fields, also one in base64', () => {
    const content = 'grant_type=password&username=ada%40lovelace.dev';
    const contentType = 'application/x-www-form-urlencoded; charset=utf-8';
    const bodies = [
      { content, contentType, encoded: false },
      { content: Buffer.from(content).toString('base64'), contentType, encoded: 'base64' },
    ];
    const readBody = (body: object) =>
      read({ ...v4, request: { ...v4.request, headers: {}, body } })[0]?.request.body;
    const value = { grant_type: 'password', username: 'ada@lovelace.dev' };
    expect(bodies.map(readBody)).toEqual(
      Array(2).fill({ mediaType: 'application/x-www-form-urlencoded', contentType, value }),
    );
  });

  it('takes the header of a body for its type, and not what the envelope says', () => {
    const headers = { 'Content-Type': ['application/problem+json'] };
    const [interaction] = read({ ...v4, response: { status: 404, headers, body: v4.request.body } });
    expect(interaction?.response.body?.mediaType).toBe('application/problem+json');
  });

  it.each([
    [{ id: 1 }, 'application/json'],
    ['{"id":1}', 'application/json'],
    ['<train/>', 'application/xml'],
    ['a train', 'text/plain'],
  ])('guesses what a body is that nothing names the type of: %j', (body, mediaType) => {
    const [interaction] = readVersion('2.0.0', { ...v2, request: { method: 'PUT', path: '/a', body } });
    expect(interaction?.request.body).toEqual({ mediaType, value: body === '{"id":1}' ? { id: 1 } : body });
  });

  it('reads the fields of a multipart body, one of them twice', () => {
    const part = (name: string, text: string) =>
      `--cut\r\nContent-Disposition: form-data; name="${name}"; filename="a.txt"\r\n\r\n${text}\r\n`;
    const content = `${part('note', 'x')}${part('file', 'one')}${part('file', 'two')}--cut--`;
    const headers = { 'Content-Type': 'multipart/form-data; boundary=cut' };
    const [interaction] = readVersion('2.0.0', { ...v2, request: { ...v2.request, headers, body: content } });
    expect(interaction?.request.body?.value).toEqual({ note: 'x', file: ['one', 'two'] });
  });
});

describe('findBodyRule', () => {
  const named = (match: string) => ({ combine: 'AND', matchers: [{ match }] });
  const rules = readMatchingRules({
    body: {
      $: named('contentType'),
      '$.list': named('type'),
      '$.list[*].id': named('integer'),
      "$.list[0]['id']": named('regex'),
    },
  });
  const find = (...keys: string[]) => findBodyRule(rules, keys)?.matchers[0]?.match;

  it('finds the nearest rule, an exact key before any key', () => {
    expect(find('list', '0', 'id')).toBe('regex');
    expect(find('list', '1', 'id')).toBe('integer');
  });

  it('lets a rule hold for what is below it', () => {
    expect(find('list', '1', 'name')).toBe('type');
  });

  it('finds none where there is none; a content type is no rule of a value', () => {
    expect(find('other')).toBeUndefined();
  });
});
