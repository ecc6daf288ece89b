/** What a simulation hands out. A token begins with the name of its kind. */
export type TokenKind = 'access-token' | 'refresh-token' | 'one-time-token' | 'media-token' | 'one-time-jwt';

/** What the simulation knows of an operation, or of one grant of it. */
export interface SimulationRule {
  operationId: string;
  /** Only for requests of this grant. */
  grantType?: string;
  /** The token that a request needs. */
  takes?: TakenToken;
  /** The customer who has 2FA on, and the only code that is right. */
  secondFactor?: { username: string; totp: string };
  /** The answer to a request without what it needs, one that the spec documents. */
  refusal: { status: number; example?: string };
  /** The properties of a successful answer that hold a fresh token, each with its kind. */
  issues: Readonly<Record<string, TokenKind>>;
  /** The query parameter that says how long the access token lives, in minutes. Default: the answer's `expires_in`. */
  lifeFrom?: string;
  /** The query parameter that `Location` repeats, where a request has it. */
  locationFrom?: string;
}

/** Where a request has a token, and whether it works once. */
export interface TakenToken {
  kind: TokenKind;
  /** A query parameter, a form field, or the bearer token. */
  from: { query: string } | { form: string } | 'bearer';
  isSpent?: boolean;
}

const minute = 60;
const day = 24 * 60 * minute;

/**
 * How long tokens live, in seconds. The docs of Nexudus give 15 days for a refresh token and 60 seconds for a media
 * token. Of a one-time token "short-lived" is all that is known, and of a JWT nothing: those two are inferred. An
 * access token lives as long as the answer that has it says.
 */
export const lifeSeconds: Readonly<Record<Exclude<TokenKind, 'access-token'>, number>> = {
  'refresh-token': 15 * day,
  'one-time-token': minute,
  'media-token': minute,
  'one-time-jwt': 15 * minute,
};

const bearer: TakenToken = { kind: 'access-token', from: 'bearer' };
const oneTimeToken: TakenToken = { kind: 'one-time-token', from: { query: 't' }, isSpent: true };
const refused = { status: 401 };

/**
 * The sessions of Nexudus: which operation takes which token, and which it hands out.
 *
 * Inferred: that a one-time token serves one redirect alone, and how it and a JWT are refused.
 */
export const rules: readonly SimulationRule[] = [
  {
    operationId: 'getBearerToken',
    grantType: 'password',
    secondFactor: { username: 'two-factor@lovelace.dev', totp: '492039' },
    refusal: { status: 400, example: 'two_factor_auth_check' },
    issues: { access_token: 'access-token', refresh_token: 'refresh-token' },
  },
  {
    operationId: 'getBearerToken',
    grantType: 'refresh_token',
    takes: { kind: 'refresh-token', from: { form: 'refresh_token' }, isSpent: true },
    refusal: { status: 400, example: 'refresh_token_spent' },
    issues: { access_token: 'access-token', refresh_token: 'refresh-token' },
  },
  {
    operationId: 'exchangeJwt',
    takes: { kind: 'one-time-jwt', from: { query: 'token' }, isSpent: true },
    refusal: refused,
    issues: { token: 'access-token', refresh_token: 'refresh-token' },
    lifeFrom: 'validForInMinutes',
  },
  { operationId: 'getOneTimeToken', takes: bearer, refusal: refused, issues: { Value: 'one-time-token' } },
  { operationId: 'getMediaToken', takes: bearer, refusal: refused, issues: { jwt: 'media-token' } },
  {
    operationId: 'redirectToServerPage',
    takes: oneTimeToken,
    refusal: refused,
    issues: {},
    locationFrom: 'redirectUrl',
  },
  {
    operationId: 'redirectToPortal',
    takes: oneTimeToken,
    refusal: refused,
    issues: {},
    locationFrom: 'redirectUrl',
  },
  {
    operationId: 'downloadInvoicePdf',
    takes: { kind: 'media-token', from: { query: 't' } },
    refusal: refused,
    issues: {},
  },
];
