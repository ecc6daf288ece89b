import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** What the mock sends back. An empty `body` stays empty on the wire. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Makes a signal that aborts once an answer is written, or its client has gone.
 */
export function abortOnClose(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  if (response.destroyed) {
    controller.abort();
  }
  return controller.signal;
}

/**
 * Writes an answer, unless the client has gone.
 *
 * @param further headers that don't belong to the answer itself, such as those of CORS
 */
export function writeAnswer(response: ServerResponse, answer: Answer, further: OutgoingHttpHeaders): void {
  if (response.destroyed || response.headersSent) {
    return;
  }
  // RFC 9110, section 8.6: no length with a 204 or a 304. With HEAD, Node would not count it by itself.
  const length = [204, 304].includes(answer.status)
    ? {}
    : { 'content-length': Buffer.byteLength(answer.body) };
  response.writeHead(answer.status, { ...length, ...answer.headers, ...further });
  response.end(answer.body);
}
