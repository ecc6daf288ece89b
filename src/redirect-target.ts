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
