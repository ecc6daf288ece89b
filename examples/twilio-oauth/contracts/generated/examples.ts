// Generated from contracts/twilio_oauth_v1.json by `npm run generate`. Do not edit.

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
  readonly FetchOpenidDiscovery: {};
  readonly FetchCerts: {};
  readonly CreateDeviceCode: {};
  readonly CreateToken: {
    readonly code_exchanged: ExampleOf<201, operations['CreateToken']['responses'][201]['content']['application/json']>;
    readonly session_refreshed: ExampleOf<201, operations['CreateToken']['responses'][201]['content']['application/json']>;
    readonly code_spent: ExampleOf<400, operations['CreateToken']['responses'][400]['content']['application/json']>;
    readonly not_confirmed_yet: ExampleOf<400, operations['CreateToken']['responses'][400]['content']['application/json']>;
  };
  readonly FetchUserInfo: {
    readonly '401': ExampleOf<401, undefined>;
  };
};

/** The answers that the spec shows, by operationId and by name: that of an example, else the status. */
export const examples: Examples = {
  FetchOpenidDiscovery: {},
  FetchCerts: {},
  CreateDeviceCode: {},
  CreateToken: {
    code_exchanged: {
      status: 201,
      headers: { 'Content-Type': 'application/json' },
      body: { access_token: 'access-token-1', access_token_expires_at: '2026-01-31T23:59:59Z' },
    },
    session_refreshed: {
      status: 201,
      headers: { 'Content-Type': 'application/json' },
      body: { access_token: 'access-token-2', access_token_expires_at: '2026-01-31T23:59:59Z' },
    },
    code_spent: {
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: { error: 'invalid_grant' },
    },
    not_confirmed_yet: {
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: { error: 'authorization_pending' },
    },
  },
  FetchUserInfo: {
    '401': {
      status: 401,
      headers: {},
    },
  },
} as unknown as Examples;
