import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Answer } from '../answer.ts';
import type { Fault } from './forced.ts';

/**
 * Lets an answer go wrong on its way, so that a client can be tried with it.
 *
 * @param further headers that don't belong to the answer itself, such as those of CORS
 */
export function writeFault(
  response: ServerResponse,
  answer: Answer,
  further: OutgoingHttpHeaders,
  fault: Fault,
): void {
  const { socket } = response;
  switch (fault) {
    case 'connection-reset':
      socket?.resetAndDestroy();
      break;
    case 'empty-answer':
      socket?.end();
      break;
    case 'truncated-body':
      response.writeHead(answer.status, {
        ...answer.headers,
        ...further,
        'content-length': Buffer.byteLength(answer.body) + 1,
      });
      response.write(answer.body.slice(0, Math.floor(answer.body.length / 2)), () => socket?.destroy());
      break;
    case 'never-answers':
      // Closing the mock cuts the connection.
      break;
  }
}
