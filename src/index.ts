export type * from '../generated/client.ts';
export { type CallOptions, createClient } from '../generated/client.ts';
export { type Operation, type OperationId, operations } from '../generated/operations.ts';
export type {
  ActionConfirmation,
  ActionConfirmationFailure,
  ActionConfirmationSuccess,
  BearerToken,
  ExchangedToken,
  MediaToken,
  PasswordGrant,
  RefreshTokenGrant,
  TokenError,
  TokenErrorCode,
  TokenGrant,
} from '../generated/schema.ts';
export { createNexudusAuthClient, type NexudusAuthClient } from './client.ts';
export { CallError, type CallErrorCode } from './errors.ts';
export { readOneTimeToken } from './one-time-token.ts';
export { createSender, type Sender, type SenderOptions } from './send.ts';
export { isTokenErrorCode } from './token-error.ts';
export {
  createNexudusAuthUrls,
  type NexudusAuthUrls,
  type NexudusAuthUrlsOptions,
  UrlError,
} from './urls.ts';
