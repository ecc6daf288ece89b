import { Agent, type IncomingMessage, request as openRequest } from 'node:http';

/** A request as it goes over the wire. */
export interface WireRequest {
  method: string;
  /** The request target: a path with its query, mostly. */
  target: string;
  /** Pairs, since a header can come twice. Host and length are added. */
  headers: [name: string, value: string][];
  /** One character a byte. */
  body: string;
  /** Sends the body in chunks, without a length. */
  isChunked?: boolean;
}

/** What came back: a whole answer, or `none` when the connection was cut or nothing came in time. */
export type WireAnswer = { status: number; headers: Record<string, string>; body: string } | 'none';

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/**
 * Sends a request over a connection that is kept alive.
 *
 * @param timeoutMs how long to wait for the whole answer
 */
export function exchange(origin: string, request: WireRequest, timeoutMs = 10_000): Promise<WireAnswer> {
  const { hostname, port } = new URL(origin);
  const { method, target: path } = request;
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = openRequest({ agent, hostname, port, method, path, headers: listHeaders(request), signal });
    sent.once('error', () => resolve('none'));
    sent.once('response', (response) => readAnswer(response).then(resolve, () => resolve('none')));
    sent.end(request.body, 'latin1');
  });
}

function listHeaders({ headers, body, isChunked = false }: WireRequest): string[] {
  const framing = isChunked ? ['transfer-encoding', 'chunked'] : ['content-length', String(body.length)];
  return ['host', 'mock.test', ...headers.flat(), ...(body === '' ? [] : framing)];
}

async function readAnswer(response: IncomingMessage): Promise<WireAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    chunks.push(chunk);
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('latin1'),
  };
}
