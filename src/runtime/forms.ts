import type { ValueStyles } from './operation.ts';
import { createStyles, type Pair } from './style.ts';
import type { Tools } from './values.ts';

/** A body as fetch takes it, and its media type where fetch does not know a better one. */
export interface EncodedBody {
  body: BodyInit;
  mediaType?: string | undefined;
}

/**
 * Encodes an object that is neither JSON nor a flat form: a form with lists or objects, parts, or what is encoded already,
 * as a `FormData`, a `Blob` or a stream.
 *
 * @throws {TypeError} for an object in a media type that can't be made of one, such as XML
 */
export function encodeObject(
  body: object,
  mediaType: string | undefined,
  styles: ValueStyles | undefined,
  tools: Tools,
): EncodedBody {
  if (body instanceof FormData) {
    // fetch alone knows the boundary.
    return { body };
  }
  if (isReady(body)) {
    // For a range, such as `image/*`, the bytes know the type.
    const own = body instanceof Blob && body.type !== '' ? body.type : 'application/octet-stream';
    return { body, mediaType: mediaType?.includes('*') ? own : mediaType };
  }
  if (tools.isForm(mediaType)) {
    return { body: new URLSearchParams(listFormPairs(body, styles, tools)).toString(), mediaType };
  }
  if (/^multipart\//i.test(mediaType ?? '')) {
    return encodeMultipart(body, mediaType ?? '', styles, tools);
  }
  throw new TypeError(
    `Cannot write an object as ${mediaType ?? 'a body that the spec does not document'}: give the body as a string.`,
  );
}

function isReady(body: object): body is Exclude<BodyInit, string> {
  return (
    body instanceof URLSearchParams ||
    body instanceof Blob ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body) ||
    'getReader' in body
  );
}

/**
 * Lists the fields of a form as they are sent. Lists repeat their name, and objects are JSON, unless the spec has a
 * style for them. Fields that are `null` or `undefined` are left out.
 *
 * @throws {UrlError} for a field that is nested deeper than its style can carry
 * @see https://spec.openapis.org/oas/v3.1.1.html#encoding-object
 */
function listFormPairs(body: object, styles: ValueStyles | undefined, tools: Tools): Pair[] {
  const { findOwn, isJson, isObject } = tools;
  const { expand } = createStyles(tools);
  const asText = (value: string): string => value;
  return Object.entries(body).flatMap(([name, value]) => {
    const { contentType = '', ...style } = findOwn(styles, name) ?? {};
    if (isJson(contentType)) return expand(name, value, { contentType }, asText);
    if (style.style !== undefined) return expand(name, value, style, asText);
    const items = Array.isArray(value) ? value : [value];
    return items.flatMap((item) => expand(name, isObject(item) ? JSON.stringify(item) : item, {}, asText));
  });
}

/**
 * Writes an object as parts: of a list one part an item, an object as JSON, a `File` under its own name. What is `null`
 * or `undefined` is left out. It makes no `FormData`, since that gives each part with a media type the name of a file.
 *
 * Files are not read: the body refers to them.
 *
 * @param styles the media type of a part by its name, where the spec has one
 * @see https://www.rfc-editor.org/rfc/rfc7578
 * @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
 */
function encodeMultipart(
  fields: object,
  mediaType: string,
  styles: ValueStyles | undefined,
  tools: Tools,
): EncodedBody {
  const boundary = `part-${crypto.getRandomValues(new Uint32Array(6)).join('-')}`;
  const parts: BlobPart[] = [];
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === undefined || item === null) continue;
      const { head, content } = writePart(name, item, tools.findOwn(styles, name)?.contentType, tools);
      parts.push(`--${boundary}\r\n${head}\r\n\r\n`, content, '\r\n');
    }
  }
  parts.push(`--${boundary}--\r\n`);
  const type = `${mediaType.replace(/;.*/s, '')}; boundary=${boundary}`;
  return { body: new Blob(parts, { type }), mediaType: type };
}

function writePart(
  name: string,
  value: unknown,
  documented: string | undefined,
  { isJson, isObject }: Tools,
): { head: string; content: BlobPart } {
  const isFile = value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
  const { name: fileName = 'blob', type = '' } = isFile ? (value as Partial<File>) : {};
  const usual = isFile ? type || 'application/octet-stream' : isObject(value) ? 'application/json' : '';
  // A list of types or a range says what is allowed, not what this one is.
  const mediaType = documented === undefined || /[*,]/.test(documented) ? usual : documented;
  const head = [
    `Content-Disposition: form-data; name="${escapeName(name)}"`,
    isFile ? `; filename="${escapeName(fileName)}"` : '',
    mediaType === '' ? '' : `\r\nContent-Type: ${mediaType}`,
  ].join('');
  if (isFile) {
    return { head, content: value as BlobPart };
  }
  return { head, content: isObject(value) || isJson(mediaType) ? JSON.stringify(value) : `${value}` };
}

// As browsers do, so that no name begins a header of its own.
function escapeName(text: string): string {
  return text.replace(/[\r\n"]/g, encodeURIComponent);
}
