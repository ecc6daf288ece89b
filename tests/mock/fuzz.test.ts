import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startMock } from '../../scripts/mock/index.ts';
import { exchangeBytes } from './exchange-bytes.ts';

/** How many requests are sent: `FUZZ_REQUESTS`, or 500. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 500);
const atOnce = 20;

const paths = [
  '/api/token',
  '/api/sys/users/token/refresh',
  '/api/sys/users/exchange',
  '/api/auth/media/customer',
  '/user/login',
  '/login',
  '/api/public/billing/invoices/7/pdf',
  '/__mock__/journal',
  '/__mock__/forced',
  '/__mock__/',
  '//',
  '/%',
  '/%ff',
  '/nowhere',
  '*',
  'http://elsewhere/login?t=x',
];

const method = fastCheck.constantFrom(
  'GET',
  'POST',
  'HEAD',
  'OPTIONS',
  'PUT',
  'DELETE',
  'PATCH',
  'TRACE',
  'QUERY',
);
const path = fastCheck.constantFrom(...paths);
const search = fastCheck.oneof(
  fastCheck.constantFrom(
    '',
    '?',
    '?t=x',
    '?t=x&t=y',
    '?t=%',
    '?t=%ff',
    '?%=1',
    '?server=true&t=x&redirectUrl=//e',
    '?token=a&validForInMinutes=1440',
    '?__code=400',
    '?__example=x',
    '?__dynamic=true',
    '?__server=x',
  ),
  fastCheck.webQueryParameters().map((text) => `?${text}`),
);
const header = fastCheck.constantFrom(
  'content-type: application/x-www-form-urlencoded',
  'content-type: application/json',
  'content-type: application/json; charset=x',
  'content-type: nonsense',
  'content-type: multipart/form-data',
  'content-type: ',
  'accept: application/json',
  'accept: */*',
  'accept: nonsense',
  'accept: ;q=x',
  'authorization: Bearer access-token-1',
  'authorization: Basic x',
  'authorization: ',
  'prefer: code=400',
  'prefer: code=999',
  'prefer: example=signed_in',
  'prefer: dynamic=true',
  'prefer: ,,;="',
  'cookie: a=b; %=%',
  'origin: http://page.example',
  'access-control-request-method: POST',
  'expect: 100-continue',
  `x-long: ${'x'.repeat(4000)}`,
  'client_id: ',
);
const body = fastCheck.oneof(
  fastCheck.constantFrom(
    '',
    'grant_type=password&username=a@b.io&password=x',
    'grant_type=%&%=1',
    '{',
    '{"grant_type":"password"}',
    '[]',
    'null',
    '%'.repeat(200),
    '&'.repeat(200),
    '{"operationId":"getMediaToken","status":401}',
  ),
  fastCheck.string(),
  fastCheck.json(),
  fastCheck.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);

const request = fastCheck
  .record({
    method,
    path,
    search,
    headers: fastCheck.array(header, { maxLength: 6 }),
    body,
    isShort: fastCheck.boolean(),
  })
  .map(({ isShort, ...parts }) => {
    const length =
      Buffer.byteLength(parts.body, 'latin1') + (isShort && parts.body.length % 19 === 0 ? 1 : 0);
    return [
      `${parts.method} ${parts.path}${parts.search.replaceAll(/[^!-~]/g, '?')} HTTP/1.1`,
      'host: mock',
      'connection: close',
      `content-length: ${length}`,
      ...parts.headers,
      '',
      parts.body,
    ].join('\r\n');
  });

// A request that comes too late, or is more than the mock waits for, is cut off.
function toEmpty(error: NodeJS.ErrnoException): string {
  if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') {
    throw error;
  }
  return '';
}

describe('a mock that is asked anything', () => {
  it('answers, or refuses, and lives on', async () => {
    await using mock = await startMock({ requestTimeoutMs: 200 });
    const ask = async (bytes: string): Promise<void> => {
      const answer = await exchangeBytes(mock.url, { bytes }).catch(toEmpty);
      const [statusLine = ''] = answer.split('\r\n');
      // The only 5xx of the spec is one that has to be preferred or forced; a late body is cut off.
      expect(statusLine).toMatch(/^(HTTP\/1\.1 [1-4]\d\d .*)?$/);
    };
    const batch = fastCheck.array(request, { minLength: atOnce, maxLength: atOnce });
    const property = fastCheck.asyncProperty(batch, (all) => Promise.all(all.map(ask)).then(() => {}));
    await fastCheck.assert(property, { numRuns: requests / atOnce, seed: 20_261_124 });
    expect((await fetch(`${mock.url}/__mock__/health`)).status).toBe(200);
  }, 600_000);
});
