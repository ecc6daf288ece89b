import type { Operation, SecurityScheme } from './operation.ts';
import { createStyles, type Pair } from './style.ts';
import type { Tools, Values } from './values.ts';

/** A key or token as it is, or a name and password for HTTP Basic. */
export type Credential = string | { readonly username: string; readonly password: string };

/** Credentials by the names that the spec gives their security schemes. */
export type Credentials = Readonly<Record<string, Credential | undefined>>;

/** Where the credentials and cookies of a call go. */
export interface Placed {
  header: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** The `Cookie` header, where there are any. */
  cookie?: string;
}

/** The credentials and cookies of a call, or of all calls of a client. */
export interface Given {
  credentials?: Credentials;
  cookie?: Values;
  bearerToken?: string;
}

type Schemes = Readonly<Record<string, SecurityScheme>>;

/**
 * Puts the credentials that an operation asks for where they belong, and its cookies beside them.
 *
 * @param client with a `fetch` of its own where it does not send by the engine's
 * @throws {TypeError} that doesn't quote the credential, when it can't be sent, and for cookies in a browser
 * @throws {UrlError} for a cookie that is nested too deeply
 */
export function placeCredentials(
  operation: Operation,
  call: Given,
  client: { credentials?: Credentials; fetch?: unknown },
  tools: Tools,
): Placed {
  const { findOwn } = tools;
  const given = { ...client.credentials, ...call.credentials };
  const placed: Record<SecurityScheme['in'], Record<string, string>> = { header: {}, query: {}, cookie: {} };
  for (const [name, scheme] of Object.entries(chooseSchemes(operation, call, given, tools))) {
    const credential = findOwn(given, name);
    if (credential !== undefined) placed[scheme.in][scheme.name] = writeCredential(name, scheme, credential);
  }
  const cookies = [...listCookies(operation, call.cookie, tools), ...Object.entries(placed.cookie)];
  return {
    header: placed.header,
    query: placed.query,
    ...(cookies.length > 0 && { cookie: joinCookies(cookies, operation, client.fetch === undefined) }),
  };
}

// The first alternative that the call has everything for, else the first that call and client have everything for, else
// all that the operation names: an operation gets no credential that it does not name.
function chooseSchemes(
  { security = [] }: Operation,
  call: Given,
  given: Credentials,
  { findOwn }: Tools,
): Schemes {
  const find = (credentials: Credentials): Schemes | undefined =>
    security.find((schemes) => {
      const names = Object.keys(schemes);
      // A bearer token stands for any scheme that takes one.
      const isGiven = (name: string) =>
        findOwn(credentials, name) !== undefined ||
        (call.bearerToken !== undefined && /^bearer$/i.test(schemes[name]?.scheme ?? ''));
      return names.length > 0 && names.every(isGiven);
    });
  return find(call.credentials ?? {}) ?? find(given) ?? Object.assign({}, ...security);
}

// RFC 6265, section 4.1.1: what a cookie can hold. Quotes, commas, semicolons and backslashes are not in it.
const cookieText = String.raw`\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e`;

function writeCredential(
  name: string,
  { in: place, scheme }: SecurityScheme,
  credential: Credential,
): string {
  if (typeof credential !== 'string') {
    const { username, password } = credential;
    if (username.includes(':')) {
      // RFC 7617, section 2
      throw new TypeError(`credentials.${name} has a colon in its username, which HTTP Basic cannot carry.`);
    }
    const bytes = new TextEncoder().encode(`${username}:${password}`);
    return `${scheme} ${btoa(String.fromCharCode(...bytes))}`;
  }
  // In a query anything is percent-encoded.
  const allowed = { query: '[\\s\\S]', header: '[\\x20-\\x7e]', cookie: `[${cookieText}]` }[place];
  if (!new RegExp(`^${allowed}+$`).test(credential)) {
    throw new TypeError(`credentials.${name} is empty or holds a character that no ${place} can carry.`);
  }
  return scheme === undefined ? credential : `${scheme} ${credential}`;
}

// Characters that a cookie cannot hold are percent-encoded, and so is the percent sign.
const outsideCookies = new RegExp(`(?:[^${cookieText}]|%)+`, 'g');

function listCookies({ styles }: Operation, values: Values | undefined, tools: Tools): Pair[] {
  const { expand } = createStyles(tools);
  const encode = (text: string): string => text.replace(outsideCookies, encodeURIComponent);
  return Object.entries(values ?? {}).flatMap(([name, value]) =>
    expand(name, value, tools.findOwn(styles?.cookie, name) ?? {}, encode),
  );
}

function joinCookies(cookies: readonly Pair[], { method, path }: Operation, isByEngine: boolean): string {
  const cookie = cookies.map((pair) => pair.join('=')).join('; ');
  // Fetch standard, https://fetch.spec.whatwg.org/#forbidden-request-header
  if (isByEngine && !new Request('http://localhost', { headers: { Cookie: cookie } }).headers.has('Cookie')) {
    throw new TypeError(
      `${method} ${path} takes cookies, which a browser lets no script send: set them with document.cookie, and give createSender a fetch with credentials: 'include'.`,
    );
  }
  return cookie;
}
