import { describe, expect, it } from 'vitest';
import { toEntry } from '../../scripts/har/entry.ts';
import { maskEntries } from '../../scripts/har/recorder.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { createRequestMask, decodeText, listSecrets } from '../../scripts/secrets/exchange.ts';
import { createLogMask } from '../../scripts/secrets/placeholders.ts';
import { createSecrets } from '../../scripts/secrets/secrets.ts';

const secret = 'c4nary-value';
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjNG5hcnkifQ.c4nary';
const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const { spec } = await readSpec('openapi/nexudus-auth.yaml');
const document = spec?.document ?? expect.fail('the spec cannot be read');

/** Where a secret stands in an exchange. */
interface Placement {
  target?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  statusText?: string;
}

const ofNames = [
  ...[
    'password',
    'password[]',
    'password[0]',
    'user[password]',
    'password2',
    'passwordConfirmation',
    'new_password',
  ],
  ...[
    'pwd',
    'pass',
    'passphrase',
    'pin',
    'PIN',
    'pinCode',
    'passcode',
    'otp',
    'otpCode',
    'secret',
    'client_secret',
  ],
  ...[
    'token',
    'token[]',
    'tokens',
    'AccessTokenValue',
    'access_token',
    'idtoken',
    'resetToken',
    'X-CSRF-Token',
  ],
  ...[
    'secretKey',
    'accessKey',
    'privateKey',
    'apiKey',
    'api-key',
    'APIKey',
    'sessionId',
    'sid',
    'auth',
    'bearer',
  ],
  ...['client_assertion', 'code_verifier', 'credentials', 'jwt', 'authorization', 'cookie'],
  ...['username', 'user_name', 'userName', 'login', 'email', 'emailAddress', 'contact_email'],
];

const headerNames = [
  ...[
    'Authorization',
    'Proxy-Authorization',
    'X-Authorization',
    'X-Auth',
    'X-Session',
    'X-Access-Key',
    'X-Api-Key',
  ],
  ...['Cookie', 'Cookie2', 'X-Auth-Token', 'AccessTokenValue', 'X-Pin'],
];

const inBody = (body: string | Buffer, mediaType = json): Placement => ({
  body,
  headers: { 'content-type': mediaType },
});
const littleEndian = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

const placements: [string, Placement][] = [
  ...ofNames.flatMap<[string, Placement]>((name) => [
    [`the query's ${name}`, { target: `/x?${encodeURIComponent(name)}=${secret}` }],
    [`the form's ${name}`, inBody(`a=1&${name}=${secret}`, form)],
    [`the field ${name}`, inBody(JSON.stringify({ a: [{ [name]: secret }] }))],
    [`the pair ${name}`, inBody(JSON.stringify([{ name, value: secret }]))],
    [`the broken field ${name}`, inBody(`{'${name}': '${secret}'}`)],
  ]),
  ...headerNames.flatMap<[string, Placement]>((name) => [
    [`the header ${name}`, { headers: { [name]: secret } }],
    [`the header ${name}, as Basic`, { headers: { [name]: `Basic ${btoa(`a:${secret}`)}` } }],
    [`the header ${name}, as a short Bearer`, { headers: { [name]: `Bearer ${secret}` } }],
    [`the header ${name} in JSON`, inBody(JSON.stringify({ headers: { [name]: `Bearer ${secret}` } }))],
  ]),
  ["a callback's code", { target: `/callback?code=${secret}&state=a` }],
  ["a callback's code in a fragment", { headers: { location: `https://a.example/callback#code=${secret}` } }],
  ["a grant's code", inBody(`grant_type=authorization_code&code=${secret}`, form)],
  ["a grant's code in JSON", inBody(JSON.stringify({ grant_type: 'authorization_code', code: secret }))],
  ["the path's token", { target: `/x/token=${secret}` }],
  ["the path's token among others", { target: `/x;token=${secret}/y?z=1` }],
  ['a JWT in the path', { target: `/verify/${jwt}` }],
  ['the head of a JWT in the path', { target: `/verify/${jwt.split('.')[0]}` }],
  ["a JWT as a query's name", { target: `/verify?${jwt}` }],
  ["a JWT as a query's name with a value", { target: `/verify?${jwt}=1` }],
  ["a JWT as a field's name", inBody(JSON.stringify({ [jwt]: 1 }))],
  ['a cookie without a name', { headers: { cookie: secret } }],
  ['a cookie without a name among others', { headers: { cookie: `a=1; ${secret}` } }],
  ['a cookie with a semicolon in it', { headers: { cookie: `s="a;${secret}"` } }],
  ['a new cookie', { headers: { 'set-cookie': `a=${secret}; Path=/` } }],
  ['a new cookie without a name', { headers: { 'set-cookie': secret } }],
  ['a new cookie with a semicolon in it', { headers: { 'set-cookie': `s="a;${secret}"; Path=/` } }],
  ['single quotes', inBody(`{'password':'${secret}'}`)],
  ['a key without quotes', inBody(`{a: 1, password:'${secret}'}`)],
  ['a value without quotes', inBody(`{"password":${secret}}`)],
  ['neither quotes', inBody(`{password:${secret},a:1}`)],
  ['a list without quotes', inBody(`{"password":[${secret}],}`)],
  ['an object that is broken', inBody(`{"password":{"a":{"b":"${secret}"}},}`)],
  ['an escaped name', inBody(`{"pass\\u0077ord":"${secret}",}`)],
  ['an escaped name in single quotes', inBody(`{'pass\\u0077ord':'${secret}',}`)],
  ['a body that is cut off', inBody(`{"a":1,"password":"${secret}`)],
  ['JSON in broken JSON', inBody(`{a:1,"b":${JSON.stringify(JSON.stringify({ password: secret }))}}`)],
  ['the fields of a list', inBody(JSON.stringify({ token: [secret, { a: [secret] }] }))],
  ['the user of a Referer', { headers: { referer: `https://ada:${secret}@a.example/x` } }],
  ['the user of an Origin', { headers: { origin: `https://${secret}@a.example` } }],
  ['the user of a Location', { headers: { location: `https://${secret}:x@a.example/?a=1` } }],
  ['a URL in a form', inBody(`next=${encodeURIComponent(`https://a:${secret}@b.example`)}`, form)],
  ['the query of a Referer', { headers: { referer: `https://a.example/?t=${secret}` } }],
  ['the reason phrase', { statusText: `OK token=${secret}` }],
  ['a JWT in the reason phrase', { statusText: `Hello ${jwt}` }],
  ['a parameter of Content-Type', inBody('{}', `${json}; token=${secret}`)],
  ['a quoted parameter of Content-Type', inBody('{}', `${json}; token="${secret} x"`)],
  ['UTF-16 with a mark', inBody(littleEndian(`{"password":"${secret}"}`))],
  ['UTF-16 without a mark', inBody(Buffer.from(`{"password":"${secret}"}`, 'utf16le'))],
  ['UTF-16 in big-endian order', inBody(littleEndian(`{"password":"${secret}"}`).swap16())],
  [
    'UTF-16 by its charset',
    inBody(Buffer.from(`{"password":"${secret}"}`, 'utf16le'), `${json}; charset=utf-16le`),
  ],
  ['a form in UTF-16', inBody(littleEndian(`password=${secret}`), form)],
];

function toMessage({ headers = {}, body = '' }: Placement) {
  const bytes = Buffer.from(body as string);
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { headers: Object.fromEntries(lowerCase), body: bytes, decodedBody: bytes };
}

/** Records an exchange that has the placement on both of its sides, and gives what is left of it. */
function record(placement: Placement): string {
  const { headers = {}, target = '/x', statusText = 'OK' } = placement;
  const exchange = {
    startedAt: new Date(0),
    request: { method: 'POST', target, rawHeaders: Object.entries(headers).flat(), ...toMessage(placement) },
    answer: { status: 200, statusText, passedHeaders: Object.entries(headers), ...toMessage(placement) },
  };
  const baseUrl = new URL('https://a-space.example');
  return JSON.stringify(maskEntries([toEntry(exchange as never, baseUrl)], document, baseUrl));
}

const shown = /c4nary|YzRuYXJ5|c\W{1,6}4|eyJ/;

const secrets = createSecrets(document);

describe('a journal', () => {
  const mask = createRequestMask(secrets);

  it.each(placements)('shows no secret in %s', (_title, placement) => {
    const { headers, body } = toMessage(placement);
    const request = mask({ method: 'POST', target: placement.target ?? '/x', headers, body });
    expect(JSON.stringify({ ...request, body: request.body.toString() })).not.toMatch(shown);
  });
});

describe('a log', () => {
  it.each(placements)('shows no secret in %s, once its message was read', (_title, placement) => {
    const { headers, body } = toMessage(placement);
    const { target = '/x', statusText = '' } = placement;
    const pairs = [...Object.entries<string>(headers), ['reason-phrase', statusText] as [string, string]];
    const mask = createLogMask(secrets);
    const mediaType = headers['content-type'] ?? '';
    listSecrets(secrets, { target, headers: pairs, body, mediaType }).forEach(mask.hide);
    const quoted = [target, ...pairs.map((pair) => pair.join(': ')), decodeText(body, mediaType)];
    for (const text of quoted) {
      expect(mask.apply(`POST /x 400: found ${text} there`)).not.toMatch(shown);
    }
  });
});

describe('a recording', () => {
  it.each(placements)('shows no secret in %s', (_title, placement) => {
    expect(record(placement)).not.toMatch(shown);
  });

  it.each<[string, Placement]>([
    [
      'the fields of a token that say no secret',
      inBody('{"token_type":"bearer","expires_in":86400,"jwks_uri":"/x"}'),
    ],
    [
      'the code of an error',
      inBody('{"error":"invalid_grant","code":"E_4711","error_code":"token_expired"}'),
    ],
    ['the code of a status in a query', { target: '/x?code=401&page=2' }],
    ['what a client prefers', { headers: { prefer: 'code=400, example=invalid_grant' } }],
    [
      'what is accepted',
      { headers: { accept: 'text/html;q=0.9, */*', 'access-control-allow-credentials': 'true' } },
    ],
    ['a challenge', { headers: { 'www-authenticate': 'Bearer realm="a space", error="invalid_token"' } }],
    [
      'the attributes of a cookie',
      { headers: { 'set-cookie': 'a=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0' } },
    ],
    ['a URL with a port', { headers: { referer: 'https://a.example:8080/b@c?d=e@f' } }],
    ['a GUID', { target: '/users/7f9c24e5-3b1a-4d0e-8c52-1d6f0a9b4e38' }],
    ['a boolean and a null', inBody('{"password":null,"hasPassword":true,"token":false}')],
    ['a broken body', inBody('{"a": [1, "b:c"], title: "it\'s", "url":"/x?y=z", }')],
    ['a page of a list', inBody('[{"name":"title","value":"Emma"},{"key":"a","value":"b"}]')],
  ])('keeps %s', (_title, placement) => {
    const kept = JSON.parse(record(placement))[0];
    const { body, headers = {}, target } = placement;
    expect(kept.request.url).toBe(`https://a-space.example${target ?? '/x'}`);
    expect(kept.request.headers).toEqual(Object.entries(headers).map(([name, value]) => ({ name, value })));
    expect(kept.request.postData?.text).toBe(body);
  });
});
