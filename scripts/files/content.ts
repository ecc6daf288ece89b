import { createHash } from 'node:crypto';

/**
 * Returns the SHA-256 of a text or of bytes, in hexadecimal.
 */
export function hashContent(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
