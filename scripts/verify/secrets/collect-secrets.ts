import { isPlainObject } from '../../spec/is-plain-object.ts';

/** The fields of bodies, forms and queries that hold secrets, or a person's name. */
export const secretFields: readonly string[] = [
  'access_token',
  'refresh_token',
  'token',
  't',
  'jwt',
  'Value',
  'error_description',
  'username',
  'password',
  'totp',
];

// As `"token": "…"` and `token=…`, also where a body is cut off or is part of a page. A lone `t` is one in a query only.
const names = secretFields.filter((name) => name !== 't').join('|');
const field = new RegExp(
  `\\b(?:${names})["']?\\s*[=:]\\s*"([^"]+)"|(?:\\b(?:${names})|[?&]t)=([^&\\s"',;<}]+)`,
  'g',
);

/**
 * Lists the secrets in a body of any kind, or in a URL.
 */
export function collectSecrets(text: string): string[] {
  const written = [...text.matchAll(field)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  return [...written, ...written.map(decode), ...listValues(parse(text))];
}

const secretHeaders: readonly string[] = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'];

/**
 * Lists the secrets in a header: credentials, cookies and the tokens of a redirect.
 */
export function collectHeaderSecrets(name: string, value: string): string[] {
  if (!secretHeaders.includes(name.toLowerCase())) {
    return collectSecrets(value);
  }
  // With a scheme, as `Bearer …`, or with a name, as `session=…; Path=/`.
  const parts = value.split(/[\s;]+/).map((part) => part.replace(/^[^=]*=(?=.)/, ''));
  // "Bearer", "Path=/" and the like are parts of the messages that secrets are hidden in.
  return [value, ...parts].filter((part) => part.length > 6);
}

function listValues(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const own = isPlainObject(node) ? secretFields.map((name) => node[name]) : [];
  const secrets = own.filter((value) => typeof value === 'string' || typeof value === 'number').map(String);
  return [...secrets, ...Object.values(node).flatMap(listValues)];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  return new URLSearchParams(`text=${text}`).get('text') ?? text;
}
