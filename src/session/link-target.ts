import type { NexudusAuthUrls } from '../client/urls.ts';

/**
 * Where a link leads, by the operation of its URL. A string is short for a page of the space's own server.
 */
export type AuthenticatedLinkTarget =
  | string
  | { operationId: 'redirectToServerPage'; redirectUrl: string }
  | { operationId: 'redirectToPortal'; redirectUrl?: string }
  | { operationId: 'downloadInvoicePdf'; invoiceId: number };

/** A target that can be linked to. */
export interface PreparedTarget {
  /** The kind of token that its URL takes. */
  token: 'one-time' | 'media';
  build: (t: string) => string;
}

/**
 * Checks a target, so that what can never be linked to is thrown where it is written.
 *
 * @throws {UrlError} for a `redirectUrl` that is no path or would leave the origin, and an `invoiceId` that is none
 * @throws {TypeError} for a page of the portal when the session knows no `portalUrl`
 */
export function prepareTarget(
  target: AuthenticatedLinkTarget,
  urls: NexudusAuthUrls,
  hasPortal: boolean,
): PreparedTarget {
  const prepared = chooseBuilder(target, urls);
  if (!hasPortal && typeof target === 'object' && target.operationId === 'redirectToPortal') {
    throw new TypeError('A link to the portal needs portalUrl: give it to createNexudusAuthSession.');
  }
  prepared.build('t');
  return prepared;
}

function chooseBuilder(target: AuthenticatedLinkTarget, urls: NexudusAuthUrls): PreparedTarget {
  if (typeof target === 'string') {
    return { token: 'one-time', build: (t) => urls.redirectToServerPage({ t, redirectUrl: target }) };
  }
  switch (target.operationId) {
    case 'redirectToServerPage':
      return {
        token: 'one-time',
        build: (t) => urls.redirectToServerPage({ t, redirectUrl: target.redirectUrl }),
      };
    case 'redirectToPortal': {
      const { operationId: _, ...page } = target;
      return { token: 'one-time', build: (t) => urls.redirectToPortal({ t, ...page }) };
    }
    case 'downloadInvoicePdf':
      return {
        token: 'media',
        build: (t) => urls.downloadInvoicePdf({ t, invoiceId: target.invoiceId }),
      };
  }
}
