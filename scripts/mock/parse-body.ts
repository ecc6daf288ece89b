import { RequestProblem } from './problem.ts';

const jsonType = /^application\/(?:[^;\s]+\+)?json\s*(?:;|$)/i;
const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

/**
 * Tells whether a media type holds JSON, as Prism's own server sees it: `application/json` or `application/*+json`.
 */
export function isJsonType(mediaType: string): boolean {
  return jsonType.test(mediaType);
}

/**
 * Tells whether a media type is that of an HTML form.
 */
export function isFormType(mediaType: string): boolean {
  return formType.test(mediaType);
}

/**
 * Parses a body for Prism: JSON as its value, an empty body as `null`, anything else as text.
 *
 * @throws {RequestProblem} 400 for JSON that doesn't parse; it quotes nothing, since a body can hold secrets
 */
export function parseBody(body: Buffer, mediaType = ''): unknown {
  if (body.length === 0) {
    return null;
  }
  const text = body.toString('utf8');
  if (isFormType(mediaType)) {
    return text.split('&').map(repairPair).join('&');
  }
  if (!isJsonType(mediaType)) {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestProblem(400, `The body is sent as ${mediaType}, but it does not parse as JSON.`);
  }
}

// Prism throws where a key doesn't decode, and decodes a value halfway. The URL standard knows no malformed pair:
// a stray percent sign stands for itself. See https://url.spec.whatwg.org/#urlencoded-parsing
function repairPair(pair: string): string {
  try {
    decodeURIComponent(pair);
    return pair;
  } catch {
    // The ampersand keeps a question mark at the start. Prism takes a plus sign for a space in values only.
    return new URLSearchParams(`&${pair}`).toString().replaceAll('+', '%20');
  }
}
