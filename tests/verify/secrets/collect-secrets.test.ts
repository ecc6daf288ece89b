import { describe, expect, it } from 'vitest';
import {
  collectHeaderSecrets,
  collectSecrets,
  createSecretFinder,
} from '../../../scripts/verify/secrets/collect-secrets.ts';

describe('collectSecrets', () => {
  it.each([
    ['a JSON body', '{"access_token":"a","refresh_token":"b\\u0021","expires_in":5}', ['a', 'b!']],
    ['an envelope', '{"WasSuccessful":true,"Value":"c","Status":200}', ['c']],
    ['the depth of a body', '{"data":[{"user":{"jwt":"d","token":7}}]}', ['d', '7']],
    ['a body that is cut off', '{"token":"e","refresh_t', ['e']],
    ['a form', 'grant_type=password&username=f%40g&password=h+i', ['f@g', 'h i']],
    ['a URL', 'https://host/login?t=j%20k&redirectUrl=%2F', ['j k']],
    ['a page', '<a href="/login?t=l">in</a>', ['l']],
  ])('finds those in %s', (_title, text, secrets) => {
    expect(collectSecrets(text)).toEqual(expect.arrayContaining(secrets));
  });

  it.each(['', 'null', '{"token_type":"bearer","Value":null}', "it isn't: token by token", '<p>t: 5</p>'])(
    'finds none in %j',
    (text) => {
      expect(collectSecrets(text)).toEqual([]);
    },
  );

  it('finds one at any depth', () => {
    const depth = 100_000;
    expect(collectSecrets(`${'['.repeat(depth)}{"token":5}${']'.repeat(depth)}`)).toEqual(['5']);
  });
});

describe('createSecretFinder', () => {
  const finder = createSecretFinder(['pass.phrase', 'X-Api-Key']);

  it.each([
    ['a JSON body', '{"pass.phrase":"a\\u0021"}', 'a!'],
    ['a form', 'pass.phrase=a+b', 'a b'],
    ['a field of the toolkit', '{"token":"c"}', 'c'],
  ])('finds those that the spec names in %s', (_title, text, secret) => {
    expect(finder.collect(text)).toContain(secret);
  });

  it('finds those that the spec names in a header, in any case', () => {
    expect(finder.collectOfHeader('x-api-key', 'd')).toEqual(['d']);
  });

  it('finds none in a field that only looks alike', () => {
    expect(finder.collect('passXphrase=a&no-pass=b')).toEqual([]);
  });
});

it('finds those in a body that is nested deeper than calls can be', () => {
  const depth = 50_000;
  const body = `${'[{"a":'.repeat(depth)}{"password":4711}${'}]'.repeat(depth)}`;
  expect(collectSecrets(body)).toEqual(['4711']);
});

describe('collectHeaderSecrets', () => {
  it.each([
    ['Authorization', 'Bearer long-token', ['Bearer long-token', 'long-token']],
    ['set-cookie', 'session=long-cookie; Path=/; HttpOnly', ['long-cookie']],
    ['location', '/login?t=j', ['j']],
  ])('finds those in %s: %s', (name, value, secrets) => {
    expect(collectHeaderSecrets(name, value)).toEqual(expect.arrayContaining(secrets));
    expect(collectHeaderSecrets(name, value)).not.toContain('Path=/');
  });

  it('finds none in a header that holds none', () => {
    expect(collectHeaderSecrets('content-type', 'application/json')).toEqual([]);
  });
});
