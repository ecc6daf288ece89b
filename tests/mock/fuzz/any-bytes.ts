import fastCheck, { type Arbitrary } from 'fast-check';

const anyOf = fastCheck.constantFrom;

const method = fastCheck.oneof(
  {
    weight: 9,
    arbitrary: anyOf('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'QUERY'),
  },
  { weight: 1, arbitrary: anyOf('PROPFIND', 'CONNECT', 'get', 'BREW', 'G ET', '') },
);

const path = fastCheck.oneof(
  {
    weight: 9,
    arbitrary: anyOf(
      '/api/token',
      '/api/sys/users/token/refresh',
      '/api/sys/users/exchange',
      '/api/auth/media/customer',
      '/user/login',
      '/login',
      '/api/public/billing/invoices/7/pdf',
      '/api/public/billing/invoices/%zz/pdf',
      '/__mock__/journal',
      '/__mock__/forced',
      '/__mock__/clock',
      '/__mock__/reset',
      '/__mock__/scenarios',
      '/__mock__/worlds',
      '/__mock__/worlds/',
      '/__mock__/worlds/nobody/api/token',
      '/__mock__/worlds/%ff/__mock__/journal',
      '/__mock__/nowhere',
      '/__mock__/',
      '//',
      '/%',
      '/%ff',
      '/nowhere',
      '*',
      'http://elsewhere/login?t=x',
      'http://[',
      'mock:80',
    ),
  },
  { weight: 1, arbitrary: fastCheck.webPath() },
  { weight: 1, arbitrary: fastCheck.string({ maxLength: 30 }).map((text) => `/${text}`) },
);

const search = fastCheck.oneof(
  anyOf(
    '',
    '?',
    '?t=x',
    '?t=x&t=y',
    '?t=%',
    '?t=%ff',
    '?%=1',
    '?server=true&t=x&redirectUrl=//e',
    '?token=a&validForInMinutes=1440',
    '?token=a&token=b&validForInMinutes=1&validForInMinutes=x',
    '?__proto__=1&constructor=2&toString=3',
    '?__code=400',
    '?__code=400&__code=401',
    '?__example=x',
    '?__example=toString',
    '?__dynamic=true',
    '?__server=x',
    `?${'a=1&'.repeat(2000)}`,
  ),
  fastCheck.webQueryParameters().map((text) => `?${text}`),
);

const header = fastCheck.oneof(
  {
    weight: 20,
    arbitrary: anyOf(
      'content-type: application/x-www-form-urlencoded',
      'content-type: application/json',
      'content-type: application/json; charset=x',
      'content-type: nonsense',
      'content-type: multipart/form-data',
      'content-type: multipart/form-data; boundary=x',
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
      'prefer: code=400, code=401',
      'prefer: example=signed_in',
      'prefer: example=__proto__',
      'prefer: dynamic=true',
      'prefer: dynamic=perhaps, seed=\xff',
      'prefer: ,,;="',
      `prefer: ${'code=400,'.repeat(1000)}`,
      'cookie: a=b; %=%',
      'origin: http://page.example',
      'access-control-request-method: POST',
      'access-control-request-headers: a\xe9, b',
      'expect: 100-continue',
      'expect: miracles',
      'upgrade: websocket',
      `x-long: ${'x'.repeat(4000)}`,
      `x-longer: ${'x'.repeat(16_000)}`,
      'host: another',
      'content-length: 3',
      'transfer-encoding: chunked',
      'transfer-encoding: gzip',
      'client_id: ',
      'client_id: \xff\xfe',
      'no colon',
      ': no name',
      ' folded',
    ),
  },
  { weight: 1, arbitrary: fastCheck.string({ maxLength: 40 }).map((text) => `x-any: ${text}`) },
);

const body = fastCheck.oneof(
  anyOf(
    '',
    'grant_type=password&username=a@b.io&password=x',
    'grant_type=password&grant_type=password&username=a@b.io&username=b@b.io&password=x',
    'grant_type=%&%=1',
    'grant_type=\xff\xfe&username=\xc3\x28&password=\xf0\x9f',
    '{',
    '{"grant_type":"password"}',
    '{"__proto__":{"a":1},"constructor":null}',
    '{"\xff":1}',
    '[]',
    'null',
    '[['.repeat(500),
    '%'.repeat(200),
    '&'.repeat(200),
    '{"operationId":"getMediaToken","status":401}',
    '{"operationId":"getMediaToken","status":401,"times":1e9}',
    '{"operationId":"getMediaToken","latencyMs":-1}',
    '{"operationId":"getMediaToken","fault":"truncated-body"}',
    '5\r\nhello\r\n0\r\n\r\n',
    'zz\r\nhello\r\n',
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
    const length = parts.body.length + (isShort && parts.body.length % 19 === 0 ? 1 : 0);
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

const noRequest = fastCheck
  .uint8Array({ minLength: 1, maxLength: 100 })
  .map((bytes) => Buffer.from(bytes).toString('latin1'));

/** What a client could send, one character a byte: mostly a request, good or bad, and now and then none at all. */
export const anyBytes: Arbitrary<string> = fastCheck.oneof(
  { weight: 30, arbitrary: request.map((text) => Buffer.from(text, 'latin1').toString('latin1')) },
  { weight: 1, arbitrary: noRequest },
);
