import { expect } from 'vitest';
import type { Mock } from '../../../scripts/mock/index.ts';
import type { NexudusAuthClient } from '../../../src/index.ts';
import type { Pick, SessionLedger } from './session-ledger.ts';

/** Each call to a mock, and a moment that passes, with what it is made of. */
interface Inputs {
  signIn: { client: string | undefined; totp: string | undefined; has2FA: boolean };
  refresh: { client: string | undefined } & Pick;
  issueJwt: object;
  exchange: { minutes: number } & Pick;
  getOneTimeToken: Pick;
  getMediaToken: Pick;
  redirectToServerPage: { redirectUrl: string } & Pick;
  redirectToPortal: { redirectUrl: string } & Pick;
  downloadInvoicePdf: Pick;
  advance: { seconds: number };
}

type Name = keyof Inputs;

/** One of them. */
export type Step = { [One in Name]: { name: One } & Inputs[One] }[Name];

/** What steps are taken with. */
export interface StepContext {
  mock: Mock;
  client: NexudusAuthClient;
  ledger: SessionLedger;
}

const steps: {
  [One in Name]: (context: StepContext, input: { name: One } & Inputs[One]) => Promise<number> | number;
} = {
  signIn: async ({ client, ledger }, { client: named, totp, has2FA }) => {
    const username = has2FA ? 'two-factor@lovelace.dev' : 'ada@lovelace.dev';
    const result = await client.getBearerToken({
      body: { grant_type: 'password', username, password: 'x', ...(totp === undefined ? {} : { totp }) },
      ...(named === undefined ? {} : { header: { client_id: named } }),
    });
    expect(result.ok).toBe(!has2FA || totp === '492039');
    if (result.ok) {
      const { access_token: bearer, refresh_token: refresh, expires_in: life } = result.body;
      expect(life).toBe(totp === '492039' ? 604_799 : 86_400);
      ledger.addPair({ bearer, refresh, life, client: named ?? username, customer: username });
    } else {
      expect(result.body.error).toBe('two_factor_auth_check');
    }
    return result.status;
  },
  refresh: async ({ client, ledger }, { client: named = 'ada@lovelace.dev', ...pick }) => {
    const { token, isGood } = ledger.choose('refresh', pick);
    const result = await client.getBearerToken({
      body: { grant_type: 'refresh_token', refresh_token: token.text },
      header: { client_id: named },
    });
    expect(result.ok).toBe(isGood && (token.client ?? named) === named);
    if (result.ok) {
      token.isSpent = true;
      const { access_token: bearer, refresh_token: refresh } = result.body;
      ledger.addPair({ bearer, refresh, life: 86_400, client: named, customer: token.customer });
    } else {
      expect(result.body).toEqual({ error: 'invalid_grant' });
    }
    return result.status;
  },
  issueJwt: ({ mock, ledger }) => {
    ledger.add({ kind: 'jwt', text: mock.issueJwt(), expiresAt: ledger.now + 900 });
    return 200;
  },
  exchange: async ({ client, ledger }, { minutes, ...pick }) => {
    const { token, isGood } = ledger.choose('jwt', pick);
    const result = await client.exchangeJwt({ query: { token: token.text, validForInMinutes: minutes } });
    expect(result.status).toBe(isGood ? 200 : 401);
    if (result.status === 200) {
      token.isSpent = true;
      const { token: bearer, refresh_token: refresh, expires_in: life } = result.body;
      expect(life).toBe(minutes * 60);
      ledger.addPair({ bearer, refresh, life, client: undefined, customer: undefined });
    }
    return result.status;
  },
  getOneTimeToken: async ({ client, ledger }, pick) => {
    const { token, isGood } = ledger.choose('bearer', pick);
    const result = await client.getOneTimeToken({ bearerToken: token.text });
    expect(result.status).toBe(isGood ? 200 : 401);
    if (result.status === 200) {
      ledger.add({ kind: 'once', text: result.body.Value ?? '', expiresAt: ledger.now + 60 });
    }
    return result.status;
  },
  getMediaToken: async ({ client, ledger }, pick) => {
    const { token, isGood } = ledger.choose('bearer', pick);
    const result = await client.getMediaToken({ bearerToken: token.text });
    expect(result.status).toBe(isGood ? 200 : 401);
    if (result.status === 200) {
      ledger.add({ kind: 'media', text: result.body.jwt, expiresAt: ledger.now + 60 });
    }
    return result.status;
  },
  redirectToServerPage: redirect,
  redirectToPortal: redirect,
  downloadInvoicePdf: async ({ client, ledger }, pick) => {
    const { token, isGood } = ledger.choose('media', pick);
    const result = await client.downloadInvoicePdf({ path: { invoiceId: 1 }, query: { t: token.text } });
    expect(result.status).toBe(isGood ? 200 : 401);
    return result.status;
  },
  advance: ({ ledger }, { seconds }) => {
    ledger.now += seconds;
    return 0;
  },
};

async function redirect(
  { client, ledger }: StepContext,
  {
    name,
    redirectUrl,
    ...pick
  }: { name: 'redirectToServerPage' | 'redirectToPortal'; redirectUrl: string } & Pick,
): Promise<number> {
  const { token, isGood } = ledger.choose('once', pick);
  const { status, response } = await client[name]({ query: { server: true, t: token.text, redirectUrl } });
  expect([status, response.headers.get('location')]).toEqual(isGood ? [302, redirectUrl] : [401, null]);
  token.isSpent ||= isGood;
  return status;
}

/** Takes a step in the ledger and on the mock, fails where they differ, and gives what was answered. */
export async function takeStep(context: StepContext, step: Step): Promise<string> {
  const { mock, ledger } = context;
  // The calls themselves take time, which is not the ledger's.
  mock.clock.set(new Date(Date.UTC(2030, 0) + ledger.now * 1000));
  const take = steps[step.name] as (context: StepContext, step: Step) => Promise<number> | number;
  return `${step.name} ${await take(context, step)}`;
}
