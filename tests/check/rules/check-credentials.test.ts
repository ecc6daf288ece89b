import { describe, expect, it } from 'vitest';
import { checkCredentials } from '../../../scripts/check/rules/request.ts';
import { remarksOf } from './other-api.ts';

const lacks = (expected: string): string[] => [
  `/request/headers/Authorization The request sends no valid credentials, expected ${expected}.`,
];

describe('checkCredentials', () => {
  it.each([
    ['/public', {}],
    ['/declared', { headers: { Authorization: 'Basic x' } }],
    ['/optional', {}],
    ['/optional', { headers: { Authorization: 'Basic x' } }],
    ['/basic', { headers: { Authorization: 'Basic x' } }],
    ['/basic', { headers: { authorization: 'basic  x' } }],
    ['/oauth', { headers: { Authorization: 'Bearer x' } }],
    ['/header-key', { headers: { 'x-key': 'k' } }],
    ['/query-key', { query: { key: ['k'] } }],
    ['/cookie-key', { headers: { Cookie: 'a=b; session=1' } }],
    ['/both', { headers: { Authorization: 'Basic x', Cookie: 'session=1' } }],
    ['/both', { headers: { 'X-Key': 'k' } }],
  ])('is content with %s and %j', (path, parts) => {
    expect(remarksOf(checkCredentials, { request: { path, ...parts } })).toEqual([]);
  });

  it.each([
    ['/basic', {}, 'an Authorization header that begins with "Basic "'],
    [
      '/basic',
      { headers: { Authorization: 'Bearer x' } },
      'an Authorization header that begins with "Basic "',
    ],
    ['/basic', { headers: { Authorization: 'Basic ' } }, 'an Authorization header that begins with "Basic "'],
    [
      '/oauth',
      { headers: { Authorization: 'Basic x' } },
      'an Authorization header that begins with "Bearer "',
    ],
    ['/header-key', { query: { 'X-Key': ['k'] } }, 'the header X-Key'],
    ['/header-key', { headers: { 'X-Key': '' } }, 'the header X-Key'],
    ['/query-key', { headers: { key: 'k' } }, 'the query key'],
    ['/cookie-key', { headers: { Cookie: 'a=b' } }, 'the cookie session'],
    ['/cookie-key', {}, 'the cookie session'],
    [
      '/both',
      { headers: { Authorization: 'Basic x' } },
      'an Authorization header that begins with "Basic " and the cookie session, or the header X-Key',
    ],
  ])('finds that %s is not content with %j', (path, parts, expected) => {
    expect(remarksOf(checkCredentials, { request: { path, ...parts } })).toEqual(lacks(expected));
  });

  it.each([401, 403])('lets a request that is to be refused with %d leave credentials out', (status) => {
    expect(remarksOf(checkCredentials, { request: { path: '/basic' }, response: { status } })).toEqual([]);
    const wrong = { path: '/basic', headers: { Authorization: 'Bearer x' } };
    expect(remarksOf(checkCredentials, { request: wrong, response: { status } })).toHaveLength(1);
  });

  it('finds credentials where there need be none', () => {
    expect(
      remarksOf(checkCredentials, { request: { path: '/public', headers: { Authorization: 'Basic x' } } }),
    ).toEqual([
      '/request/headers/Authorization Found an Authorization header, expected none: the operation is public.',
    ]);
  });
});
