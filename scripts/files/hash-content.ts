import { createHash } from 'node:crypto';

/**
 * Computes the SHA-256 of a text or of bytes, in hexadecimal: what tells one content from another.
 */
export function hashContent(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
