import type { BodyKind } from '../generated/operations.ts';
import { CallError, type FailedCall } from './errors.ts';

/**
 * Encodes a request body for its media type. In a form, fields that are `undefined` are left out.
 */
export function encodeBody(body: unknown, mediaType: string | undefined): BodyInit {
  if (mediaType === 'application/x-www-form-urlencoded') {
    const fields = Object.entries(body as object).filter(([, value]) => value !== undefined);
    return new URLSearchParams(fields as [string, string][]).toString();
  }
  return mediaType?.includes('json') ? JSON.stringify(body) : (body as BodyInit);
}

/**
 * Reads a response body as the spec documents it; `none` drops whatever was sent. Resolves to a `CallError`
 * `unreadable_body` when the body is not valid JSON where JSON is documented.
 *
 * @throws {unknown} what the engine throws when the body breaks off
 */
export async function readBody(response: Response, kind: BodyKind, call: FailedCall): Promise<unknown> {
  if (kind === 'none') {
    await response.body?.cancel();
    return undefined;
  }
  if (kind !== 'json') {
    return response[kind]();
  }
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the text, which can hold a token.
    const what = `answered ${response.status}, but its body of ${text.length} characters is not valid JSON.`;
    return new CallError('unreadable_body', call, what);
  }
}
