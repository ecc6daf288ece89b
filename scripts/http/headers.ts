// RFC 9110, sections 7.6.1 and 11.7, and what is left of RFC 2616, section 13.5.1. The proxy has met an Expect itself:
// it reads the whole request first.
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers as they stood on the wire, pair by pair. */
export type RawHeader = readonly [name: string, value: string];

/**
 * Lists the headers that go on to the next connection, as they are: order, case and repeats stay.
 *
 * @param rawHeaders names and values by turns, as `node:http` gives them
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 */
export function listPassedHeaders(rawHeaders: readonly string[]): RawHeader[] {
  const pairs = rawHeaders.flatMap((name, index): RawHeader[] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  );
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((name) => name.trim());
  return pairs.filter(
    ([name]) => !ofConnection.has(name.toLowerCase()) && !named.includes(name.toLowerCase()),
  );
}
