import type { ValueStyles } from './operation.ts';
import { isJson, isObject } from './style.ts';

/** A body as fetch takes it, and its media type where fetch does not know a better one. */
export interface EncodedBody {
  body: BodyInit;
  mediaType?: string | undefined;
}

const formPattern = /^application\/x-www-form-urlencoded\b/i;
const multipartPattern = /^multipart\//i;

/**
 * Encodes a request body for its media type: JSON, a form, or parts. What is encoded already, as a `FormData`, a `Blob`
 * or a stream, goes out as it is.
 *
 * @param styles how the fields of a form are written
 * @throws {TypeError} for an object in a media type that can't be made of one, such as XML
 * @throws {UrlError} for a field that is nested deeper than its style can carry
 */
export async function encodeBody(
  body: unknown,
  mediaType: string | undefined,
  styles: ValueStyles | undefined,
): Promise<EncodedBody> {
  if (mediaType !== undefined && isJson(mediaType)) {
    return { body: JSON.stringify(body), mediaType };
  }
  if (!isObject(body)) {
    return { body: body as string, mediaType: mediaType?.includes('*') ? undefined : mediaType };
  }
  if (isReady(body)) {
    // Of parts, fetch alone knows the boundary; of a range, as `image/*`, the bytes know the type.
    const isOwn = body instanceof FormData || mediaType?.includes('*');
    const ownType = body instanceof Blob && body.type !== '' ? body.type : 'application/octet-stream';
    return { body, mediaType: !isOwn ? mediaType : body instanceof FormData ? undefined : ownType };
  }
  if (mediaType !== undefined && formPattern.test(mediaType)) {
    // Most forms are flat: lists, objects and styles are loaded where there are some.
    const isFlat = styles === undefined && !Object.values(body).some(isObject);
    const pairs = isFlat
      ? Object.entries(body).filter(([, value]) => value !== undefined && value !== null)
      : (await import('./forms.ts')).listFormPairs(body, styles);
    return { body: new URLSearchParams(pairs).toString(), mediaType };
  }
  if (mediaType !== undefined && multipartPattern.test(mediaType)) {
    return (await import('./forms.ts')).encodeMultipart(body, mediaType, styles);
  }
  throw new TypeError(
    `Cannot write an object as ${mediaType ?? 'a body that the spec does not document'}: give the body as a string.`,
  );
}

function isReady(body: object): body is Exclude<BodyInit, string> {
  return (
    body instanceof FormData ||
    body instanceof URLSearchParams ||
    body instanceof Blob ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body) ||
    'getReader' in body
  );
}
