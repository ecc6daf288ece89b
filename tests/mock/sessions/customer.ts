import { expect } from 'vitest';
import type { Mock } from '../../../scripts/mock/index.ts';
import {
  type BearerToken,
  createNexudusAuthClient,
  type GetBearerTokenResult,
  type NexudusAuthClient,
  readOneTimeToken,
} from '../../../src/index.ts';

/** What a customer of a mock can do: each gives what was hoped for, or fails the test. */
export interface Customer {
  client: NexudusAuthClient;
  signIn: (clientId?: string, as?: { username: string }) => Promise<BearerToken>;
  /** Renews the session, and gives whatever was answered. */
  refresh: (refreshToken: string, clientId?: string) => Promise<GetBearerTokenResult>;
  /** Tells whether a bearer token is accepted. */
  isSignedIn: (bearerToken: string) => Promise<boolean>;
  getOneTimeToken: (bearerToken: string) => Promise<string>;
  getMediaToken: (bearerToken: string) => Promise<string>;
}

/** The e-mail address of the customer. */
export const username = 'ada@lovelace.dev';

/** Makes the customer, through the generated client. */
export function createCustomer({ url }: Mock): Customer {
  const client = createNexudusAuthClient({ baseUrl: url });
  const header = (clientId?: string) => (clientId === undefined ? {} : { header: { client_id: clientId } });
  return {
    client,
    signIn: async (clientId, as = { username }) => {
      const body = { grant_type: 'password', ...as, password: 'correct-horse' } as const;
      const result = await client.getBearerToken({ body, ...header(clientId) });
      return result.ok ? result.body : expect.fail(`the sign-in is refused with ${result.body.error}`);
    },
    refresh: (refreshToken, clientId = username) => {
      const body = { grant_type: 'refresh_token', refresh_token: refreshToken } as const;
      return client.getBearerToken({ body, ...header(clientId) });
    },
    isSignedIn: async (bearerToken) => (await client.getMediaToken({ bearerToken })).ok,
    getOneTimeToken: async (bearerToken) =>
      readOneTimeToken(await client.getOneTimeToken({ bearerToken })) ?? expect.fail('no one-time token'),
    getMediaToken: async (bearerToken) => {
      const result = await client.getMediaToken({ bearerToken });
      return result.ok ? result.body.jwt : expect.fail('no media token');
    },
  };
}
