/** Why a redirect target is refused, or `undefined` where it stays on the origin of `baseUrl`. */
export function refuseTarget(target: string, baseUrl: string, pattern: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    return 'is an absolute URL, which would leave the origin; give a path such as "/user/invoices"';
  }
  if (!target.startsWith('/')) {
    return 'is no path; it must start with "/", such as "/user/invoices"';
  }
  if (!new RegExp(pattern).test(target)) {
    return 'would leave the origin: a browser reads "//", a backslash or a control character as the start of a host';
  }
  return resolvesElsewhere(target, baseUrl) ? 'resolves to another origin' : undefined;
}

// The pattern is the contract; this is the browser's own reading of it. A dot segment can leave "//host" as the
// path ("/.//host"), which is another origin for whoever redirects to the path alone.
// WHATWG URL, https://url.spec.whatwg.org/#path-state
function resolvesElsewhere(target: string, baseUrl: string): boolean {
  if (!URL.canParse(target, baseUrl)) {
    return true;
  }
  const { origin, pathname } = new URL(target, baseUrl);
  return origin !== new URL(baseUrl).origin || pathname.startsWith('//');
}
