import type { RawHeader } from '../http/headers.ts';
import { isFormType } from '../http/media-types.ts';
import type { RawRequest } from '../http/message.ts';
import { readPath } from '../openapi/matcher.ts';
import { type Masking, maskNamed, maskWords } from './forms.ts';
import type { Secrets } from './secrets.ts';
import { maskForm, maskText } from './text.ts';

// The journal shows less. JSON that is cut off does not parse, and the journal hides it whole.
const maxShownBytes = 64 * 1024;

/**
 * Creates a function that masks a request for a journal: each secret reads `***`.
 */
export function createRequestMask(secrets: Secrets): (request: RawRequest) => RawRequest {
  const { isSecretName, findSegments } = secrets;
  const masking = { isSecretName, replace: () => '***', replaceKnown: (text: string) => text };
  return ({ method, target, headers, body }) => {
    const shown = Object.entries(headers).map(([name, value = '']) => {
      const text = String(value);
      return [name, isSecretName(name) && text !== '' ? '***' : maskHeader(name, text, masking)];
    });
    return {
      method,
      target: maskTarget(target, masking, findSegments),
      headers: Object.fromEntries(shown),
      body: Buffer.from(maskBody(body.subarray(0, maxShownBytes), headers['content-type'] ?? '', masking)),
    };
  };
}

/**
 * Creates a function that masks in the text of an answer what is a secret in its request, as where a problem quotes the
 * path.
 */
export function createQuoteMask(secrets: Secrets): (text: string, request: RawRequest) => string {
  return (text, { target, headers, body }) => {
    const fields = Object.entries(headers).map(([name, value = '']) => [name, String(value)] as const);
    const mediaType = headers['content-type'] ?? '';
    const found = listSecrets(secrets, { target, headers: fields, body, mediaType });
    const forms = [...found].flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
    return forms
      .filter((secret) => secret !== '')
      .toSorted((one, other) => other.length - one.length)
      .reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
  };
}

/** A part of an exchange whose secrets are looked for. */
export interface Message {
  target?: string;
  headers: Iterable<RawHeader>;
  body: Buffer;
  mediaType: string;
}

/**
 * Lists the secrets of a message as they are, and as they are written in it.
 */
export function listSecrets({ isSecretName, findSegments }: Secrets, message: Message): Set<string> {
  const { target, headers, body, mediaType } = message;
  const found = new Set<string>();
  const masking = learnInto(found, isSecretName);
  if (target !== undefined) {
    maskTarget(target, masking, findSegments);
  }
  for (const [name, value] of headers) {
    maskHeader(name, value, masking);
  }
  maskBody(body, mediaType, masking);
  return found;
}

/** Returns a masking that changes nothing, and adds each secret to a set. */
export function learnInto(found: Set<string>, isSecretName: Secrets['isSecretName']): Masking {
  const replace = (secret: string): string => {
    found.add(secret);
    return secret;
  };
  return { isSecretName, replace, replaceKnown: (text) => text };
}

/**
 * Masks a request target or a URL without its origin. A path with a secret segment has no dot segments any more.
 *
 * @param findSegments finds the segments of its decoded path that are secrets
 */
export function maskTarget(target: string, masking: Masking, findSegments: Secrets['findSegments']): string {
  const secret = findSegments(readPath(target));
  const [, path = '', search = ''] = /^([^?#]*)(.*)$/s.exec(target) ?? [];
  const segments = secret.length === 0 ? path : maskSegments(target, secret, masking);
  // As a whole, since a secret can hold a slash.
  const known = maskPath(segments, (text) => maskWords(text, masking));
  return maskText(known + search, masking);
}

function maskSegments(target: string, secret: readonly number[], { replace }: Masking): string {
  const { pathname = '' } = URL.parse(target.startsWith('/') ? `http://mock${target}` : target) ?? {};
  return pathname
    .split('/')
    .map((segment, index) =>
      secret.includes(index) && segment !== '' ? maskPath(segment, replace) : segment,
    )
    .join('/');
}

function maskPath(path: string, mask: (text: string) => string): string {
  const decoded = decodePath(path);
  const masked = mask(decoded);
  return masked === decoded ? path : encodeURIComponent(masked.toWellFormed()).replaceAll('%2F', '/');
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Masks the value of a header. */
export function maskHeader(name: string, value: string, masking: Masking): string {
  return masking.isSecretName(name) ? maskNamed(name, value, masking) : maskText(value, masking);
}

/** Masks a body that is text, and gives it decoded. */
export function maskBody(body: Buffer | string, mediaType: string, masking: Masking): string {
  const text = typeof body === 'string' ? body : decodeText(body, mediaType);
  return isFormType(mediaType) ? maskForm(text, masking) : maskText(text, masking);
}

/**
 * Decodes a text by its byte order mark, its charset, or the bytes that are zero in UTF-16, which JSON once was in, and
 * by default as UTF-8.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4627#section-3
 */
export function decodeText(body: Buffer, mediaType: string): string {
  const [first, second] = body;
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(mediaType) ?? [];
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)) {
    return decodeAs('utf-16be', body);
  }
  return (first === 0xff && second === 0xfe) || (first !== 0 && second === 0)
    ? decodeAs('utf-16le', body)
    : decodeAs(charset, body);
}

function decodeAs(charset: string, body: Buffer): string {
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return body.toString('utf8');
  }
}
