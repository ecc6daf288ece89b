import type { EncodedBody } from './forms.ts';
import type { ValueStyles } from './operation.ts';
import { isForm, isJson, isObject, tools } from './values.ts';

/**
 * Encodes a request body for its media type. What few calls need is loaded by them.
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
  if (isJson(mediaType)) {
    return { body: JSON.stringify(body), mediaType };
  }
  if (!isObject(body)) {
    // For a range, such as `text/*`, fetch chooses the type.
    return { body: body as string, mediaType: mediaType?.includes('*') ? undefined : mediaType };
  }
  if (isForm(mediaType) && styles === undefined && isFlat(body)) {
    const fields = Object.entries(body).filter(([, value]) => value !== undefined && value !== null);
    return { body: new URLSearchParams(fields).toString(), mediaType };
  }
  return (await import('./forms.ts')).encodeObject(body, mediaType, styles, tools);
}

function isFlat(body: object): boolean {
  return Object.getPrototypeOf(body) === Object.prototype && !Object.values(body).some(isObject);
}
