/** What is put into a request, instead of what the pact has there. `{NAME}` stands for an environment variable. */
export interface Replacement {
  /** The whole path. */
  path?: string;
  query?: Readonly<Record<string, string>>;
  /** Names in lower case. */
  headers?: Readonly<Record<string, string>>;
  form?: Readonly<Record<string, string>>;
}

/** A provider state that a live provider can be in, given the credentials for it. */
export interface LiveState {
  state: string;
  replacement: Replacement;
  /** A variable that must be set, though it is sent nowhere. */
  needs?: string;
  /** A variable that must not be set. */
  excludes?: string;
  /** A variable whose value is good for one request. */
  spends?: string;
  /** What a replay changes for the customer. */
  writes?: string;
  /**
   * The operations that change nothing in this state though their method could, by operationId, with the fields of
   * query and form that this is known with. The spec does not say it of an operation.
   */
  harmless?: Readonly<Record<string, readonly string[]>>;
}

const invalid = 'no-token-of-a-contract-test';
// One refresh token lives per client_id, and a sign-in without a client_id has the e-mail address as its own.
const signsOut = 'it can end other sessions of the customer, whose refresh token it invalidates';
const signIn = { username: '{NEXUDUS_USERNAME}', password: '{NEXUDUS_PASSWORD}' };

/**
 * The provider states of the spec that a live provider can be replayed in. The others are nobody's to provoke, such
 * as a one-time token that fails, or are told apart by nothing that a client can send.
 */
export const liveStates: readonly LiveState[] = [
  {
    state: 'a customer can sign in with a password',
    replacement: { form: signIn },
    excludes: 'NEXUDUS_TOTP',
    writes: signsOut,
  },
  {
    state: 'a customer has 2FA on and knows the code',
    replacement: { form: { ...signIn, totp: '{NEXUDUS_TOTP}' } },
    spends: 'NEXUDUS_TOTP',
    writes: signsOut,
  },
  {
    state: 'a customer has 2FA on',
    replacement: { form: signIn },
    needs: 'NEXUDUS_TOTP',
    harmless: { getBearerToken: ['grant_type', 'username', 'password'] },
  },
  {
    state: "the customer's password is another one",
    replacement: { form: { username: '{NEXUDUS_USERNAME}', password: invalid } },
    writes: 'wrong passwords may lock the account',
  },
  {
    state: 'a sign-in names no grant type',
    replacement: {},
    harmless: { getBearerToken: ['username', 'password'] },
  },
  {
    state: 'a session can be refreshed',
    replacement: {
      headers: { client_id: '{NEXUDUS_CLIENT_ID}' },
      form: { refresh_token: '{NEXUDUS_REFRESH_TOKEN}' },
    },
    spends: 'NEXUDUS_REFRESH_TOKEN',
    writes: 'it spends the refresh token',
  },
  {
    state: 'the refresh token is spent',
    replacement: { form: { refresh_token: invalid } },
    harmless: { getBearerToken: ['grant_type', 'refresh_token'] },
  },
  {
    state: 'a customer is signed in',
    replacement: { headers: { authorization: 'Bearer {NEXUDUS_BEARER_TOKEN}' } },
    // It issues a token, and leaves all others as they are.
    harmless: { getOneTimeToken: [] },
  },
  {
    state: 'the bearer token is expired',
    replacement: { headers: { authorization: `Bearer ${invalid}` } },
    harmless: { getOneTimeToken: [] },
  },
  {
    state: 'a one-time token is issued',
    replacement: { query: { t: '{NEXUDUS_ONE_TIME_TOKEN}' } },
    spends: 'NEXUDUS_ONE_TIME_TOKEN',
  },
  { state: 'the one-time token is used', replacement: { query: { t: invalid } } },
  {
    state: 'a one-time JWT can be exchanged',
    replacement: { query: { token: '{NEXUDUS_ONE_TIME_JWT}' } },
    spends: 'NEXUDUS_ONE_TIME_JWT',
    writes: 'it spends the one-time JWT',
  },
  {
    state: 'the customer has the invoice 1024',
    replacement: {
      path: '/api/public/billing/invoices/{NEXUDUS_INVOICE_ID}/pdf',
      query: { t: '{NEXUDUS_MEDIA_TOKEN}' },
    },
  },
  { state: 'the media token is expired', replacement: { query: { t: invalid } } },
];

/** The variables that hold no secret. */
const publicVariables: readonly string[] = ['NEXUDUS_INVOICE_ID'];

/**
 * Lists the variables that a replacement takes its values from.
 */
export function listVariables(replacement: Replacement): string[] {
  return [...JSON.stringify(replacement).matchAll(/{(\w+)}/g)].map(([, name = '']) => name);
}

/**
 * Lists the variables that hold secrets.
 */
export function listSecretVariables(): string[] {
  const names = liveStates.flatMap(({ replacement }) => listVariables(replacement));
  return [...new Set(names)].filter((name) => !publicVariables.includes(name));
}
