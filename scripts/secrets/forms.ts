import type { Secrets } from './secrets.ts';

/** How texts are masked: what is a secret, and what is put in its place. */
export interface Masking extends Pick<Secrets, 'isSecretName'> {
  /** Returns what is put in the place of a secret. */
  replace: (secret: string) => string;
  /** Replaces the secrets that are known, in a text of any kind and in whatever encoding they are there. */
  replaceKnown: (text: string) => string;
  /** Masks also what is only likely to be a secret. Default: false, since a recording is to hold what it held. */
  isStrict?: boolean;
}

/**
 * Masks what is percent-encoded, as a part of a URL or of a form. What holds no secret stays as it was, byte for byte.
 *
 * @param mask is given the decoded text
 */
export function maskEncoded(text: string, mask: (decoded: string) => string): string {
  const decoded = decode(text);
  const masked = mask(decoded);
  return masked === decoded ? text : encode(masked);
}

/** Decodes a part of a form as the URL standard does: a stray percent sign stands for itself. */
export function decode(text: string): string {
  if (!/[+%]/.test(text)) {
    return text;
  }
  return new URLSearchParams(`text=${text.replaceAll('&', '%26')}`).get('text') ?? text;
}

// With what may stand in a query as it is, for people.
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%40', '@').replaceAll('%2F', '/');
}

/** Masks the value of a secret name: credentials keep their scheme, and cookies their names and attributes. */
export function maskNamed(name: string, value: string, masking: Masking): string {
  if (/^(?:true|false|null|undefined|)$/.test(value)) {
    return value;
  }
  if (/authorization$/i.test(name)) {
    return maskCredentials(value, masking);
  }
  return /^(?:set-)?cookie2?$/i.test(name) ? maskCookies(value, masking) : masking.replace(value);
}

function maskCredentials(value: string, { replace }: Masking): string {
  const [, scheme = '', credentials = ''] = /^(\S+\s+)?(.*)$/s.exec(value) ?? [];
  if (/^basic\s/i.test(scheme)) {
    // RFC 7617: what else the user and the password stand in is to be masked, too.
    Buffer.from(credentials, 'base64').toString().split(/:(.*)/s).filter(Boolean).forEach(replace);
  }
  return credentials === '' ? value : scheme + replace(credentials);
}

// RFC 6265, section 4.1.1.
const attribute =
  /^\s*(?:(?:path|domain|expires|max-age|samesite|priority|version)\s*=|(?:secure|httponly|partitioned)\s*$)/i;

function maskCookies(value: string, { replace }: Masking): string {
  return value.replaceAll(/[^;]+/g, (part) => {
    const [, label = '', cookie = ''] = /^([^=]*=|\s*)(.*)$/s.exec(part) ?? [];
    // One without a name is all value.
    return attribute.test(part) || cookie === '' ? part : label + maskEncoded(cookie, replace);
  });
}

// A JWT begins with the base64 of `{"`.
const jwt = /(?<![A-Za-z\d])eyJ[\w-]{8}[\w.-]*/g;
// The lengths are bounded: what is repeated without a bound takes the square of a long text's time.
const credentials = /\b((?:Bearer|Basic)\s{1,8})([^\s'",;]{1,8192})/g;
const userInfo = /(\b[a-z][a-z\d+.-]{0,30}:\/\/)([^\s/?#@"'<>\\]{1,1024})@/gi;
// A long word with digits, as in the path of a link that resets a password.
const longWord = /(?<![\w-])(?=[A-Za-z_-]{0,1024}\d)[\w-]{32,}/g;

// What is shorter holds neither a JWT nor a bearer token, nor anything that is known.
const minMaskedLength = 4;

/**
 * Masks what is a secret wherever it stands, by its form or as a known one.
 */
export function maskWords(text: string, { replace, replaceKnown, isStrict = false }: Masking): string {
  if (text.length < minMaskedLength) {
    return text;
  }
  const alike = text
    .replaceAll(jwt, (token) => replace(token))
    .replaceAll(credentials, (whole, scheme: string, token: string) =>
      isStrict || isToken(token) ? scheme + replace(token) : whole,
    )
    .replaceAll(userInfo, (_, scheme: string, user: string) => `${scheme}${replaceUser(user, replace)}@`);
  return replaceKnown(isStrict ? alike.replaceAll(longWord, (word) => replace(word)) : alike);
}

// `Bearer realm="a space"` asks for a token. RFC 9110, section 11.2.
function isToken(word: string): boolean {
  return (word.length >= 16 || /\d/.test(word)) && !/^\w+=[^=]|^\w+=$/.test(word);
}

function replaceUser(user: string, replace: Masking['replace']): string {
  return user
    .split(/(:)/)
    .map((part, index) => (index % 2 === 1 || part === '' ? part : maskEncoded(part, replace)))
    .join('');
}
