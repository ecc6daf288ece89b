import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type {
  IncomingHttpHeaders,
  OutgoingHttpHeaders,
  RequestListener,
  Server,
  ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../cli/command.ts';
import { type Answer, http, violationsHeader } from './message.ts';

/** The folder of a server's own paths, by which it is watched and steered. */
export const ownFolder = '/__mock__/';

/** The files of a certificate, in PEM. */
export interface CertificateFiles {
  certificate: string;
  privateKey: string;
}

/** Where a server listens, and for how long it waits for a client. */
export interface ServerSettings {
  /** Default: 0, which picks a free one. */
  port?: number;
  /** The name or the address to listen on. Default: `127.0.0.1`, which this machine alone reaches. */
  host?: string;
  /**
   * Further names that clients may call the server's own paths by, below `/__mock__/`, such as that of a service in a
   * cluster. Default: none, which leaves `localhost`, IP addresses and `host`.
   */
  allowedHosts?: readonly string[] | undefined;
  /** How long a client may take to send one request, in milliseconds. Default: 10,000. */
  requestTimeoutMs?: number;
  /** Files in PEM, to serve HTTPS with. Default: HTTP. */
  tls?: CertificateFiles | undefined;
}

/** A server that listens. */
export interface OpenServer {
  /** Without a trailing slash. */
  url: string;
  /** Closes the server within moments: open connections are cut, also those with half a request. */
  close: () => Promise<void>;
  /** Closes the server once the requests that are being answered have ended, for which they have `timeoutMs` at most. */
  drain: (timeoutMs: number) => Promise<void>;
}

/**
 * Opens an HTTP server. It drops a client that takes longer than `requestTimeoutMs` to send a request.
 *
 * @throws {SetupError} that names host and port where they cannot be bound, and a certificate that can't be used
 */
export async function openServer(listener: RequestListener, settings: ServerSettings): Promise<OpenServer> {
  const { port = 0, host = '127.0.0.1', requestTimeoutMs = 10_000, tls } = settings;
  const options = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    // Node looks for late requests every 30 s only.
    connectionsCheckingInterval: Math.min(requestTimeoutMs, 1000),
  };
  const answering = new Set<ServerResponse>();
  const track: RequestListener = (request, response) => {
    answering.add(response);
    response.once('close', () => answering.delete(response));
    listener(request, response);
  };
  const server =
    tls === undefined
      ? http.createServer(options, track)
      : process
          .getBuiltinModule('node:https')
          .createServer({ ...options, ...readCertificate(tls), handshakeTimeout: requestTimeoutMs }, track);
  const sockets = trackSockets(server);
  // Each can hold a body of 10 MiB for as long as a client may take.
  server.maxConnections = 1000;
  try {
    await once(server.listen(port, host), 'listening');
  } catch (cause) {
    throw new SetupError(describeFailure(cause as NodeJS.ErrnoException, port, host), { cause });
  }
  return {
    url: formatUrl(tls === undefined ? 'http' : 'https', host, (server.address() as AddressInfo).port),
    close: () => closeServer(server, sockets),
    drain: (timeoutMs) => closeServer(server, sockets, awaitAnswers(answering, timeoutMs)),
  };
}

function readCertificate({ certificate, privateKey }: CertificateFiles): { cert: Buffer; key: Buffer } {
  try {
    const pair = { cert: readFileSync(certificate), key: readFileSync(privateKey) };
    process.getBuiltinModule('node:tls').createSecureContext(pair);
    return pair;
  } catch (cause) {
    throw new SetupError(
      `Cannot serve HTTPS with ${certificate} and ${privateKey}: ${(cause as Error).message}. ` +
        'Expected a certificate and its private key, in PEM.',
      { cause },
    );
  }
}

// Node's own list lacks the connections that have not finished their TLS handshake.
function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

async function closeServer(
  server: Server,
  sockets: ReadonlySet<Socket>,
  drained?: Promise<unknown>,
): Promise<void> {
  // The only error is that the server has been closed already.
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await drained;
  for (const socket of sockets) {
    socket.destroy();
  }
  await closed;
}

/** Resolves once the answers under way have been sent, or the time is over. */
function awaitAnswers(answering: ReadonlySet<ServerResponse>, timeoutMs: number): Promise<unknown> {
  // Of requests that came one behind the other on a connection, the last is answered last.
  const lastOfEach = new Map([...answering].map((response) => [response.req.socket, response]));
  const sent = [...lastOfEach].map(async ([socket, response]) => {
    if (!response.headersSent) {
      response.setHeader('connection', 'close');
    }
    await once(response, 'close');
    // What the client has not yet read must reach it.
    socket.destroySoon();
    await (socket.closed || once(socket, 'close'));
  });
  const timer = new AbortController();
  const timeOver = delay(timeoutMs, undefined, { signal: timer.signal }).catch(() => {});
  return Promise.race([Promise.allSettled(sent), timeOver]).finally(() => timer.abort());
}

function describeFailure({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  const place = `${host} port ${port}`;
  if (code === 'EADDRINUSE') {
    return `Cannot listen on ${place}: it is in use. Stop what uses it, or pick a free one with --port 0.`;
  }
  if (code === 'EACCES') {
    return `Cannot listen on ${place}: that is not permitted. Pick a free one with --port 0.`;
  }
  return `Cannot listen on ${place}: ${message}. Take an address of this machine, such as --host 127.0.0.1.`;
}

function formatUrl(scheme: string, host: string, port: number): string {
  // A wildcard address is one to listen on, not one to go to.
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return new URL(`${scheme}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`).origin;
}

/**
 * Builds the headers that let a page of any origin read an answer, with credentials too.
 *
 * The Fetch standard takes no wildcard together with credentials: the origin is echoed, and the answer's
 * headers are exposed by name.
 *
 * @see https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
 */
export function corsHeaders(request: IncomingHttpHeaders, answer: Answer): OutgoingHttpHeaders {
  if (request.origin === undefined) {
    return { 'access-control-allow-origin': '*' };
  }
  const names = [
    ...Object.keys(answer.headers),
    ...(answer.violations === undefined ? [] : [violationsHeader]),
  ];
  const exposed = names.join(', ');
  return {
    'access-control-allow-origin': request.origin,
    'access-control-allow-credentials': 'true',
    vary: 'Origin',
    ...(exposed === '' ? {} : { 'access-control-expose-headers': exposed }),
  };
}

/**
 * Answers a browser's preflight: 204 that allows what it asks for. `undefined` for any other request.
 */
export function answerPreflight(method: string, request: IncomingHttpHeaders): Answer | undefined {
  const requestedMethod = request['access-control-request-method'];
  if (method !== 'OPTIONS' || request.origin === undefined || requestedMethod === undefined) {
    return undefined;
  }
  const requestedHeaders = request['access-control-request-headers'];
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': requestedMethod,
      ...(requestedHeaders === undefined ? {} : { 'access-control-allow-headers': requestedHeaders }),
      // Against RFC 9110, section 8.6: Safari waits for a body otherwise, as expressjs/cors found out.
      'content-length': '0',
    },
    body: '',
  };
}

/**
 * Parses the URL of a server that credentials may be sent to: https, or on this machine http, with a path at most.
 *
 * @param option the option that named it, for the message
 * @throws {SetupError} that says what is wrong with it
 */
export function parseServerUrl(option: string, text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new SetupError(`${option} is not a URL, expected one such as https://api.example.com.`);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new SetupError(
      `${option} holds more than a host and a path. Credentials come from the environment.`,
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new SetupError(
      `${option} is ${url.origin}, expected https: credentials would cross the network in the clear. ` +
        'Only servers on this machine may do with http.',
    );
  }
  return url;
}

// RFC 6761, section 6.3, and RFC 5735, section 3.
function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
