import type { Readable } from 'node:stream';
import { RequestProblem } from './problem.ts';

/** Prism's own limit: ten MiB. */
export const maxBodyBytes: number = 10 * 1024 * 1024;

/**
 * Reads a request's body to its end.
 *
 * What goes beyond the limit is read and thrown away: Node resets a connection with unread data, and the client
 * would not see the answer.
 *
 * @throws {RequestProblem} 413 for more than `maxBodyBytes`
 * @throws {Error} where the connection breaks before the end
 */
export async function readBody(request: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= maxBodyBytes) {
      chunks.push(chunk);
    } else {
      chunks.length = 0;
    }
  }
  if (length > maxBodyBytes) {
    throw new RequestProblem(413, `The body has ${length} bytes, expected ${maxBodyBytes} at most.`);
  }
  return Buffer.concat(chunks);
}
