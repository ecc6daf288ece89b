// Generated from contracts/twilio_oauth_v1.json by `npm run generate`. Do not edit.

import type { OperationId } from './operations.ts';
import type {
  OauthV1Certs,
  OauthV1DeviceCode,
  OauthV1OpenidDiscovery,
  OauthV1Token,
  OauthV1UserInfo,
  oauth_error,
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

/**
 * API keys, and names with passwords, by the names of their security schemes. `createSender` takes them for all calls.
 */
export type Credentials = {
  accountSid_authToken?: { username: string; password: string };
};

/** Options of `FetchOpenidDiscovery`. */
export interface FetchOpenidDiscoveryOptions extends CallOptions {
  /** Overrides those of the client. */
  credentials?: Pick<Credentials, 'accountSid_authToken'>;
}

/** Result of `FetchOpenidDiscovery`, discriminated by `status`. */
export type FetchOpenidDiscoveryResult =
  | { status: 200; ok: true; body: OauthV1OpenidDiscovery; response: Response };

/** Options of `FetchCerts`. */
export interface FetchCertsOptions extends CallOptions {
  /** Overrides those of the client. */
  credentials?: Pick<Credentials, 'accountSid_authToken'>;
}

/** Result of `FetchCerts`, discriminated by `status`. */
export type FetchCertsResult =
  | { status: 200; ok: true; body: OauthV1Certs; response: Response };

/** Options of `CreateDeviceCode`. */
export interface CreateDeviceCodeOptions extends CallOptions {
  /** Sent as application/x-www-form-urlencoded. */
  body: operations['CreateDeviceCode']['requestBody']['content']['application/x-www-form-urlencoded'] | URLSearchParams;
  /** Overrides those of the client. */
  credentials?: Pick<Credentials, 'accountSid_authToken'>;
}

/** Result of `CreateDeviceCode`, discriminated by `status`. */
export type CreateDeviceCodeResult =
  | { status: 201; ok: true; body: OauthV1DeviceCode; response: Response };

/** Options of `CreateToken`. */
export interface CreateTokenOptions extends CallOptions {
  /** Sent as application/x-www-form-urlencoded. */
  body: operations['CreateToken']['requestBody']['content']['application/x-www-form-urlencoded'] | URLSearchParams;
  /** Overrides those of the client. */
  credentials?: Pick<Credentials, 'accountSid_authToken'>;
}

/** Result of `CreateToken`, discriminated by `status`. */
export type CreateTokenResult =
  | { status: 201; ok: true; body: OauthV1Token; response: Response }
  | { status: 400; ok: false; body: oauth_error; response: Response };

/** Options of `FetchUserInfo`. */
export interface FetchUserInfoOptions extends CallOptions {
  /** Overrides those of the client. */
  credentials?: Pick<Credentials, 'accountSid_authToken'>;
}

/** Result of `FetchUserInfo`, discriminated by `status`. */
export type FetchUserInfoResult =
  | { status: 200; ok: true; body: OauthV1UserInfo; response: Response }
  | { status: 401; ok: false; body: undefined; response: Response };

/** The operations of the spec, as functions. */
export interface Client {
  /**
   * Fetch configuration details about the OpenID Connect Authorization Server
   *
   * @see GET /v1/.well-known/openid-configuration in contracts/twilio_oauth_v1.json
   */
  FetchOpenidDiscovery(options?: FetchOpenidDiscoveryOptions): Promise<FetchOpenidDiscoveryResult>;

  /**
   * Fetches public JWKs
   *
   * @see GET /v1/certs in contracts/twilio_oauth_v1.json
   */
  FetchCerts(options?: FetchCertsOptions): Promise<FetchCertsResult>;

  /**
   * Issues a new Access token (optionally identity_token & refresh_token) in exchange of Oauth grant
   *
   * @see POST /v1/device/code in contracts/twilio_oauth_v1.json
   */
  CreateDeviceCode(options: CreateDeviceCodeOptions): Promise<CreateDeviceCodeResult>;

  /**
   * Issues a new Access token (optionally identity_token & refresh_token) in exchange of Oauth grant
   *
   * @see POST /v1/token in contracts/twilio_oauth_v1.json
   */
  CreateToken(options: CreateTokenOptions): Promise<CreateTokenResult>;

  /**
   * Retrieves the consented UserInfo and other claims about the logged-in subject (end-user).
   *
   * @see GET /v1/userinfo in contracts/twilio_oauth_v1.json
   */
  FetchUserInfo(options?: FetchUserInfoOptions): Promise<FetchUserInfoResult>;
}

/** Makes the operations as functions of a sender. */
export function createClient(send: Send): Client {
  return {
    FetchOpenidDiscovery: (options) => send('FetchOpenidDiscovery', options),
    FetchCerts: (options) => send('FetchCerts', options),
    CreateDeviceCode: (options) => send('CreateDeviceCode', options),
    CreateToken: (options) => send('CreateToken', options),
    FetchUserInfo: (options) => send('FetchUserInfo', options),
  };
}
