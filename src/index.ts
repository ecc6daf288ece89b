export type * from '../generated/client.ts';
export { type CallOptions, createClient } from '../generated/client.ts';
export { type OperationId, operations } from '../generated/operations.ts';
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
export {
  createNexudusAuthClient,
  type NexudusAuthClient,
  type NexudusAuthClientOptions,
} from './client/client.ts';
export { readOneTimeToken } from './client/one-time-token.ts';
export { isTokenErrorCode } from './client/token-error.ts';
export { createNexudusAuthUrls, type NexudusAuthUrls, type NexudusAuthUrlsOptions } from './client/urls.ts';
export {
  CallError,
  type CallErrorCode,
  createSender,
  isCallError,
  type OpenapiFetchPaths,
  type Operation,
  type ResponseValidators,
  type Sender,
  type SenderOptions,
  type StandardIssue,
  type StandardValidator,
  UrlError,
  type Violation,
} from './runtime/index.ts';
export type {
  AuthenticatedLink,
  AuthenticatedLinkFailure,
  AuthenticatedLinkState,
} from './session/authenticated-link.ts';
export type { SessionClock } from './session/clock.ts';
export { createIndexedDbStore } from './session/indexed-db-store.ts';
export type { AuthenticatedLinkTarget } from './session/link-target.ts';
export type { SessionLocks } from './session/locks.ts';
export type { NexudusAuthSessionOptions } from './session/options.ts';
export { createNexudusAuthSession, type NexudusAuthSession } from './session/session.ts';
export { isSessionError, SessionError, type SessionErrorCode } from './session/session-error.ts';
export type { SessionFetch } from './session/session-fetch.ts';
export type {
  Credentials,
  ExchangeOptions,
  ExchangeResult,
  SessionCallOptions,
  SignInResult,
} from './session/sign-in.ts';
export { createMemoryStore, type SessionStore } from './session/store.ts';
export type { SessionEvent } from './session/token-keeper.ts';
export type { SessionTokens } from './session/tokens.ts';
