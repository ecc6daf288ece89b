/**
 * Percent-encodes what a header cannot carry or RFC 3986 doesn't let stand in a path, a query or a fragment. What is
 * encoded already, and all else, stays as it is: nothing is resolved.
 */
export function toUriReference(target: string): string {
  const [first = '', ...others] = target.split('#').map((part) =>
    // `encodeURI` encodes the percent signs of what is encoded already.
    encodeURI(part).replaceAll(/%25([0-9a-f]{2})/gi, '%$1'),
  );
  return others.length === 0 ? first : `${first}#${others.join('%23')}`;
}
