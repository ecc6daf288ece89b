import { operations } from '../../generated/operations.ts';
import type { operations as Operations } from '../../generated/schema.ts';
import type { Operation } from '../runtime/operation.ts';
import { buildUrl, checkBaseUrl, UrlError, type Values } from '../runtime/url.ts';

/** Where the browser is sent to. */
export interface NexudusAuthUrlsOptions {
  /** Origin of the space, which answers `/user/login` and protected media: `https://your-space.spaces.nexudus.com`. */
  baseUrl: string;
  /** Origin of the Members Portal, which serves `/login`. Only `redirectToPortal` needs it. */
  portalUrl?: string;
}

type QueryOf<OperationId extends keyof Operations> = Operations[OperationId]['parameters']['query'];
type PathOf<OperationId extends keyof Operations> = Operations[OperationId]['parameters']['path'];

/**
 * Builders of the URLs that a browser is sent to. They take a one-time or media token, never a bearer token.
 *
 * Each throws an `UrlError` for an empty token, and for a `redirectUrl` that is no path or would leave the origin.
 */
export interface NexudusAuthUrls {
  /**
   * A server-rendered page of the space: `/user/login?server=true&t={t}&redirectUrl={redirectUrl}`.
   *
   * @see GET /user/login in openapi/nexudus-auth.yaml
   */
  redirectToServerPage(values: Omit<QueryOf<'redirectToServerPage'>, 'server'>): string;
  /**
   * The Members Portal: `/login?t={t}`, with `&redirectUrl={redirectUrl}` for a page after sign-in.
   *
   * @throws {TypeError} without `portalUrl`
   * @see GET /login in openapi/nexudus-auth.yaml
   */
  redirectToPortal(values: QueryOf<'redirectToPortal'>): string;
  /**
   * An invoice as a PDF: `/api/public/billing/invoices/{invoiceId}/pdf?t={t}`, with a media token.
   *
   * @see GET /api/public/billing/invoices/{invoiceId}/pdf in openapi/nexudus-auth.yaml
   */
  downloadInvoicePdf(values: PathOf<'downloadInvoicePdf'> & QueryOf<'downloadInvoicePdf'>): string;
}

/**
 * Makes the URL builders of one space and its portal: parameters in the order of the spec, percent-encoded,
 * constants filled in.
 *
 * @throws {TypeError} when an option is no absolute http or https URL
 * @example
 * const urls = createNexudusAuthUrls({ baseUrl: 'https://your-space.spaces.nexudus.com', portalUrl: 'https://portal.your-space.com' });
 * location.assign(urls.redirectToServerPage({ t: oneTimeToken, redirectUrl: '/user/invoices' }));
 */
export function createNexudusAuthUrls(options: NexudusAuthUrlsOptions): NexudusAuthUrls {
  const baseUrl = checkBaseUrl(options.baseUrl, 'baseUrl');
  const portalUrl =
    options.portalUrl === undefined ? undefined : checkBaseUrl(options.portalUrl, 'portalUrl');
  const build = (operation: Operation, origin: string, values: Values, path?: Values): string =>
    buildUrl(operation, origin, { path, query: checkValues(operation, origin, values) });
  return {
    redirectToServerPage: (values) => build(operations.redirectToServerPage, baseUrl, values),
    redirectToPortal: (values) => {
      if (portalUrl === undefined) {
        throw new TypeError('redirectToPortal needs portalUrl: give it to createNexudusAuthUrls.');
      }
      return build(operations.redirectToPortal, portalUrl, values);
    },
    downloadInvoicePdf: ({ invoiceId, t }) => {
      if (!Number.isSafeInteger(invoiceId)) {
        throw new UrlError('invoiceId', 'must be an integer');
      }
      return build(operations.downloadInvoicePdf, baseUrl, { t }, { invoiceId });
    },
  };
}

function checkValues({ query }: Operation, baseUrl: string, values: Values): Values {
  return Object.fromEntries(
    query.map((parameter) => [
      parameter.name,
      parameter.const ?? checkValue(parameter, values[parameter.name], baseUrl),
    ]),
  );
}

function checkValue(
  { name, required, pattern }: Operation['query'][number],
  value: unknown,
  baseUrl: string,
): string | undefined {
  if (value === undefined && !required) {
    return undefined;
  }
  if (typeof value !== 'string' || value.trim() === '') {
    throw new UrlError(name, 'is empty; it must be a string that is not');
  }
  if (!value.isWellFormed()) {
    throw new UrlError(name, 'holds half a surrogate pair, which cannot be percent-encoded');
  }
  const reason = pattern === undefined ? undefined : refuseTarget(value, baseUrl, pattern);
  if (reason !== undefined) {
    throw new UrlError(name, reason);
  }
  return value;
}

/** Why a redirect target is refused, or `undefined` where it stays on the origin of `baseUrl`. */
export function refuseTarget(target: string, baseUrl: string, pattern: string): string | undefined {
  if (!target.startsWith('/')) {
    return 'is no path of the origin; it must start with "/", such as "/user/invoices"';
  }
  if (!new RegExp(pattern).test(target) || resolvesElsewhere(target, baseUrl)) {
    return 'would leave the origin: a browser reads "//", a backslash or a control character as the start of a host';
  }
  return undefined;
}

// The pattern is the contract; this is the browser's own reading of it. A dot segment can leave "//host" as the
// path ("/.//host"), which is another origin for whoever redirects to the path alone.
// WHATWG URL, https://url.spec.whatwg.org/#path-state
function resolvesElsewhere(target: string, baseUrl: string): boolean {
  const { origin, pathname } = new URL(target, baseUrl);
  return origin !== new URL(baseUrl).origin || pathname.startsWith('//');
}
