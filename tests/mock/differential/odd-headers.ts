import fastCheck, { type Arbitrary } from 'fast-check';
import type { WireRequest } from './exchange.ts';
import type { Fields } from './fitting-requests.ts';
import { mostly } from './odd-fields.ts';

type Headers = WireRequest['headers'];

const preferences = [
  'code=200',
  'code=400',
  'code=401',
  'code=500',
  'code=302',
  'code=404',
  'code=default',
  'code=abc',
  'code=99',
  'code="400"',
  'code=400, example=invalid_grant',
  'code=400; example=invalid_grant',
  'code=200, example=refused',
  'code=200, example=nope',
  'code=401, example=nope',
  'example=refreshed',
  'example=issued',
  'example=failed',
  'example=nope',
  'example=pdf',
  'dynamic=false',
  'dynamic=maybe',
  'seed=x',
  'CODE=400',
  'respond-async',
  'code',
  '',
];

/** Headers to add, none mostly. One that an operation has already takes its place. */
export const oddHeaders: Arbitrary<Headers> = fastCheck
  .tuple(
    mostly<Headers>(
      [],
      fastCheck.constantFrom(...preferences).map((value): Headers => [['prefer', value]]),
    ),
    mostly<Headers>(
      [],
      fastCheck
        .constantFrom(
          'application/json',
          '*/*',
          'application/*',
          'text/html',
          'application/pdf',
          'application/xml, application/json;q=0.5',
          'application/json;q=0',
          'text/html, */*;q=0.1',
          'application/json; charset=utf-8',
          'application/problem+json',
          '',
          'garbage',
          '*',
        )
        .map((value): Headers => [['accept', value]]),
    ),
    mostly<Headers>(
      [],
      fastCheck.constantFrom<Headers>(
        [['client_id', 'nexudus-portal']],
        [['client_id', '']],
        [['cookie', 'a=b; %=%']],
        [['x-odd', 'ü']],
        [
          ['x-twice', 'a'],
          ['x-twice', 'b'],
        ],
        [['authorization', 'Basic YTpi']],
        [['authorization', 'Bearer']],
        [['authorization', 'bearer x']],
        [['authorization', '']],
        [['content-type', 'application/json']],
        [['content-type', 'APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-8']],
        [['content-type', 'text/plain']],
        [['content-type', 'garbage']],
        [['content-type', 'multipart/form-data']],
        [['origin', 'http://page.example']],
        [
          ['origin', 'http://page.example'],
          ['access-control-request-method', 'POST'],
          ['access-control-request-headers', 'authorization'],
        ],
        [['expect', '100-continue']],
        [['content-encoding', 'gzip']],
      ),
    ),
  )
  .map((parts) => parts.flat());

/** Preferences in the query. */
export const queryPreferences: Fields[] = [
  [['__code', '400']],
  [['__code', '401']],
  [['__code', '404']],
  [['__code', 'x']],
  [
    ['__code', '400'],
    ['__code', '401'],
  ],
  [['__example', 'signed_in_with_totp']],
  [['__example', 'nope']],
  [
    ['__code', '400'],
    ['__example', 'invalid_grant'],
  ],
  [['__dynamic', 'false']],
  [['__dynamic', 'no']],
  [['__seed', '7']],
  [['__server', 'https://spaces.nexudus.com']],
  [['__server', 'https://unknown.example']],
];
