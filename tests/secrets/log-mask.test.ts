import { describe, expect, it } from 'vitest';
import { createLogMask } from '../../scripts/secrets/placeholders.ts';
import { createSecrets } from '../../scripts/secrets/secrets.ts';
import { readSecrets } from './read-secrets.ts';

const secrets = await readSecrets('openapi/nexudus-auth.yaml');
const createMask = () => createLogMask(secrets);
const secret = 'p+ss w/rd"é&';

describe('createLogMask', () => {
  it.each([
    ['as it is', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    [
      'percent-encoded in lower case',
      encodeURIComponent(secret).replaceAll(/%../g, (hex) => hex.toLowerCase()),
    ],
    ['as a form has it', new URLSearchParams({ secret }).toString().slice('secret='.length)],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64url', Buffer.from(secret).toString('base64url')],
    ['as JSON has it', JSON.stringify(secret).slice(1, -1)],
  ])('hides a secret %s', (_title, form) => {
    const mask = createMask();
    expect(mask.apply(`before ${form} after`)).toContain(form);
    mask.hide(secret);
    expect(mask.apply(`before ${form} after`)).toBe('before *** after');
  });

  it('hides what follows a long name, and gets through a long word without one', () => {
    const mask = createMask();
    const name = 'x'.repeat(100);
    expect(mask.apply(`${name}.access_token=sesame-street`)).toBe(`${name}.access_token=***`);
    const word = 'x'.repeat(10 * 1024 * 1024);
    expect(mask.apply(word)).toBe(word);
  }, 8000);

  it('hides the longer of two secrets whole', () => {
    const mask = createMask();
    mask.hide('sesame');
    mask.hide('open-sesame-street');
    expect(mask.apply('sesame, open-sesame-street')).toBe('***, ***');
  });

  it('hides all of two secrets that overlap', () => {
    const mask = createMask();
    mask.hide('open-sesame');
    mask.hide('sesame-street');
    expect(mask.apply('an open-sesame-street, a sesame-street')).toBe('an ***, a ***');
  });

  it('hides a secret of one to three characters only where a field has it', () => {
    const mask = createMask();
    for (const short of ['1', 'ab', 'abc']) {
      mask.hide(short);
    }
    const text = 'GET /abc/1?token=1 answered 401, {"token":"abc"}';
    expect(mask.apply(text)).toBe('GET /abc/1?token=*** answered 401, {"token":"***"}');
    mask.hide('abcd');
    expect(mask.apply('an abcd')).toBe('an ***');
  });

  it('hides what looks like the value of a field that the API calls secret', () => {
    const properties = { 'shop.word': { format: 'password' } };
    const securitySchemes = { key: { type: 'apiKey', in: 'query', name: 'shelf' } };
    const document = { openapi: '3.1.0', components: { schemas: { One: { properties } }, securitySchemes } };
    const mask = createLogMask(createSecrets(document as never));
    expect(mask.apply('{"shop.word":"a","shopXword":"b"} ?shelf=c&t=d&token=e')).toBe(
      '{"shop.word":"***","shopXword":"b"} ?shelf=***&t=d&token=***',
    );
  });

  it.each([
    ['dollars', '$'.repeat(400_000)],
    ['starts of a mismatch', '$.token'.repeat(100_000)],
    ['quotes', '"token":"'.repeat(100_000)],
    ['words', `${'eyJ'.repeat(100_000)} ${'a-'.repeat(100_000)} Bearer${' '.repeat(100_000)}`],
  ])('masks a long text of %s at once', (_title, text) => {
    const startedAt = performance.now();
    createMask().apply(text);
    // In quadratic time it would take minutes.
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it('hides nothing for a secret that is empty', () => {
    const mask = createMask();
    mask.hide('');
    expect(mask.apply('all of this')).toBe('all of this');
  });

  it.each([
    ['Expected Bearer abc.def-1 here', 'Expected Bearer *** here'],
    ['a token eyJhbGciOiJIUzI1NiJ9.e30.c2ln', 'a token ***'],
    ['/login?server=true&t=abc%20d&redirectUrl=%2F', '/login?server=true&t=***&redirectUrl=%2F'],
    ['{"access_token":"a\\"b","expires_in":5}', '{"access_token":"***","expires_in":5}'],
    ['{"jwt": 12345}', '{"jwt": "***"}'],
    ['{"error_description": "cut o', '{"error_description": "***"'],
    ["$.Value: Expected 'abc' (String) to be null", '$.Value: Expected *** (String) to be null'],
    ["$['token']: Expected 'a' to match 'b'", "$['token']: Expected *** to match ***"],
    [
      '$.access_token: Expected 12345 (Integer) to be text',
      '$.access_token: Expected *** (Integer) to be text',
    ],
    ['GET /reset/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b', 'GET /reset/***'],
  ])('hides what looks like one in %s', (text, masked) => {
    expect(createMask().apply(text)).toBe(masked);
  });

  it.each([
    "$.error: Expected 'invalid_grant' (String) to be equal to 'two_factor_auth_check' (String)",
    'expected 401 but was 200',
    '{"token_type":"bearer","expires_in":86400}',
    'a-long-description-of-an-interaction-in-one-word',
  ])('leaves the rest as it is: %s', (text) => {
    expect(createMask().apply(text)).toBe(text);
  });
});
