import { isFormType } from '../../parse-body.ts';
import type { HarEntry, Pair } from './entry.ts';
import { type Masking, maskEncoded, maskForm, maskText, maskWords } from './mask-text.ts';

/**
 * Masks the secrets of an entry, wherever they stand in it. The method, the origin, the status and the names of headers
 * stay.
 *
 * @param secretSegments which segments of the URL's path are secrets, counted from 0
 */
export function maskEntry(
  entry: HarEntry,
  masking: Masking,
  secretSegments: readonly number[] = [],
): HarEntry {
  const { request, response } = entry;
  const { postData } = request;
  const { text, ...content } = response.content;
  const url = maskUrl(request.url, masking, secretSegments);
  return {
    ...entry,
    request: {
      ...request,
      url,
      headers: request.headers.map((header) => maskHeader(header, masking)),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      ...(postData === undefined
        ? {}
        : { postData: { ...postData, text: maskBody(postData.text, postData.mimeType, masking) } }),
    },
    response: {
      ...response,
      headers: response.headers.map((header) => maskHeader(header, masking)),
      content: text === undefined ? content : { ...content, text: maskBody(text, content.mimeType, masking) },
      redirectURL: maskText(response.redirectURL, masking),
    },
  };
}

function maskUrl(url: string, masking: Masking, secretSegments: readonly number[]): string {
  const { origin } = new URL(url);
  const [path = '', ...search] = url.slice(origin.length).split(/(?=\?)/);
  const segments = path
    .split('/')
    .map((segment, index) => (secretSegments.includes(index) ? maskPath(segment, masking.give) : segment));
  return (
    origin +
    maskPath(segments.join('/'), (text) => maskWords(text, masking)) +
    maskText(search.join(''), masking)
  );
}

// As a whole, since a secret can hold a slash.
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

/**
 * Masks a body that is text.
 */
export function maskBody(text: string, mimeType: string, masking: Masking): string {
  return isFormType(mimeType) ? maskForm(text, masking) : maskText(text, masking);
}

function maskHeader({ name, value }: Pair, masking: Masking): Pair {
  return { name, value: maskHeaderValue(name.toLowerCase(), value, masking) };
}

function maskHeaderValue(name: string, value: string, masking: Masking): string {
  const { give } = masking;
  switch (name) {
    case 'authorization':
      return maskCredentials(value, masking);
    case 'cookie':
      return value.replaceAll(
        /([^=;]*=)([^;]+)/g,
        (_, label: string, cookie: string) => label + maskEncoded(cookie, give),
      );
    case 'set-cookie':
      // What follows are attributes, such as `Path=/`.
      return value.replace(
        /^([^=;]*=)([^;]+)/,
        (_, label: string, cookie: string) => label + maskEncoded(cookie, give),
      );
    default:
      return masking.isSecretName(name) && value !== '' ? give(value) : maskText(value, masking);
  }
}

function maskCredentials(value: string, { give }: Masking): string {
  const [, scheme = '', credentials = ''] = /^(\S+\s+)?(.*)$/s.exec(value) ?? [];
  if (/^basic\s/i.test(scheme)) {
    // RFC 7617: what else the user and the password stand in is to be masked, too.
    Buffer.from(credentials, 'base64').toString().split(/:(.*)/s).filter(Boolean).forEach(give);
  }
  return credentials === '' ? value : scheme + give(credentials);
}
