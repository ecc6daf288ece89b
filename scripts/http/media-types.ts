import { RequestProblem } from './message.ts';

/** So many fields a form can have: to split, decode and validate more of them takes seconds. */
const maxFormFields = 10_000;

const jsonType = /^[^/;\s]+\/(?:[^;\s]+\+)?json\s*(?:;|$)/i;
const xmlType = /^[^/;\s]+\/(?:[^;\s]+\+)?xml\s*(?:;|$)/i;
const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

/**
 * Reads a media type without its parameters, in lower case.
 *
 * @see https://mimesniff.spec.whatwg.org/#mime-type-essence
 */
export function readEssence(mediaType: string): string {
  return mediaType.replace(/;.*$/s, '').trim().toLowerCase();
}

/**
 * Finds what a document has for a media type, whose keys are media types or ranges of them. The most specific one counts.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#media-type-object
 */
export function findContent<Content>(
  contents: Readonly<Record<string, Content>>,
  mediaType: string,
): Content | undefined {
  const name = findContentName(contents, mediaType);
  return name === undefined ? undefined : contents[name];
}

/**
 * Finds the key of a document for a media type. Parameters distinguish media types that are otherwise the same, such as
 * `application/json; version=2`.
 */
export function findContentName(
  contents: Readonly<Record<string, unknown>>,
  mediaType: string,
): string | undefined {
  const essence = readEssence(mediaType);
  const names = [essence, essence.replace(/\/.*$/, '/*'), '*/*'];
  const found = names.flatMap((name) => Object.keys(contents).filter((key) => readEssence(key) === name));
  const sent = listParameters(mediaType);
  const alike = found.filter((key) => readEssence(key) === readEssence(found[0] ?? ''));
  return alike.find((key) => listParameters(key).every((one) => sent.includes(one))) ?? found[0];
}

function listParameters(mediaType: string): string[] {
  const [, ...parameters] = mediaType.toLowerCase().replaceAll(/[\s"]/g, '').split(';');
  return parameters.filter((parameter) => parameter !== '' && !parameter.startsWith('charset='));
}

/**
 * Tells whether a media type holds JSON: its subtype is `json` or ends with `+json`.
 *
 * @see https://mimesniff.spec.whatwg.org/#json-mime-type
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
 * Tells whether a media type has parts, as an upload of files has.
 */
export function isMultipartType(mediaType: string): boolean {
  return /^\s*multipart\//i.test(mediaType);
}

/**
 * Tells whether a media type holds XML: its subtype is `xml` or ends with `+xml`.
 *
 * @see https://mimesniff.spec.whatwg.org/#xml-mime-type
 */
export function isXmlType(mediaType: string): boolean {
  return xmlType.test(mediaType);
}

/**
 * Parses a body for Prism: JSON as its value, an empty body as `null`, anything else as text.
 *
 * @throws {RequestProblem} 413 for a form of more than `maxFormFields`, 400 for JSON that doesn't parse; it quotes
 *   nothing, since a body can hold secrets
 */
export function parseBody(body: Buffer, mediaType = ''): unknown {
  if (body.length === 0) {
    return null;
  }
  const text = body.toString('utf8');
  if (isFormType(mediaType)) {
    return repairForm(text);
  }
  if (isMultipartType(mediaType)) {
    return tidyParts(text, mediaType);
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

/**
 * Reads the boundary between the parts of a body.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
 */
export function readBoundary(mediaType: string): string | undefined {
  const [, quoted, plain = quoted] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(mediaType) ?? [];
  return plain;
}

/**
 * Leaves of the headers of each part only its name. The parser of Prism and of the comparator throws at a file without a
 * media type, which RFC 7578, section 4.4, allows, and at names without quotes.
 */
export function tidyParts(body: string, mediaType: string): string {
  const boundary = readBoundary(mediaType);
  return boundary === undefined
    ? body
    : body
        .split(`--${boundary}`)
        .map((part, index) => (index === 0 ? part : tidyPart(part)))
        .join(`--${boundary}`);
}

function tidyPart(part: string): string {
  const end = part.indexOf('\r\n\r\n');
  if (!part.startsWith('\r\n') || end === -1) {
    return part;
  }
  const [disposition = ''] = part.slice(0, end).match(/^content-disposition:.*$/im) ?? [];
  const [, quoted, plain = quoted] = /;\s*name=(?:"([^"]*)"|([^;\s]+))/i.exec(disposition) ?? [];
  return `\r\nContent-Disposition: form-data; name="${plain ?? ''}"${part.slice(end)}`;
}

/**
 * Tells whether all percent sequences of a text decode as UTF-8.
 */
export function isDecodable(text: string): boolean {
  try {
    // The result is used, or else the bundler takes the call for one that does nothing.
    return !text.includes('%') || typeof decodeURIComponent(text) === 'string';
  } catch {
    return false;
  }
}

// Prism throws where a key doesn't decode, and decodes a value halfway. The URL standard knows no malformed pair:
// a stray percent sign stands for itself. See https://url.spec.whatwg.org/#urlencoded-parsing
function repairForm(text: string): string {
  const pairs = text.split('&', maxFormFields + 1);
  if (pairs.length > maxFormFields) {
    throw new RequestProblem(
      413,
      `The form has more than ${maxFormFields} fields, which the mock does not validate. Send fewer.`,
    );
  }
  return isDecodable(text) ? text : pairs.map(repairPair).join('&');
}

function repairPair(pair: string): string {
  return isDecodable(pair)
    ? pair
    : // The ampersand keeps a question mark at the start. Prism takes a plus sign for a space in values only.
      new URLSearchParams(`&${pair}`).toString().replaceAll('+', '%20');
}
