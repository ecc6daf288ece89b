import { describe, expect, it } from 'vitest';
import { checkPath } from '../../../scripts/check/rules/check-path.ts';
import { remarksOf } from './other-api.ts';

describe('checkPath', () => {
  it('takes a concrete path before a templated one', () => {
    expect(remarksOf(checkPath, { request: { path: '/items/mine' } })).toEqual([]);
    expect(remarksOf(checkPath, { request: { path: '/items/none' } })).toEqual([
      '/request/path The path parameter id "none" is refused: it must be integer.',
    ]);
  });

  it('leaves a path that the spec has not to others', () => {
    expect(remarksOf(checkPath, { request: { path: '/nowhere' } })).toEqual([]);
  });
});
