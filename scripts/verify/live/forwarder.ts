import { randomUUID } from 'node:crypto';
import {
  type IncomingMessage,
  type RequestListener,
  request as requestHttp,
  type ServerResponse,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { Replacement } from '../../cli/config.ts';
import { awaitAnswer, UnusableAnswer } from '../../http/forwarder.ts';
import { isFormType } from '../../http/media-types.ts';
import { maxBodyBytes } from '../../http/message.ts';
import { openServer } from '../../http/server.ts';
import { interactionHeader, type Replay } from '../../pact/verifier/replay.ts';
import { listSecrets } from '../../secrets/exchange.ts';
import type { LogMask } from '../../secrets/placeholders.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { GuardedRequest } from './guard.ts';
import type { PlannedReplay } from './plan.ts';

/** A server on this machine that sends each request on to the provider, with credentials. */
export interface Forwarder extends AsyncDisposable {
  url: string;
  /** What the verifier is to replay on it. */
  replays: readonly Replay[];
  /** Why a request got no response, by the place of its interaction in the pact. */
  unanswered: ReadonlyMap<number, string>;
}

// Each is looked for in several encodings, in all that is printed.
const maxSecrets = 10_000;

/**
 * Opens a server that the verifier replays interactions on. It puts the credentials in, so that neither the verifier
 * nor the pact which is written for it ever has them, and has the secrets of the answers hidden.
 *
 * Each request is sent on once, and only with the key that the verifier was given: other programs on this machine
 * get nothing.
 */
export async function openForwarder(
  planned: readonly PlannedReplay[],
  provider: Provider,
  { mask, secrets }: Hiding,
): Promise<Forwarder> {
  const waiting = new Map(planned.map((replay) => [randomUUID() as string, replay]));
  const replays = [...waiting].map(([key, { interaction }]) => ({
    index: interaction.index,
    headers: { [interactionHeader]: key },
  }));
  const unanswered = new Map<number, string>();
  const answerIncoming = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const replay = take(waiting, String(incoming.headers[interactionHeader]));
    if (replay === undefined) {
      response.writeHead(403).end();
      return;
    }
    try {
      const answer = await forward(incoming, replay, provider);
      hideSecrets(answer, { mask, secrets });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    } catch (error) {
      unanswered.set(replay.interaction.index, (error as Error).message);
      response.destroy();
    }
  };
  const listener: RequestListener = (incoming, response) => {
    // Whatever can't be written must not end the process: the verifier's connection is what ends.
    answerIncoming(incoming, response).catch(() => response.destroy());
  };
  const { timeoutMs } = provider;
  const { url, close } = await openServer(listener, {
    host: '127.0.0.1',
    port: 0,
    requestTimeoutMs: timeoutMs,
  });
  return { url, replays, unanswered, [Symbol.asyncDispose]: close };
}

function take(waiting: Map<string, PlannedReplay>, key: string): PlannedReplay | undefined {
  const replay = waiting.get(key);
  waiting.delete(key);
  return replay;
}

async function forward(
  incoming: IncomingMessage,
  { replacement, findObjection }: PlannedReplay,
  provider: Provider,
): Promise<ProviderAnswer> {
  const { method = 'GET', url: target = '/' } = incoming;
  const { [interactionHeader]: key, ...headers } = incoming.headers;
  const request = editRequest({ target, headers, body: await buffer(incoming) }, replacement);
  // The pact was checked, but its generators can have the verifier send something else.
  const objection = findObjection(toGuarded(method, request));
  if (objection !== undefined) {
    throw new Error(`no response: it was not sent, because ${objection}`);
  }
  return sendRequest({ ...request, method }, provider);
}

function toGuarded(method: string, { target, headers, body }: OutgoingRequest): GuardedRequest {
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  const listNames = (pairs: string): string[] => [...new URLSearchParams(pairs).keys()];
  return {
    method: method.toLowerCase(),
    path,
    headerNames: Object.keys(headers),
    queryNames: listNames(query),
    formNames: body.length === 0 || isForm(headers) ? listNames(body.toString()) : undefined,
  };
}

/** What hides the secrets of answers from all that is printed. */
export interface Hiding {
  mask: LogMask;
  secrets: Secrets;
}

function hideSecrets({ headers, body }: ProviderAnswer, { mask, secrets }: Hiding): void {
  const pairs = Object.entries(headers).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const mediaType = headers['content-type']?.[0] ?? '';
  const found = listSecrets(secrets, { headers: pairs, body, mediaType });
  if (found.size > maxSecrets) {
    throw new Error(`no response that can be shown: it holds more than ${maxSecrets} tokens`);
  }
  found.forEach(mask.hide);
}

/** What a provider answered. */
interface ProviderAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string[]>;
  body: Buffer;
}

/** Where to send requests, and how long to wait for the end of an answer. */
export interface Provider {
  /** With the path that goes before that of a request, if any. */
  baseUrl: URL;
  timeoutMs: number;
}

// RFC 9110, section 7.6.1: these are of one connection. The length is counted anew, and a compressed body would hide
// its secrets from who is to hide them.
const notSentOn = [
  'accept-encoding',
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
];

/**
 * Sends a request as it is, follows no redirect, and reads the whole answer, of 10 MiB at most.
 *
 * @throws {Error} whose message says why there is no response; it may hold secrets
 */
async function sendRequest(
  request: OutgoingRequest & { method: string },
  { baseUrl, timeoutMs }: Provider,
): Promise<ProviderAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await exchange(request, baseUrl, signal);
  } catch (cause) {
    const reason = signal.aborted ? ` within ${timeoutMs / 1000} s` : `: ${describeFailure(cause)}`;
    throw new Error(`no response${reason}`, { cause });
  }
}

function describeFailure(cause: unknown): string {
  const { message } = cause as Error;
  return cause instanceof UnusableAnswer ? `the server ${message}` : message;
}

async function exchange(
  { method, target, headers, body }: OutgoingRequest & { method: string },
  baseUrl: URL,
  signal: AbortSignal,
): Promise<ProviderAnswer> {
  const send = baseUrl.protocol === 'https:' ? requestHttps : requestHttp;
  const path = baseUrl.pathname.replace(/\/$/, '') + target;
  const length = body.length > 0 ? { 'content-length': body.length } : {};
  const sent = { ...dropHeaders(headers), ...length };
  const outgoing = send(new URL(baseUrl.origin), { method, path, headers: sent, signal });
  outgoing.end(body);
  const answer = await awaitAnswer(outgoing);
  return {
    status: answer.statusCode ?? 0,
    headers: dropHeaders(answer.headersDistinct) as ProviderAnswer['headers'],
    body: await readWithinLimit(answer),
  };
}

async function readWithinLimit(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer) {
    length += chunk.length;
    if (length > maxBodyBytes) {
      throw new Error(`the body is larger than ${maxBodyBytes / 1024 / 1024} MiB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function dropHeaders<Value>(headers: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !notSentOn.includes(name)));
}

/** A request on its way to the provider. */
interface OutgoingRequest {
  /** Path and query. */
  target: string;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/**
 * Puts values into a request where the pact has values of the same names; adds none, and leaves all else as it is.
 */
export function editRequest(request: OutgoingRequest, replacement: Replacement): OutgoingRequest {
  const { target, headers, body } = request;
  const [path = '', query] = target.split(/\?(.*)/s);
  const search = query === undefined ? '' : `?${replacePairs(query, replacement.query)}`;
  return {
    target: (replacement.path ?? path) + search,
    headers: { ...headers, ...pickPresent(replacement.headers, headers) },
    body: isForm(headers) ? Buffer.from(replacePairs(body.toString(), replacement.form)) : body,
  };
}

/** Tells whether the body of a request is a form. */
function isForm(headers: OutgoingRequest['headers']): boolean {
  return isFormType(String(headers['content-type']).trimStart());
}

function pickPresent(values: Replacement['headers'] = {}, headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in headers));
}

function replacePairs(text: string, values: Readonly<Record<string, string>> = {}): string {
  return text
    .split('&')
    .map((pair) => {
      const [name = ''] = new URLSearchParams(pair).keys();
      return Object.hasOwn(values, name)
        ? `${pair.split('=')[0]}=${encodeURIComponent(values[name] ?? '')}`
        : pair;
    })
    .join('&');
}
