import { describe, expect, it } from 'vitest';
import { type GetOneTimeTokenResult, isTokenErrorCode, readOneTimeToken } from '../../src/index.ts';

const answer = (status: number, body?: object) => ({ status, body }) as unknown as GetOneTimeTokenResult;

describe('readOneTimeToken', () => {
  it('reads the token of a successful envelope', () => {
    expect(readOneTimeToken(answer(200, { WasSuccessful: true, Value: 'one-time-token-1' }))).toBe(
      'one-time-token-1',
    );
  });

  it.each([
    ['a failed envelope under 200', answer(200, { WasSuccessful: false, Value: null })],
    ['a failed envelope under 500', answer(500, { WasSuccessful: false, Value: null })],
    ['a token in an envelope that failed', answer(200, { WasSuccessful: false, Value: 'x' })],
    ['an envelope whose WasSuccessful is a string', answer(200, { WasSuccessful: 'true', Value: 'x' })],
    ['an envelope without WasSuccessful', answer(200, { Value: 'x' })],
    ['a 401 without a body', answer(401)],
  ])('is undefined for %s', (_title, result) => {
    expect(readOneTimeToken(result)).toBeUndefined();
  });
});

describe('isTokenErrorCode', () => {
  it.each(['unsupported_grant_type', 'invalid_grant', 'two_factor_auth_check', 'must_reset_password'])(
    'knows %s',
    (code) => {
      expect(isTokenErrorCode(code)).toBe(true);
    },
  );

  it.each(['code_of_the_future', '', 'toString', '__proto__'])('does not know %j', (code) => {
    expect(isTokenErrorCode(code)).toBe(false);
  });
});
