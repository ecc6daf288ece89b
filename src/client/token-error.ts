import type { TokenErrorCode } from '../../generated/schema.ts';

// A code that the spec learns or loses turns this red.
const knownCodes: Readonly<Record<TokenErrorCode, true>> = {
  unsupported_grant_type: true,
  invalid_grant: true,
  two_factor_auth_check: true,
  must_reset_password: true,
};

/**
 * Tells the error codes of `getBearerToken` that the spec knows from those that Nexudus may add. Narrow with it
 * before an exhaustive `switch`.
 */
export function isTokenErrorCode(code: string): code is TokenErrorCode {
  return Object.hasOwn(knownCodes, code);
}
