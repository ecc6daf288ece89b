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
export function readBody(request: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Its events, since an iterator costs as much as all else that is done for a remembered answer.
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('close', () => {
      if (!request.readableEnded) {
        reject(new Error('The connection broke before the end of the body.'));
      }
    });
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBodyBytes) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
      }
    });
    request.on('end', () => {
      if (length <= maxBodyBytes) {
        resolve(Buffer.concat(chunks));
      } else {
        reject(new RequestProblem(413, `The body has ${length} bytes, expected ${maxBodyBytes} at most.`));
      }
    });
  });
}
