import type { GetOneTimeTokenResult } from '../../generated/client.ts';

/**
 * Reads the one-time token of an answer: `undefined` until `WasSuccessful` is `true`, whatever the status.
 * Never throws.
 *
 * @example
 * const t = readOneTimeToken(await client.getOneTimeToken({ bearerToken }));
 * link.href = t === undefined ? '' : urls.redirectToServerPage({ t, redirectUrl: '/user/invoices' });
 */
export function readOneTimeToken(result: GetOneTimeTokenResult): string | undefined {
  return result.body?.WasSuccessful === true ? result.body.Value : undefined;
}
