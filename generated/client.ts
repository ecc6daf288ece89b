// Generated from openapi/nexudus-auth.yaml by `npm run generate`. Do not edit.

import type { OperationId } from './operations.ts';
import type {
  ActionConfirmation,
  ActionConfirmationFailure,
  BearerToken,
  ExchangedToken,
  MediaToken,
  TokenError,
  TokenGrant,
  operations,
} from './schema.ts';

/** Options that every operation takes. */
export interface CallOptions {
  /** Aborts the call. */
  signal?: AbortSignal;
  /** Milliseconds until the call fails, its body included; of a stream, until it begins. Overrides the client's. */
  timeoutMs?: number;
  /** Whether a redirect is followed or is an answer. Overrides the client's. */
  redirect?: 'manual' | 'follow';
}

/** Performs one operation by its operationId. `createSender` of openapi-contract-kit/client makes one. */
export type Send = <Result>(operationId: OperationId, options?: object) => Promise<Result>;

/** A result whose bytes come as a stream if the call asks for one. */
export type Streamed<Result> = Result extends { body: Blob }
  ? Omit<Result, 'body'> & { body: ReadableStream<Uint8Array> }
  : Result;

/** Options of `getBearerToken`. */
export interface GetBearerTokenOptions extends CallOptions {
  header?: NonNullable<operations['getBearerToken']['parameters']['header']>;
  /** Sent as application/x-www-form-urlencoded. */
  body: TokenGrant | URLSearchParams;
}

/** Result of `getBearerToken`, discriminated by `status`. */
export type GetBearerTokenResult =
  | { status: 200; ok: true; body: BearerToken; response: Response }
  | { status: 400; ok: false; body: TokenError; response: Response };

/** Options of `getOneTimeToken`. */
export interface GetOneTimeTokenOptions extends CallOptions {
  /** Sent in the Authorization header. */
  bearerToken: string;
}

/** Result of `getOneTimeToken`, discriminated by `status`. */
export type GetOneTimeTokenResult =
  | { status: 200; ok: true; body: ActionConfirmation; response: Response }
  | { status: 401; ok: false; body: undefined; response: Response }
  | { status: 500; ok: false; body: ActionConfirmationFailure; response: Response };

/** Options of `exchangeJwt`. */
export interface ExchangeJwtOptions extends CallOptions {
  query: operations['exchangeJwt']['parameters']['query'];
}

/** Result of `exchangeJwt`, discriminated by `status`. */
export type ExchangeJwtResult =
  | { status: 200; ok: true; body: ExchangedToken; response: Response }
  | { status: 400; ok: false; body: undefined; response: Response }
  | { status: 401; ok: false; body: undefined; response: Response };

/** Options of `getMediaToken`. */
export interface GetMediaTokenOptions extends CallOptions {
  /** Sent in the Authorization header. */
  bearerToken: string;
}

/** Result of `getMediaToken`, discriminated by `status`. */
export type GetMediaTokenResult =
  | { status: 200; ok: true; body: MediaToken; response: Response }
  | { status: 401; ok: false; body: undefined; response: Response };

/** Options of `redirectToServerPage`. */
export interface RedirectToServerPageOptions extends CallOptions {
  query: operations['redirectToServerPage']['parameters']['query'];
}

/** Result of `redirectToServerPage`, discriminated by `status`. */
export type RedirectToServerPageResult =
  | { status: 302; ok: false; body: undefined; response: Response }
  | { status: 401; ok: false; body: undefined; response: Response };

/** Options of `redirectToPortal`. */
export interface RedirectToPortalOptions extends CallOptions {
  query: operations['redirectToPortal']['parameters']['query'];
}

/** Result of `redirectToPortal`, discriminated by `status`. */
export type RedirectToPortalResult =
  | { status: 302; ok: false; body: undefined; response: Response }
  | { status: 401; ok: false; body: undefined; response: Response };

/** Options of `downloadInvoicePdf`. */
export interface DownloadInvoicePdfOptions extends CallOptions {
  path: operations['downloadInvoicePdf']['parameters']['path'];
  query: operations['downloadInvoicePdf']['parameters']['query'];
}

/** Result of `downloadInvoicePdf`, discriminated by `status`. */
export type DownloadInvoicePdfResult =
  | { status: 200; ok: true; body: Blob; response: Response }
  | { status: 401; ok: false; body: undefined; response: Response };

/** The operations of the spec, as functions. */
export interface Client {
  /**
   * Get or refresh a bearer token.
   *
   * Signs a customer in with the password grant, or renews the session with the refresh grant. The body is
   * form-encoded, never JSON; it is the credential, so the call needs no authentication.
   *
   * One refresh token lives for each `client_id`: a sign-in as well as a refresh returns a new one and invalidates
   * the one that this `client_id` had before (docs reference/token-authentication-oauth). That this counts for each
   * customer is inferred. Refresh tokens live 15 days. Access tokens that were issued before stay valid until they
   * expire.
   *
   * Evidence: docs api/endpoints/auth/get-token
   *
   * @see POST /api/token in openapi/nexudus-auth.yaml
   */
  getBearerToken(options: GetBearerTokenOptions): Promise<GetBearerTokenResult>;

  /**
   * Get a one-time token for a redirect URL.
   *
   * Issues a short-lived, opaque, server-side token for `redirectToServerPage` and `redirectToPortal`.
   * In spite of its path it refreshes nothing and rotates nothing: to renew a session, use the refresh
   * grant of `getBearerToken`.
   *
   * Read `WasSuccessful` before `Value`: the envelope can fail under HTTP 200 as well as under HTTP 500.
   *
   * Evidence: brief
   *
   * @see POST /api/sys/users/token/refresh in openapi/nexudus-auth.yaml
   */
  getOneTimeToken(options: GetOneTimeTokenOptions): Promise<GetOneTimeTokenResult>;

  /**
   * Exchange a server-issued JWT for a bearer token.
   *
   * Takes the one-time JWT of a sign-up, an e-mail verification, a password reset or a magic link. The JWT is
   * the credential, so the call needs no authentication.
   *
   * Mind the answer: the bearer token is in `token`, not in `access_token`.
   *
   * Evidence: docs api/endpoints/auth/exchange-jwt
   *
   * @see POST /api/sys/users/exchange in openapi/nexudus-auth.yaml
   */
  exchangeJwt(options: ExchangeJwtOptions): Promise<ExchangeJwtResult>;

  /**
   * Get a media token.
   *
   * Issues a token that opens protected media, such as `downloadInvoicePdf`, and nothing else. It is no bearer
   * token. It lives about 60 seconds; the portal renews it every 50.
   *
   * Evidence: docs api/endpoints/system/media-token
   *
   * @see GET /api/auth/media/customer in openapi/nexudus-auth.yaml
   */
  getMediaToken(options: GetMediaTokenOptions): Promise<GetMediaTokenResult>;

  /**
   * Sign a browser in on a server-rendered page.
   *
   * A URL to navigate to, not to call: the browser is signed in by the one-time token and sent on to
   * `redirectUrl`. The order of the parameters is part of the contract. The bearer token never goes into
   * this URL.
   *
   * Evidence: brief
   *
   * @see GET /user/login in openapi/nexudus-auth.yaml
   */
  redirectToServerPage(options: RedirectToServerPageOptions): Promise<RedirectToServerPageResult>;

  /**
   * Sign a browser in on the Members Portal.
   *
   * A URL to navigate to, not to call: the portal signs the customer in with the one-time token. Used after a
   * check-out, an e-mail verification or a magic link. The bearer token never goes into this URL.
   *
   * Evidence: brief
   *
   * @see GET /login in openapi/nexudus-auth.yaml
   */
  redirectToPortal(options: RedirectToPortalOptions): Promise<RedirectToPortalResult>;

  /**
   * Open an invoice as a PDF.
   *
   * A URL to navigate to. The media token in it is the credential; the bearer token never goes there.
   *
   * Evidence: docs api/endpoints/billing/invoice-pdf
   *
   * @see GET /api/public/billing/invoices/{invoiceId}/pdf in openapi/nexudus-auth.yaml
   */
  downloadInvoicePdf(options: DownloadInvoicePdfOptions & { stream: true }): Promise<Streamed<DownloadInvoicePdfResult>>;
  /**
   * Open an invoice as a PDF.
   *
   * A URL to navigate to. The media token in it is the credential; the bearer token never goes there.
   *
   * Evidence: docs api/endpoints/billing/invoice-pdf
   *
   * @see GET /api/public/billing/invoices/{invoiceId}/pdf in openapi/nexudus-auth.yaml
   */
  downloadInvoicePdf(options: DownloadInvoicePdfOptions): Promise<DownloadInvoicePdfResult>;
}

/** Makes the operations as functions of a sender. */
export function createClient(send: Send): Client {
  return {
    getBearerToken: (options) => send('getBearerToken', options),
    getOneTimeToken: (options) => send('getOneTimeToken', options),
    exchangeJwt: (options) => send('exchangeJwt', options),
    getMediaToken: (options) => send('getMediaToken', options),
    redirectToServerPage: (options) => send('redirectToServerPage', options),
    redirectToPortal: (options) => send('redirectToPortal', options),
    downloadInvoicePdf: (options?: DownloadInvoicePdfOptions) => send<never>('downloadInvoicePdf', options),
  };
}
