import { describe, expect, it } from 'vitest';
import { failureOf, serveRailway } from './railway.ts';

const railway = serveRailway();
const credentials = {
  key: 'key-1',
  queryKey: 'key 2&',
  cookieKey: 'key-3=',
  basic: { username: 'ada', password: 'pä:ss' },
};

describe('credentials', () => {
  it.each([
    ['withKey', '/v2/secured/key', { 'x-railway-key': 'key-1' }],
    ['withQueryKey', '/v2/secured/query?api_key=key%202%26', {}],
    ['withCookieKey', '/v2/secured/cookie', { cookie: 'railway=key-3=' }],
    ['withBasic', '/v2/secured/basic', { authorization: `Basic ${btoa('ada:p\xc3\xa4:ss')}` }],
    ['withNothing', '/v2/secured/open', {}],
  ])('of the client are sent by %s, and no others', async (name, url, headers) => {
    const { body } = await railway.call(name, undefined, { credentials });
    expect(body.url).toBe(url);
    const { authorization, cookie, 'x-railway-key': key } = body.headers;
    expect(JSON.parse(JSON.stringify({ authorization, cookie, 'x-railway-key': key }))).toEqual(headers);
  });

  it('of a call come before those of the client', async () => {
    const { body } = await railway.call('withKey', { credentials: { key: 'own' } }, { credentials });
    expect(body.headers['x-railway-key']).toBe('own');
  });

  it.each([
    ['the first alternative', {}, { credentials }, { authorization: /^Basic / }, undefined],
    [
      'what the call has',
      { bearerToken: 'token-1' },
      { credentials },
      { authorization: /^Bearer token-1$/ },
      undefined,
    ],
    [
      'an alternative that the call has alone',
      { credentials: { key: 'own', queryKey: 'q' } },
      { credentials },
      { 'x-railway-key': /^own$/ },
      'api_key=q',
    ],
    [
      'what is complete',
      {},
      { credentials: { key: 'key-1', queryKey: 'q' } },
      { 'x-railway-key': /^key-1$/ },
      'api_key=q',
    ],
    ['what there is', {}, { credentials: { key: 'key-1' } }, { 'x-railway-key': /^key-1$/ }, undefined],
  ])('are those of %s', async (_, input, options, headers, query) => {
    const { body } = await railway.call('withEither', input, options);
    const sent = ['authorization', 'x-railway-key'].filter((name) => name in body.headers);
    expect(sent).toEqual(Object.keys(headers));
    for (const [name, pattern] of Object.entries(headers)) expect(body.headers[name]).toMatch(pattern);
    expect(body.url.split('?')[1]).toBe(query);
  });

  it.each([
    ['withKey', { key: 'secret\r\nX: 1' }, /credentials\.key .* no header can carry/],
    ['withKey', { key: '' }, /credentials\.key is empty/],
    ['withCookieKey', { cookieKey: 'secret; admin=1' }, /credentials\.cookieKey .* no cookie can carry/],
    ['withBasic', { basic: { username: 'secret:x', password: '' } }, /colon in its username/],
  ])('%s refuses what cannot be sent, without quoting it', async (name, given, reason) => {
    const error = await failureOf(railway.call(name, { credentials: given }));
    expect(error).toMatchObject({ name: 'TypeError', message: expect.stringMatching(reason) });
    expect(error.message).not.toContain('secret');
  });

  it('stand in no error', async () => {
    const fetch = async (url: string, init: RequestInit): Promise<Response> => {
      throw new Error(
        `${url} ${JSON.stringify([...new Headers(init.headers)])} ${credentials.basic.password}`,
      );
    };
    for (const name of ['withKey', 'withQueryKey', 'withCookieKey', 'withBasic']) {
      const error = await failureOf(railway.call(name, undefined, { credentials, fetch }));
      expect(error).toMatchObject({ name: 'CallError', code: 'network_failure' });
      const text = `${error.message} ${error.url} ${error.cause}`;
      for (const secret of ['key-1', 'key 2', 'key%202', 'key-3', btoa('ada:p\xc3\xa4:ss'), 'pä:ss']) {
        expect(text).not.toContain(secret);
      }
    }
  });
});
