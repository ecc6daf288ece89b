import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { toEntry } from '../../scripts/har/entry.ts';
import { maskEntries } from '../../scripts/har/recorder.ts';
import { readSpec, type Spec } from '../../scripts/openapi/read-spec.ts';
import { listForms } from '../../scripts/secrets/placeholders.ts';
import { specFile } from '../own-project.ts';

const baseUrl = new URL('https://a-space.example');
const form = 'application/x-www-form-urlencoded';
let spec: Spec;

beforeAll(async () => {
  const reading = await readSpec(specFile);
  spec = reading.spec ?? expect.fail('the spec is broken');
});

interface Sent {
  target?: string;
  mediaType?: string;
  body?: string | Buffer;
  rawHeaders?: string[];
}

/** Records one exchange, masks it, and gives what is left of it. */
function mask(
  request: Sent,
  answer: Omit<Sent, 'target'> = {},
  maxSecrets?: number,
): ReturnType<typeof maskEntries>[number] {
  const toHeaders = ({ mediaType = 'application/json' }: Sent) => ({ 'content-type': mediaType });
  const toBodies = ({ body = '' }: Sent) => ({ body: Buffer.from(body), decodedBody: Buffer.from(body) });
  const exchange = {
    startedAt: new Date(0),
    request: {
      method: 'POST',
      target: request.target ?? '/api/token',
      headers: toHeaders(request),
      rawHeaders: request.rawHeaders ?? [],
      ...toBodies(request),
    },
    answer: {
      status: 200,
      statusText: 'OK',
      headers: toHeaders(answer),
      passedHeaders: [],
      ...toBodies(answer),
    },
  };
  const [entry] = maskEntries([toEntry(exchange, baseUrl)], spec.document, baseUrl, maxSecrets);
  return entry ?? expect.fail('there is no entry');
}

it('leaves no secret in any encoding, wherever else it stands', () => {
  // Long enough to be no part of a word, and with a letter, since the stand-ins of digits are digits.
  const secrets = fc
    .tuple(fc.string({ unit: 'grapheme', minLength: 4 }), fc.string({ minLength: 4 }))
    .map(([one, other]) => `${one}s${other}`);
  fc.assert(
    fc.property(secrets, (secret) => {
      const encoded = encodeURIComponent(secret);
      const masked = mask(
        {
          target: `/odd/${encoded}/x?redirectUrl=${encodeURIComponent(`/y?t=${encoded}`)}&q=${encoded}`,
          mediaType: form,
          body: new URLSearchParams({ password: secret, note: `so: ${secret}!`, [secret]: '' }).toString(),
        },
        {
          body: JSON.stringify({
            deep: [{ note: `(${secret})`, inner: JSON.stringify({ secret }) }],
            [secret]: 1,
          }),
        },
      );
      const text = JSON.stringify([masked.request, masked.response]);
      const content = JSON.parse(masked.response.content.text ?? '');
      const shown = [
        text,
        content.deep[0].note,
        content.deep[0].inner,
        decodeURIComponent(masked.request.url),
      ];
      for (const place of shown) {
        expect(listForms(secret).filter((one) => place.includes(one))).toEqual([]);
      }
    }),
    { numRuns: 300, seed: 42 },
  );
});

it.each([
  ['a form', form, 'grant_type=password&x=%41+b&=&y', 'grant_type=password&x=%41+b&=&y'],
  ['a form whose values hold anything', form, "password=it's;a?b#c=d&x=1", 'password=***-1&x=1'],
  [
    'JSON',
    'application/json',
    '{"token_type":"bearer","expires_in":5}',
    '{"token_type":"bearer","expires_in":5}',
  ],
  [
    'JSON with secrets of all types',
    'application/json',
    '{"token":["abcdefgh",12345,true,null,""],"x":12345}',
    '{"token":["***-1",90002,true,null,""],"x":90002}',
  ],
  ['JSON within a secret field', 'application/json', '{"token":{"x":"abcdefgh"}}', '{"token":{"x":"***-1"}}'],
  [
    'JSON that is cut off',
    'application/json',
    '{"access_token":"abcdefgh","refresh_t',
    '{"access_token":"***-1","refresh_t',
  ],
  ['a lone surrogate', 'application/json', String.raw`{"token":"\ud800abcdefgh"}`, '{"token":"***-1"}'],
])('masks %s', (_title, mediaType, body, masked) => {
  expect(mask({ mediaType, body }).request.postData?.text).toBe(masked);
  expect(mask({}, { mediaType, body }).response.content.text).toBe(masked);
});

it.each([
  ['Authorization', 'Bearer abcdefgh', 'Bearer ***-1'],
  ['authorization', 'abcdefgh', '***-1'],
  ['Cookie', 'a=abcdefgh; b=ijklmnop', 'a=***-1; b=***-2'],
  ['Set-Cookie', 'a=abcdefgh; Path=/; Domain=a.example', 'a=***-1; Path=/; Domain=a.example'],
  ['Set-Cookie', 'a=; Max-Age=0', 'a=; Max-Age=0'],
  ['X-CSRF-Token', 'abcdefgh', '***-1'],
  ['Location', 'https://a.example/x?y=1&t=abcdefgh#z', 'https://a.example/x?y=1&t=***-1#z'],
  ['X-Note', 'Bearer abcdefghijklmnop is not known', 'Bearer ***-1 is not known'],
  ['X-Note', 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', '***-1'],
  ['WWW-Authenticate', 'Bearer realm="a space"', 'Bearer realm="a space"'],
])('masks the header %s: %s', (name, value, masked) => {
  expect(mask({ rawHeaders: [name, value] }).request.headers).toEqual([{ name, value: masked }]);
});

it('masks a JWT in a path', () => {
  const { request } = mask({ target: '/verify/eyJhbGciOiJIUzI1NiJ9.e30.c2ln/now' });
  expect(request.url).toBe('https://a-space.example/verify/***-1/now');
});

it.each([
  ['a page', 'text/html', '<input name="token" value="abcdefgh">'],
  ['bytes', 'application/pdf', Buffer.from([0, 255])],
])('leaves %s out, and says so', (_title, mediaType, body) => {
  const { response, request } = mask({ mediaType, body }, { mediaType, body });
  expect(request.postData).toMatchObject({ text: '', comment: expect.stringContaining('left out') });
  expect(response.content).not.toHaveProperty('text');
  expect(response.content).toMatchObject({
    mimeType: mediaType,
    comment: expect.stringContaining('left out'),
  });
});

it.each([
  ['URLs in URLs', 'eyJ-eyJ.x?=%'.repeat(100_000)],
  ['separators', '&'.repeat(1_000_000)],
  ['half a pair', 'a'.repeat(1_000_000)],
  ['half a field', 'a:"'.repeat(300_000)],
  ['JSON in JSON', '['.repeat(5000) + ']'.repeat(5000)],
  [
    'secrets that begin alike, and more such beginnings',
    JSON.stringify({
      token: Array.from({ length: 5000 }, (_, n) => `alike-${n}`),
      x: 'alike-'.repeat(20_000),
    }),
  ],
  [
    'secrets of all lengths that begin alike, and more such beginnings',
    JSON.stringify({
      token: Array.from({ length: 1000 }, (_, n) => `${'a'.repeat(n + 4)}b`),
      x: 'a'.repeat(50_000),
    }),
  ],
])('masks a long text of %s', (_title, body) => {
  expect(mask({}, { body }).response.content.text?.length).toBeGreaterThan(0);
});

it('hides whole what is nested too deep to be looked through', () => {
  const body = `${'['.repeat(100)}"abcdefgh"${']'.repeat(100)}`;
  expect(mask({}, { body }).response.content.text).toMatch(/^\[+"\*{3}"\]+$/);
});

it('leaves out bodies with more secrets than can be remembered, and masks the rest', () => {
  const bodies = { mediaType: form, body: 'password=abcdefgh&token=ijklmnop' };
  const rawHeaders = ['Authorization', 'Bearer qrstuvwx'];
  const whole = mask({ ...bodies, rawHeaders }, bodies, 3);
  expect(whole.request.postData?.text).toBe('password=***-2&token=***-3');
  const { request, response } = mask({ ...bodies, rawHeaders }, bodies, 2);
  const comment = 'The body is left out: it has too many secrets.';
  expect(request.postData).toEqual({ mimeType: form, text: '', comment });
  expect(response.content).toEqual({ mimeType: form, size: bodies.body.length, comment });
  expect(request.headers).toEqual([{ name: 'Authorization', value: 'Bearer ***-1' }]);
});
