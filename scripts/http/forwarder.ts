import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { listPassedHeaders, type RawHeader } from './headers.ts';
import { maxBodyBytes, type RawRequest, RequestProblem } from './message.ts';

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

/** An answer that nobody can pass on. Its message is a predicate, such as `sent the status 99`, and holds no secret. */
export class UnusableAnswer extends Error {}

// One or two are common, a 100 and a 103.
const maxInterimAnswers = 100;

/**
 * Waits for the head of the answer to a request. `once(outgoing, 'response')` would wait for ever for a server that
 * switches to another protocol: Node.js then closes the connection without an error.
 *
 * @throws {UnusableAnswer} for a status below 200 or above 999, 101 among them, for interim answers without an end, and
 *   for a connection that closes before
 * @throws {Error} where the connection fails
 */
export function awaitAnswer(outgoing: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string): void => {
      reject(new UnusableAnswer(reason));
      outgoing.destroy();
    };
    const check = (answer: IncomingMessage): void => {
      const { statusCode = 0 } = answer;
      if (statusCode >= 200 && statusCode <= 999) {
        resolve(answer);
      } else {
        refuse(`sent the status ${statusCode}, expected one from 200 to 999`);
      }
    };
    countInterimAnswers(outgoing, () => refuse(`sent more than ${maxInterimAnswers} interim answers`));
    outgoing.once('response', check);
    outgoing.once('upgrade', (answer, socket) => {
      socket.destroy();
      check(answer);
    });
    outgoing.once('error', reject);
    outgoing.once('close', () => reject(new UnusableAnswer('closed the connection without an answer')));
  });
}

function countInterimAnswers(outgoing: ClientRequest, onTooMany: () => void): void {
  let count = 0;
  outgoing.on('information', () => {
    count += 1;
    if (count > maxInterimAnswers) {
      onTooMany();
    }
  });
}

/** The real server. */
export interface Upstream {
  /** With the path that goes before that of a request, if any. */
  baseUrl: URL;
  /** For how long it may be silent. */
  timeoutMs: number;
}

/** A request that is to be forwarded. */
export interface ForwardedRequest extends RawRequest {
  rawHeaders: readonly string[];
  /** The body without its Content-Encoding. Missing where it cannot be decoded. */
  decodedBody: Buffer | undefined;
}

/** What the real server answered. */
export interface UpstreamAnswer {
  status: number;
  statusText: string;
  /** As they came, without those of the connection. */
  passedHeaders: readonly RawHeader[];
  headers: IncomingHttpHeaders;
  /** The bytes as they came, compressed where the server did so. */
  body: Buffer;
  /** The body without its Content-Encoding. Missing where it cannot be decoded, or is not held whole. */
  decodedBody: Buffer | undefined;
  /** What follows the body, where that is too long to be held or has no end. */
  rest?: IncomingMessage;
}

/**
 * Sends a request on, byte for byte, to the real server and to no other, and reads its answer.
 *
 * Prism's own forwarder is no proxy in that sense: it parses bodies and writes them anew, reads any body as text,
 * follows redirects, refuses a GET with a body and answers a 501 with an example. So this one forwards, and Prism
 * judges.
 *
 * @throws {RequestProblem} 400 for a target of another server, 502 where none answers or its answer cannot be passed
 *   on, 504 where it takes too long
 */
export async function forward(
  request: ForwardedRequest,
  { baseUrl, timeoutMs }: Upstream,
  signal: AbortSignal,
): Promise<UpstreamAnswer> {
  if (!request.target.startsWith('/')) {
    // A client that takes this for a proxy to anywhere would have its credentials sent to the wrong place.
    throw new RequestProblem(
      400,
      `Found another target than a path. This proxy forwards to ${baseUrl.origin} alone.`,
    );
  }
  const silence = new AbortController();
  try {
    return await exchange(
      request,
      { baseUrl, timeoutMs },
      silence,
      AbortSignal.any([signal, silence.signal]),
    );
  } catch (cause) {
    throw silence.signal.aborted
      ? new RequestProblem(504, `${baseUrl.origin} was silent for ${timeoutMs / 1000} s.`, { cause })
      : new RequestProblem(502, describeFailure(cause, baseUrl.origin), { cause });
  }
}

function describeFailure(cause: unknown, origin: string): string {
  if (cause instanceof UnusableAnswer) {
    return `${origin} ${cause.message}.`;
  }
  // The code of a failure names no secret; its message can be empty, or quote the answer.
  const { code, name } = cause as NodeJS.ErrnoException;
  return `${origin} gives no answer: ${code ?? name}. Is it up, and is that its URL?`;
}

async function exchange(
  request: ForwardedRequest,
  { baseUrl, timeoutMs }: Upstream,
  silence: AbortController,
  signal: AbortSignal,
): Promise<UpstreamAnswer> {
  const send = baseUrl.protocol === 'https:' ? requestHttps : requestHttp;
  const path = baseUrl.pathname.replace(/\/$/, '') + request.target;
  const headers = listSentHeaders(request, baseUrl);
  // A connection each: the server can close one that is kept alive under a request, and to send that again is not safe.
  const options = {
    method: request.method,
    path,
    headers,
    signal,
    timeout: timeoutMs,
    agent: false as const,
  };
  const outgoing = send(new URL(baseUrl.origin), options);
  outgoing.once('timeout', () => silence.abort());
  // What goes wrong after the head of the answer is seen by who reads its body.
  outgoing.on('error', () => {});
  outgoing.end(request.body);
  const answer = await awaitAnswer(outgoing);
  const passedHeaders = listPassedHeaders(answer.rawHeaders);
  checkCharacters(answer, passedHeaders);
  const held = await holdBody(answer);
  if (held.rest !== undefined) {
    // A client that reads slowly lets the server wait, and a stream of events is silent at times.
    outgoing.setTimeout(0);
  }
  return {
    status: answer.statusCode ?? 0,
    statusText: answer.statusMessage ?? '',
    passedHeaders,
    headers: answer.headers,
    decodedBody: held.rest ? undefined : decodeBody(held.body, answer.headers['content-encoding']),
    ...held,
  };
}

// What Node.js reads, and would throw at when it is to write it.
function checkCharacters({ statusMessage = '' }: IncomingMessage, headers: readonly RawHeader[]): void {
  const parts: RawHeader[] = [['reason phrase', statusMessage], ...headers];
  const [name] = parts.find(([, value]) => /[^\t -~\x80-\xff]/.test(value)) ?? [];
  if (name !== undefined) {
    throw new UnusableAnswer(`sent control characters in its ${name}, which HTTP does not allow`);
  }
}

function listSentHeaders({ method, rawHeaders, body }: ForwardedRequest, { host }: URL): string[] {
  const passed = listPassedHeaders(rawHeaders).filter(
    ([name]) => !['host', 'content-length'].includes(name.toLowerCase()),
  );
  // RFC 9110, section 8.6: no length where a method has no body by nature. A chunked body has its length by now.
  const hasLength = body.length > 0 || !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'].includes(method);
  const length: RawHeader[] = hasLength ? [['Content-Length', String(body.length)]] : [];
  return [['Host', host] satisfies RawHeader, ...passed, ...length].flat();
}

async function holdBody(answer: IncomingMessage): Promise<Pick<UpstreamAnswer, 'body' | 'rest'>> {
  if (/^text\/event-stream/i.test(answer.headers['content-type'] ?? '')) {
    return { body: Buffer.of(), rest: answer };
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBodyBytes) {
      return { body: Buffer.concat(chunks), rest: answer };
    }
  }
  return { body: Buffer.concat(chunks) };
}
