import { describe, expectTypeOf, it } from 'vitest';
import {
  type ActionConfirmationFailure,
  type BearerToken,
  createNexudusAuthClient,
  createNexudusAuthUrls,
  isTokenErrorCode,
  type TokenError,
  type TokenErrorCode,
} from '../../src/index.ts';

const client = createNexudusAuthClient({ baseUrl: 'https://your-space.spaces.nexudus.com' });
const urls = createNexudusAuthUrls({ baseUrl: 'https://x', portalUrl: 'https://y' });

describe('options', () => {
  it('take both grants', () => {
    client.getBearerToken({ body: { grant_type: 'password', username: 'a@b.de', password: 'x' } });
    client.getBearerToken({
      body: { grant_type: 'password', username: 'a@b.de', password: 'x', totp: '492039' },
    });
    client.getBearerToken({
      header: { client_id: 'x' },
      body: { grant_type: 'refresh_token', refresh_token: 'x' },
    });
    client.getBearerToken({
      body: { grant_type: 'refresh_token', refresh_token: 'x' },
      signal: AbortSignal.timeout(1),
      timeoutMs: 1,
    });
  });

  it('refuse what the spec does not have', () => {
    // @ts-expect-error no body
    client.getBearerToken({});
    // @ts-expect-error no such grant
    client.getBearerToken({ body: { grant_type: 'client_credentials' } });
    // @ts-expect-error the refresh grant takes no password
    client.getBearerToken({ body: { grant_type: 'refresh_token', username: 'x', password: 'x' } });
    // @ts-expect-error a misspelt field
    client.getBearerToken({ body: { grant_type: 'password', username: 'x', passwort: 'x' } });
    const password = { grant_type: 'password', username: 'x', password: 'x' } as const;
    // @ts-expect-error an undefined field is none
    client.getBearerToken({ body: { ...password, totp: undefined } });
    // @ts-expect-error a misspelt option
    client.getBearerToken({ body: { grant_type: 'refresh_token', refresh_token: 'x' }, timeout: 1 });
    const body = { grant_type: 'refresh_token', refresh_token: 'x' } as const;
    // @ts-expect-error a misspelt header
    client.getBearerToken({ body, header: { clientId: 'x' } });
    // @ts-expect-error no bearer token
    client.getOneTimeToken({});
    // @ts-expect-error no bearer token
    client.getMediaToken();
    // @ts-expect-error a public operation takes no bearer token
    client.exchangeJwt({ query: { token: 'x', validForInMinutes: 1 }, bearerToken: 'x' });
    // @ts-expect-error a missing query parameter
    client.exchangeJwt({ query: { token: 'x' } });
    // @ts-expect-error a misspelt option of the client
    createNexudusAuthClient({ baseURL: 'https://x' });
  });
});

describe('results', () => {
  it('narrow the body on status', async () => {
    const result = await client.getBearerToken({ body: { grant_type: 'refresh_token', refresh_token: 'x' } });
    // @ts-expect-error not narrowed
    result.body.access_token;
    if (result.status === 200) {
      expectTypeOf(result.body).toEqualTypeOf<BearerToken>();
      expectTypeOf(result.ok).toEqualTypeOf<true>();
    } else {
      expectTypeOf(result.status).toEqualTypeOf<400>();
      expectTypeOf(result.body).toEqualTypeOf<TokenError>();
    }
  });

  it('narrow the envelope on WasSuccessful', async () => {
    const result = await client.getOneTimeToken({ bearerToken: 'x' });
    expectTypeOf(result.status).toEqualTypeOf<200 | 401 | 500>();
    if (result.status === 200) {
      // @ts-expect-error not narrowed: null is possible
      result.body.Value.length;
      if (result.body.WasSuccessful) {
        expectTypeOf(result.body.Value).toEqualTypeOf<string>();
      } else {
        expectTypeOf(result.body.Value).toEqualTypeOf<null>();
      }
    }
    if (result.status === 401) {
      expectTypeOf(result.body).toEqualTypeOf<undefined>();
    }
    if (result.status === 500) {
      expectTypeOf(result.body).toEqualTypeOf<ActionConfirmationFailure>();
    }
  });

  it('read a PDF as a Blob', async () => {
    const result = await client.downloadInvoicePdf({ path: { invoiceId: 1 }, query: { t: 'x' } });
    if (result.status === 200) {
      expectTypeOf(result.body).toEqualTypeOf<Blob>();
    }
  });

  it('let a switch over the known error codes be exhaustive', () => {
    const explain = (code: TokenErrorCode): string => {
      switch (code) {
        case 'unsupported_grant_type':
        case 'invalid_grant':
        case 'two_factor_auth_check':
        case 'must_reset_password':
          return code;
        default:
          return code satisfies never;
      }
    };
    const { error } = {} as TokenError;
    // @ts-expect-error an error can be one that the spec doesn't know
    explain(error);
    if (isTokenErrorCode(error)) explain(error);
  });
});

describe('URL builders', () => {
  it('take the parameters of the spec', () => {
    expectTypeOf(urls.redirectToServerPage({ t: 'x', redirectUrl: '/' })).toEqualTypeOf<string>();
    urls.redirectToPortal({ t: 'x' });
    urls.downloadInvoicePdf({ invoiceId: 1, t: 'x' });
    // @ts-expect-error no target
    urls.redirectToServerPage({ t: 'x' });
    // @ts-expect-error a misspelt parameter
    urls.redirectToPortal({ token: 'x' });
    // @ts-expect-error the number of an invoice is a number
    urls.downloadInvoicePdf({ invoiceId: '1', t: 'x' });
    createNexudusAuthUrls({ baseUrl: 'https://x' });
    // @ts-expect-error no space
    createNexudusAuthUrls({ portalUrl: 'https://x' });
  });
});
