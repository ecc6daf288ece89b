// Generated from openapi/nexudus-auth.yaml by `npm run generate`. Do not edit.

/** An answer that the spec shows. */
export interface ExampleAnswer {
  /** The first one of those that a range or `default` stands for. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Data where `Content-Type` is JSON, else text; missing where the spec documents no body. */
  readonly body?: unknown;
}

/** The answers that the spec shows, by operationId and by name: that of an example, else the status. */
export const examples = {
  getBearerToken: {
    signed_in: {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: {
        access_token: 'access-token-1',
        token_type: 'bearer',
        expires_in: 86400,
        refresh_token: 'refresh-token-1',
      },
    },
    signed_in_with_totp: {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: {
        access_token: 'access-token-2',
        token_type: 'bearer',
        expires_in: 604799,
        refresh_token: 'refresh-token-2',
      },
    },
    refreshed: {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: {
        access_token: 'access-token-3',
        token_type: 'bearer',
        expires_in: 86400,
        refresh_token: 'refresh-token-3',
      },
    },
    unsupported_grant_type: {
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: { error: 'unsupported_grant_type' },
    },
    invalid_grant: {
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: { error: 'invalid_grant', error_description: 'The user name or password is incorrect.' },
    },
    refresh_token_spent: {
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: { error: 'invalid_grant' },
    },
    two_factor_auth_check: {
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: { error: 'two_factor_auth_check' },
    },
    must_reset_password: {
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: { error: 'must_reset_password', error_description: 'reset-token-1' },
    },
    unlisted_error: {
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: { error: 'code_of_the_future', error_description: 'Something new went wrong.' },
    },
  },
  getOneTimeToken: {
    '401': {
      status: 401,
      headers: {},
    },
    issued: {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: {
        WasSuccessful: true,
        Value: 'one-time-token-1',
        Status: 200,
        Message: null,
        Errors: null,
      },
    },
    refused: {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: {
        WasSuccessful: false,
        Value: null,
        Status: 500,
        Message: 'The token could not be created.',
        Errors: null,
      },
    },
    failed: {
      status: 500,
      headers: { 'Content-Type': 'application/json' },
      body: {
        WasSuccessful: false,
        Value: null,
        Status: 500,
        Message: 'The token could not be created.',
        Errors: ['The session is locked.'],
      },
    },
  },
  exchangeJwt: {
    '400': {
      status: 400,
      headers: {},
    },
    '401': {
      status: 401,
      headers: {},
    },
    exchanged: {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: { token: 'access-token-4', token_type: 'bearer', expires_in: 86400, refresh_token: 'refresh-token-4' },
    },
  },
  getMediaToken: {
    '401': {
      status: 401,
      headers: {},
    },
    issued: {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: { jwt: 'media-token-1' },
    },
  },
  redirectToServerPage: {
    '302': {
      status: 302,
      headers: { Location: '/user/invoices' },
    },
    '401': {
      status: 401,
      headers: {},
    },
  },
  redirectToPortal: {
    '302': {
      status: 302,
      headers: { Location: '/user/invoices' },
    },
    '401': {
      status: 401,
      headers: {},
    },
  },
  downloadInvoicePdf: {
    '401': {
      status: 401,
      headers: {},
    },
    pdf: {
      status: 200,
      headers: { 'Content-Type': 'application/pdf' },
      body: '%PDF-1.4\ntrailer<</Root<</Pages<</Kids[]/Count 0>>>>>>\n%%EOF\n',
    },
  },
} as const;
