import type { WireRequest } from './exchange.ts';
import { ask, signIn } from './request-parts.ts';

const withBearer = (token: string): WireRequest['headers'] => [['authorization', `Bearer ${token}`]];
const signInAs = (fields: Record<string, string>): WireRequest =>
  signIn([], new URLSearchParams({ grant_type: 'password', password: 'x', ...fields }).toString());

/** A request that meets the `x-match` of each answer that has one, by the name of the answer. */
export const matchingRequests: Readonly<Record<string, WireRequest>> = {
  'getBearerToken 200 signed_in_with_totp': signInAs({ username: 'ada@lovelace.dev', totp: '492039' }),
  'getBearerToken 200 refreshed': signIn([], 'grant_type=refresh_token&refresh_token=refresh-token-1'),
  'getBearerToken 400 invalid_grant': signInAs({ username: 'ada@lovelace.dev', password: 'wrong-password' }),
  'getBearerToken 400 refresh_token_spent': signIn(
    [],
    'grant_type=refresh_token&refresh_token=spent-refresh-token',
  ),
  'getBearerToken 400 two_factor_auth_check': signInAs({ username: 'two-factor@lovelace.dev' }),
  'getBearerToken 400 must_reset_password': signInAs({ username: 'must-reset@lovelace.dev' }),
  'getBearerToken 400 unlisted_error': signInAs({ username: 'new-error@lovelace.dev' }),
  'getOneTimeToken 200 refused': ask('/api/sys/users/token/refresh', withBearer('fails-under-200'), 'POST'),
  'getOneTimeToken 401': ask('/api/sys/users/token/refresh', withBearer('expired-token'), 'POST'),
  'getOneTimeToken 500 failed': ask('/api/sys/users/token/refresh', withBearer('fails-under-500'), 'POST'),
  'exchangeJwt 400': ask('/api/sys/users/exchange?token=unacceptable-jwt&validForInMinutes=1440', [], 'POST'),
  'exchangeJwt 401': ask('/api/sys/users/exchange?token=used-jwt&validForInMinutes=1440', [], 'POST'),
  'getMediaToken 401': ask('/api/auth/media/customer', withBearer('expired-token')),
  'redirectToServerPage 401': ask('/user/login?server=true&t=used-token&redirectUrl=/user/invoices'),
  'redirectToPortal 401': ask('/login?t=used-token'),
  'downloadInvoicePdf 401': ask('/api/public/billing/invoices/1024/pdf?t=expired-media-token'),
};
