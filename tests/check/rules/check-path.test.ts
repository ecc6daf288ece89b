import { describe, expect, it } from 'vitest';
import { checkPath } from '../../../scripts/check/rules/request-values.ts';
import { remarksOf } from './other-api.ts';

describe('checkPath', () => {
  it('takes a concrete path before a templated one', () => {
    expect(remarksOf(checkPath, { request: { path: '/items/mine' } })).toEqual([]);
    expect(remarksOf(checkPath, { request: { path: '/items/none' } })).toEqual([
      '/request/path The path parameter id "none" is invalid: it must be integer.',
    ]);
  });

  it('reads the parameters of a part of a segment', () => {
    expect(remarksOf(checkPath, { request: { path: '/v2/reports/a.pdf' } })).toEqual([]);
    expect(remarksOf(checkPath, { request: { path: '/vX/reports/a.pdf' } })).toEqual([
      '/request/path The path parameter version "X" is invalid: it must be integer.',
    ]);
  });

  it.each(['/nowhere', '/v2/reports/a.html'])(
    'says that %s cannot be checked, which the spec has not',
    (path) => {
      expect(remarksOf(checkPath, { request: { path } })).toEqual([
        expect.stringMatching(
          /cannot be checked: the spec has no operation for GET .+\. Correct the request in/,
        ),
      ]);
    },
  );
});
