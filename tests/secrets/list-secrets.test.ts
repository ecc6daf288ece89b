import { describe, expect, it } from 'vitest';
import { listSecrets, type Message } from '../../scripts/secrets/exchange.ts';
import { createSecrets } from '../../scripts/secrets/secrets.ts';
import { readSecrets } from './read-secrets.ts';

const secrets = await readSecrets('openapi/nexudus-auth.yaml');
const none = { headers: [], body: Buffer.of(), mediaType: '' };
const list = (message: Partial<Message>): string[] => [...listSecrets(secrets, { ...none, ...message })];
const listOfBody = (text: string, mediaType = 'application/json'): string[] =>
  list({ body: Buffer.from(text), mediaType });

describe('listSecrets', () => {
  it.each([
    ['a JSON body', '{"access_token":"a","refresh_token":"b\\u0021","expires_in":5}', ['a', 'b!']],
    ['an envelope', '{"WasSuccessful":true,"Value":"c","Status":200}', ['c']],
    ['the depth of a body', '{"data":[{"user":{"jwt":"d","token":7}}]}', ['d', '7']],
    ['a body that is cut off', '{"token":"e","refresh_t', ['e']],
    ['a page', '<a href="/login?t=l">in</a>', ['l']],
  ])('finds those in %s', (_title, text, expected) => {
    expect(listOfBody(text)).toEqual(expect.arrayContaining(expected));
  });

  it('finds those in a form, decoded', () => {
    const form = 'grant_type=password&username=f%40g&password=h+i';
    expect(listOfBody(form, 'application/x-www-form-urlencoded')).toEqual(['f@g', 'h i']);
    expect(listOfBody(form, 'text/plain')).toEqual(['f@g', 'h i']);
  });

  it('finds those in a URL', () => {
    expect(list({ target: 'https://host/login?t=j%20k&redirectUrl=%2F' })).toEqual(['j k']);
  });

  it.each(['', 'null', '{"token_type":"bearer","Value":null}', "it isn't: token by token", '<p>t: 5</p>'])(
    'finds none in %j',
    (text) => {
      expect(listOfBody(text)).toEqual([]);
    },
  );

  it('finds one at any depth', () => {
    const depth = 100_000;
    expect(listOfBody(`${'['.repeat(depth)}{"token":5}${']'.repeat(depth)}`)).toEqual(['5']);
  });

  it('finds those in a body that is nested deeper than calls can be', () => {
    const depth = 50_000;
    const body = `${'[{"a":'.repeat(depth)}{"password":4711}${'}]'.repeat(depth)}`;
    expect(listOfBody(body)).toEqual(['4711']);
  });

  it.each([
    ['Authorization', 'Bearer long-token', ['long-token']],
    [
      'Authorization',
      `Basic ${btoa('ada:long-password')}`,
      ['ada', 'long-password', btoa('ada:long-password')],
    ],
    ['set-cookie', 'session=long-cookie; Path=/; HttpOnly', ['long-cookie']],
    ['location', '/login?t=j', ['j']],
    ['content-type', 'application/json', []],
  ])('finds those in the header %s: %s', (name, value, expected) => {
    expect(list({ headers: [[name, value]] })).toEqual(expected);
  });
});

describe('createSecrets', () => {
  const component = (properties: object, parameters: object = {}): object => ({
    components: { schemas: { One: { properties }, Key: { format: 'password' } }, parameters },
  });
  const isSecret = (document: object, name: string): boolean =>
    createSecrets({ openapi: '3.1.0', ...document } as never).isSecretName(name);

  it.each([
    ['itself', { type: 'string', format: 'password' }],
    ['by a reference', { $ref: '#/components/schemas/Key' }],
    ['as one of several', { oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Key' }] }],
    ['in a list', { type: 'array', items: { format: 'password' } }],
    ['as an e-mail address', { type: 'string', format: 'email' }],
  ])('takes a name for secret whose schema is marked %s', (_how, schema) => {
    expect(isSecret(component({ hint: schema }), 'hint')).toBe(true);
    expect(isSecret(component({ hint: schema }), 'Hint')).toBe(false);
    expect(isSecret(component({}), 'hint')).toBe(false);
  });

  it('takes a header for secret in any case, where its parameter or an API key is', () => {
    const header = { Any: { name: 'Shelf', in: 'header', schema: { format: 'password' } } };
    expect(isSecret(component({}, header), 'shelf')).toBe(true);
    const key = { components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'Shelf' } } } };
    expect(isSecret(key, 'shelf')).toBe(true);
    const response = {
      paths: {
        '/a': { get: { responses: { 200: { headers: { Shelf: { schema: { format: 'password' } } } } } } },
      },
    };
    expect(isSecret(response, 'shelf')).toBe(true);
  });

  it('takes a name for none whose values the document lists', () => {
    expect(isSecret({}, 'session')).toBe(true);
    expect(isSecret(component({ session: { enum: ['open', 'closed'] } }), 'session')).toBe(false);
    expect(isSecret(component({ session: { type: 'string', format: 'date-time' } }), 'session')).toBe(false);
    expect(isSecret(component({ session: { type: 'string' } }), 'session')).toBe(true);
  });

  it.each([
    ...[
      'token_type',
      'tokenType',
      'tokentype',
      'expires_in',
      'grant_type',
      'passwordMinLength',
      'expiresInPassword2At',
    ],
    ...[
      'code',
      'error',
      'error_code',
      'state',
      'status',
      'max_tokens',
      'token_endpoint',
      'secretary',
      'tokenizer',
    ],
    ...[
      'cookieName',
      'sessionTimeoutSeconds',
      'passwordless_enabled',
      'author',
      'authority',
      'passport',
      'compass',
    ],
    ...['shopping', 'opinion', 'lastLogin', 'key', 'id', 'client_id', 'WWW-Authenticate'],
  ])('takes %s for none', (name) => {
    expect(isSecret({}, name)).toBe(false);
  });

  it('finds the segments of a path that are secrets', () => {
    expect(secrets.findSegments('/api/public/billing/invoices/5/pdf')).toEqual([]);
    const paths = { '/a/{token}/b': { get: {} }, '/a/c/b': { get: {} }, '/d/{reset}': { get: {} } };
    const { findSegments } = createSecrets({ openapi: '3.1.0', paths } as never);
    expect(['/a/x/b', '/a/c/b', '/d/x', '/e'].map(findSegments)).toEqual([[2], [], [], []]);
  });
});
