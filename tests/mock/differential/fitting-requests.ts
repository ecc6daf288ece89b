import type { WireRequest } from './exchange.ts';
import { bearer } from './request-parts.ts';

/** Names and values, of a query or a form. */
export type Fields = [name: string, value: string][];

/** A request to an operation that fits the spec, in parts. */
export interface FittingRequest {
  method: string;
  path: string;
  query: Fields;
  headers: WireRequest['headers'];
  /** Of a form. Empty where there is no body. */
  fields: Fields;
}

const form: WireRequest['headers'] = [['content-type', 'application/x-www-form-urlencoded']];
const nothing = { query: [], headers: [], fields: [] };

/** One to each operation. */
export const fittingRequests: readonly FittingRequest[] = [
  {
    ...nothing,
    method: 'POST',
    path: '/api/token',
    headers: form,
    fields: [
      ['grant_type', 'password'],
      ['username', 'ada@lovelace.dev'],
      ['password', 'correct-horse'],
    ],
  },
  { ...nothing, method: 'POST', path: '/api/sys/users/token/refresh', headers: bearer },
  {
    ...nothing,
    method: 'POST',
    path: '/api/sys/users/exchange',
    query: [
      ['token', 'one-time-jwt-1'],
      ['validForInMinutes', '1440'],
    ],
  },
  { ...nothing, method: 'GET', path: '/api/auth/media/customer', headers: bearer },
  {
    ...nothing,
    method: 'GET',
    path: '/user/login',
    query: [
      ['server', 'true'],
      ['t', 'one-time-token-1'],
      ['redirectUrl', '/user/invoices'],
    ],
  },
  { ...nothing, method: 'GET', path: '/login', query: [['t', 'one-time-token-1']] },
  {
    ...nothing,
    method: 'GET',
    path: '/api/public/billing/invoices/1024/pdf',
    query: [['t', 'media-token-1']],
  },
];
