// Generated from openapi/nexudus-auth.yaml by `npm run generate`. Do not edit.

import type { operations } from './schema.ts';

/** An answer that the spec shows. */
export interface ExampleAnswer {
  /** The first one of those that a range or `default` stands for. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Data where `Content-Type` is JSON, else text; missing where the spec documents no body. */
  readonly body?: unknown;
}

/** An example answer of one status, whose body has the type of the response. */
export interface ExampleOf<Status extends number, Body> extends ExampleAnswer {
  readonly status: Status;
  readonly body: Body;
}

/** The type of `examples`: written out, since the compiler infers none of that many values. */
export type Examples = {
  readonly getBearerToken: {
    readonly signed_in: ExampleOf<200, operations['getBearerToken']['responses'][200]['content']['application/json']>;
    readonly signed_in_with_totp: ExampleOf<200, operations['getBearerToken']['responses'][200]['content']['application/json']>;
    readonly refreshed: ExampleOf<200, operations['getBearerToken']['responses'][200]['content']['application/json']>;
    readonly unsupported_grant_type: ExampleOf<400, operations['getBearerToken']['responses'][400]['content']['application/json']>;
    readonly invalid_grant: ExampleOf<400, operations['getBearerToken']['responses'][400]['content']['application/json']>;
    readonly refresh_token_spent: ExampleOf<400, operations['getBearerToken']['responses'][400]['content']['application/json']>;
    readonly two_factor_auth_check: ExampleOf<400, operations['getBearerToken']['responses'][400]['content']['application/json']>;
    readonly must_reset_password: ExampleOf<400, operations['getBearerToken']['responses'][400]['content']['application/json']>;
    readonly unlisted_error: ExampleOf<400, operations['getBearerToken']['responses'][400]['content']['application/json']>;
  };
  readonly getOneTimeToken: {
    readonly issued: ExampleOf<200, operations['getOneTimeToken']['responses'][200]['content']['application/json']>;
    readonly refused: ExampleOf<200, operations['getOneTimeToken']['responses'][200]['content']['application/json']>;
    readonly '401': ExampleOf<401, undefined>;
    readonly failed: ExampleOf<500, operations['getOneTimeToken']['responses'][500]['content']['application/json']>;
  };
  readonly exchangeJwt: {
    readonly exchanged: ExampleOf<200, operations['exchangeJwt']['responses'][200]['content']['application/json']>;
    readonly '400': ExampleOf<400, undefined>;
    readonly '401': ExampleOf<401, undefined>;
  };
  readonly getMediaToken: {
    readonly issued: ExampleOf<200, operations['getMediaToken']['responses'][200]['content']['application/json']>;
    readonly '401': ExampleOf<401, undefined>;
  };
  readonly redirectToServerPage: {
    readonly '302': ExampleOf<302, undefined>;
    readonly '401': ExampleOf<401, undefined>;
  };
  readonly redirectToPortal: {
    readonly '302': ExampleOf<302, undefined>;
    readonly '401': ExampleOf<401, undefined>;
  };
  readonly downloadInvoicePdf: {
    readonly pdf: ExampleOf<200, unknown>;
    readonly '401': ExampleOf<401, undefined>;
  };
};

/** The answers that the spec shows, by operationId and by name: that of an example, else the status. */
export const examples: Examples = {
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
} as unknown as Examples;
