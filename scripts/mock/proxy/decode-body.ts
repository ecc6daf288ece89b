import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { maxBodyBytes } from '../read-body.ts';

type Decode = (bytes: Buffer) => Buffer;

const limits = { maxOutputLength: maxBodyBytes };

const decoders: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['identity', (bytes) => bytes],
  ['gzip', (bytes) => gunzipSync(bytes, limits)],
  ['x-gzip', (bytes) => gunzipSync(bytes, limits)],
  ['deflate', (bytes) => inflateSync(bytes, limits)],
  ['br', (bytes) => brotliDecompressSync(bytes, limits)],
  ['zstd', (bytes) => zstdDecompressSync(bytes, limits)],
]);

/**
 * Decodes a copy of a body for those that look into it.
 *
 * @param contentEncoding the header, the coding that was applied last being the last
 * @returns `undefined` for a coding that is not known, bytes that don't decode, and more than `maxBodyBytes`
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4
 */
export function decodeBody(bytes: Buffer, contentEncoding = ''): Buffer | undefined {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter(Boolean);
  try {
    return codings.reduceRight<Buffer | undefined>(
      (decoded, coding) => decoded && decoders.get(coding)?.(decoded),
      bytes,
    );
  } catch {
    return undefined;
  }
}
