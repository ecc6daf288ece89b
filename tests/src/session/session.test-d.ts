import { describe, expectTypeOf, it } from 'vitest';
import {
  type AuthenticatedLinkFailure,
  createNexudusAuthSession,
  type SessionLocks,
  type SignInResult,
  type TokenErrorCode,
} from '../../../src/index.ts';

const session = createNexudusAuthSession({ baseUrl: 'https://your-space.spaces.nexudus.com' });

describe('options', () => {
  it('take the parts of the platform as they are', () => {
    const locks: SessionLocks = navigator.locks;
    const fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);
    createNexudusAuthSession({ baseUrl: 'https://x', portalUrl: 'https://y', locks, fetch, clientId: 'z' });
  });

  it('refuse what there is not', () => {
    // @ts-expect-error no space
    createNexudusAuthSession({ clientId: 'x' });
    // @ts-expect-error a misspelt option
    createNexudusAuthSession({ baseUrl: 'https://x', client_id: 'x' });
    // @ts-expect-error an undefined option is none
    createNexudusAuthSession({ baseUrl: 'https://x', clientId: undefined });
    // @ts-expect-error no password
    session.signIn({ username: 'x' });
    // @ts-expect-error a link to nowhere
    session.authenticatedLink({ operationId: 'redirectToServerPage' });
    // @ts-expect-error an operation that has no page
    session.authenticatedLink({ operationId: 'getMediaToken' });
    // @ts-expect-error the number of an invoice is a number
    session.authenticatedLink({ operationId: 'downloadInvoicePdf', invoiceId: '1' });
  });
});

describe('results', () => {
  it('of a sign-in narrow on status', async () => {
    const result = await session.signIn({ username: 'x', password: 'y' });
    // @ts-expect-error not narrowed
    result.answer;
    switch (result.status) {
      case 'signed_in':
        expectTypeOf(result).toEqualTypeOf<{ status: 'signed_in' }>();
        break;
      case 'two_factor_required':
        expectTypeOf(result.answer('492039')).toEqualTypeOf<Promise<SignInResult>>();
        break;
      case 'must_reset_password':
        expectTypeOf(result.readResetToken()).toEqualTypeOf<string | undefined>();
        break;
      case 'refused':
        expectTypeOf<TokenErrorCode>().toExtend<typeof result.error>();
        break;
      default:
        result satisfies never;
    }
  });

  it('of a link have an href only when it is ready', () => {
    const state = session.authenticatedLink('/user/invoices').getState();
    // @ts-expect-error not narrowed
    state.href;
    if (state.status === 'ready') expectTypeOf(state.href).toEqualTypeOf<string>();
    if (state.status === 'failed') expectTypeOf(state.reason).toEqualTypeOf<AuthenticatedLinkFailure>();
  });

  it('of an exchange narrow on status', async () => {
    const result = await session.exchange('x', { validForInMinutes: 5 });
    if (result.status === 'refused') expectTypeOf(result.httpStatus).toEqualTypeOf<400 | 401>();
  });

  it('of fetch are those of fetch', () => {
    expectTypeOf(session.fetch(new URL('https://x'), { method: 'PUT' })).toEqualTypeOf<Promise<Response>>();
    const drop: (input: string | URL | Request, init?: RequestInit) => Promise<Response> = session.fetch;
    return drop;
  });
});
