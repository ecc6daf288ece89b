import { isPlainObject } from '../../../spec/is-plain-object.ts';
import type { IsSecretName } from './secret-names.ts';
import type { StandIns } from './stand-ins.ts';

/** How texts are masked. */
export interface Masking extends StandIns {
  isSecretName: IsSecretName;
}

// The lengths are bounded: what is repeated without a bound takes the square of a long text's time.
const jwt = /\beyJ[\w-]{1,4096}\.[\w-]{1,4096}\.[\w-]*/g;
const bearer = /\b(Bearer\s{1,8})([\w.~+/-]{16,}=*)/g;
// As in a message, or in a link of a page.
const assignment = /[^\s=&?#;"'<>]{1,64}=[^\s&#"'<>]+/g;
// As in JSON that is cut off, or quoted.
const field = /(["']?([\w-]{1,64})["']?\s{0,8}:\s{0,8}")((?:[^"\\]|\\.)*)/g;

// URLs within URLs, and JSON within JSON. What is deeper is hidden whole.
const maxDepth = 64;

/**
 * Masks a text of any kind: JSON, a URL, a form or a message. Into whatever a URL or JSON holds, it looks again.
 */
export function maskText(text: string, masking: Masking, depth = 0): string {
  if (depth > maxDepth) {
    return '***';
  }
  const value = parseStructure(text);
  if (value !== undefined) {
    return JSON.stringify(maskValue(value, masking, depth));
  }
  // As a URL, or as a lone pair of a form.
  return /^[^\s=?#&]*[?#&][^\s=]*=|^[^\s=&]+=\S*$/.test(text)
    ? maskPairs(text, /([?#&])/, masking, depth)
    : maskMessage(text, masking, depth);
}

/**
 * Masks the fields of a form.
 */
export function maskForm(text: string, masking: Masking): string {
  // A question mark or a hash sign may stand in a value, since only an ampersand ends it.
  return maskPairs(text, /(&)/, masking, 0);
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

function maskMessage(text: string, masking: Masking, depth: number): string {
  const { give, isSecretName } = masking;
  const named = text
    .replaceAll(field, (whole, before: string, name: string, value: string) =>
      isSecretName(name) && value !== '' ? before + maskQuoted(value, give) : whole,
    )
    .replaceAll(assignment, (pair) => maskPair(pair, masking, depth));
  return maskWords(named, masking);
}

// What is shorter holds neither a JWT nor a bearer token, nor anything that is swept.
const minMaskedLength = 4;

/**
 * Masks what is a secret wherever it stands: a JWT, a bearer token, and what is known to be one.
 */
export function maskWords(text: string, { give, sweep }: Masking): string {
  if (text.length < minMaskedLength) {
    return text;
  }
  const alike = text
    .replaceAll(jwt, (token) => give(token))
    .replaceAll(bearer, (_, scheme: string, token: string) => scheme + give(token));
  return sweep(alike);
}

function maskPairs(text: string, separator: RegExp, masking: Masking, depth: number): string {
  let isAfterSecret = false;
  const parts = text.split(separator).map((part, index, all) => {
    if (index % 2 === 1) {
      return part;
    }
    const equals = part.indexOf('=');
    // A secret can hold an ampersand that should have been encoded: what has no name is the rest of it.
    const isRest = isAfterSecret && equals === -1 && part !== '' && all[index - 1] === '&';
    isAfterSecret = isRest || (equals !== -1 && masking.isSecretName(decode(part.slice(0, equals))));
    return isRest ? maskEncoded(part, masking.give) : maskPair(part, masking, depth);
  });
  return masking.sweep(parts.join(''));
}

function maskPair(pair: string, masking: Masking, depth: number): string {
  const equals = pair.indexOf('=');
  if (equals === -1) {
    return maskEncoded(pair, (part) => maskWords(part, masking));
  }
  const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
  const isSecret = masking.isSecretName(decode(name));
  const mask = (text: string): string =>
    isSecret && text !== '' ? masking.give(text) : maskText(text, masking, depth + 1);
  return `${maskEncoded(name, masking.sweep)}=${maskEncoded(value, mask)}`;
}

// As the URL standard decodes a form: a stray percent sign stands for itself.
function decode(text: string): string {
  if (!/[+%]/.test(text)) {
    return text;
  }
  return new URLSearchParams(`text=${text.replaceAll('&', '%26')}`).get('text') ?? text;
}

// With what may stand in a query as it is, for people.
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%40', '@').replaceAll('%2F', '/');
}

function maskQuoted(text: string, give: Masking['give']): string {
  try {
    return JSON.stringify(give(JSON.parse(`"${text}"`))).slice(1, -1);
  } catch {
    return give(text);
  }
}

function parseStructure(text: string): object | undefined {
  try {
    const value: unknown = /^\s*[[{]/.test(text) ? JSON.parse(text) : undefined;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function maskValue(value: unknown, masking: Masking, depth: number, isSecret = false): unknown {
  if (depth > maxDepth) {
    return '***';
  }
  if (Array.isArray(value)) {
    return value.map((item) => maskValue(item, masking, depth + 1, isSecret));
  }
  if (isPlainObject(value)) {
    const fields = Object.entries(value).map(([name, item]) => [
      masking.sweep(name),
      maskValue(item, masking, depth + 1, isSecret || masking.isSecretName(name)),
    ]);
    return Object.fromEntries(fields);
  }
  if (typeof value === 'string') {
    return isSecret && value !== '' ? masking.give(value) : maskText(value, masking, depth + 1);
  }
  return typeof value === 'number' ? maskNumber(value, masking, isSecret) : value;
}

// A number stays one, so that it breaks the spec where it did before, and nowhere else.
function maskNumber(value: number, { give, sweep }: Masking, isSecret: boolean): number {
  const masked = Number((isSecret ? give : sweep)(String(value)));
  return Number.isNaN(masked) ? 0 : masked;
}
