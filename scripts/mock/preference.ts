import type { IHttpRequest } from '@stoplight/prism-http';

/** Which answer a client wants to see, unchecked: the names and the forms are Prism's. */
export interface Preference {
  code?: string;
  example?: string;
  dynamic?: string;
  seed?: string;
}

const preferenceNames = ['code', 'example', 'dynamic', 'seed'] as const;

// RFC 7240, section 2: a token with an optional value, which is a token or a quoted string.
const preferencePattern = /([^\s=,;]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s,;]*))?/g;

/**
 * Reads the `Prefer` header, and only without it the query's `__code`, `__example`, `__dynamic` and `__seed`.
 *
 * @see https://github.com/stoplightio/prism/blob/master/docs/guides/01-mocking.md
 */
export function readPreference(request: IHttpRequest): Preference {
  // An empty header says nothing.
  const header = request.headers?.prefer || undefined;
  const given =
    header === undefined
      ? new Map(Object.entries(request.url.query ?? {}).map(([name, value]) => [name, String(value)]))
      : parsePreferences(header);
  const prefix = header === undefined ? '__' : '';
  return Object.fromEntries(
    preferenceNames.flatMap((name) => {
      const value = given.get(prefix + name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * Tells whether a preference wants values made up.
 */
export function isDynamic({ dynamic }: Preference): boolean {
  return dynamic !== undefined && dynamic !== 'false';
}

function parsePreferences(header: string): Map<string, string> {
  const preferences = new Map<string, string>();
  for (const [, name = '', value = ''] of header.matchAll(preferencePattern)) {
    // RFC 7240, section 2: of a preference that is given twice, the first counts.
    if (!preferences.has(name.toLowerCase())) {
      preferences.set(name.toLowerCase(), unquote(value));
    }
  }
  return preferences;
}

function unquote(value: string): string {
  return /^".*"$/.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value;
}
