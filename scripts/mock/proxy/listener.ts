import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Exchange } from '../../har/entry.ts';
import { openRecorder, type Recorder } from '../../har/recorder.ts';
import {
  decodeBody,
  type ForwardedRequest,
  forward,
  type Upstream,
  type UpstreamAnswer,
} from '../../http/forwarder.ts';
import {
  abortOnClose,
  type RawRequest,
  RequestProblem,
  readBody,
  toProblemAnswer,
  toWireHeaders,
  writeAnswer,
} from '../../http/message.ts';
import { answerPreflight, openServer, ownFolder } from '../../http/server.ts';
import { formatTitle } from '../../openapi/document.ts';
import { createRequestMask } from '../../secrets/exchange.ts';
import { createSecrets, type Secrets } from '../../secrets/secrets.ts';
import { answerAdmin } from '../control/admin.ts';
import { type Control, createControl } from '../control/control.ts';
import { listViolations } from '../engine/answer.ts';
import type { Prism } from '../engine/library.ts';
import { createPrism } from '../engine/prism.ts';
import type { ServedSpec } from '../engine/spec.ts';
import { describeViolations, judge } from './judge.ts';
import type { ProxySettings, ValidationProxy } from './settings.ts';

/**
 * Serves a proxy, with a spec that is read already.
 *
 * @throws {SetupError} for a spec that Prism can't load, for a host or a port that cannot be bound, and for a recording
 *   that could not be written
 */
export async function serveProxy(
  spec: ServedSpec,
  baseUrl: URL,
  settings: Omit<ProxySettings, 'target' | 'specFile'>,
): Promise<ValidationProxy> {
  const { targetTimeoutMs = 30_000, recordFile, tell = () => {} } = settings;
  const recorder = recordFile === undefined ? undefined : openRecorder(recordFile, spec.document, baseUrl);
  const prism = createPrism(spec.document, spec.operations);
  const control = createControl(spec.document, settings);
  const upstream = { baseUrl, timeoutMs: targetTimeoutMs };
  const secrets = createSecrets(spec.document);
  const hide = createRequestMask(secrets);
  const listener = createProxyListener({ prism, control, upstream, recorder, hide, secrets, tell });
  const server = await openServer(listener, settings);
  const close = closeOnce(server.close, recorder, tell);
  return {
    url: server.url,
    title: formatTitle(spec.document),
    target: baseUrl.href.replace(/\/$/, ''),
    journal: control.journal.list,
    clearJournal: control.journal.clear,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function closeOnce(
  closeServer: () => Promise<void>,
  recorder: Recorder | undefined,
  tell: (line: string) => void,
): () => Promise<void> {
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await closeServer();
    recorder?.save(tell);
  };
  return () => {
    closed ??= close();
    return closed;
  };
}

/** What a proxy is made of. */
export interface ProxyParts {
  prism: Prism;
  control: Control;
  upstream: Upstream;
  recorder: Recorder | undefined;
  /** Masks the secrets of a request for the journal. */
  hide: (request: RawRequest) => RawRequest;
  /** What the lines must not show. */
  secrets: Secrets;
  /** Is given a line for each violation. */
  tell: (line: string) => void;
}

/**
 * Builds the listener of a `node:http` server: read the request, forward it, have both judged, write the real answer.
 * Nothing that a client or the real server sends ends the process.
 */
export function createProxyListener(parts: ProxyParts): RequestListener {
  return (incoming, response) => {
    // Whatever can't be written must not end the process: the client's connection is what ends.
    answerIncoming(incoming, response, parts).catch(() => response.destroy());
  };
}

async function answerIncoming(
  incoming: IncomingMessage,
  response: ServerResponse,
  parts: ProxyParts,
): Promise<void> {
  const { method = 'GET', url: target = '/', headers, rawHeaders } = incoming;
  const bodies = { body: Buffer.of(), decodedBody: undefined };
  const request: ForwardedRequest = { method, target, headers, rawHeaders, ...bodies };
  try {
    request.body = await readBody(incoming);
    request.decodedBody = decodeBody(request.body, headers['content-encoding']);
    if (target.startsWith(ownFolder)) {
      writeAnswer(response, answerProxyAdmin(request, parts.control), {});
    } else {
      await answerByUpstream(request, response, parts);
    }
  } catch (error) {
    refuse(request, response, parts, error);
  }
}

async function answerByUpstream(
  request: ForwardedRequest,
  response: ServerResponse,
  parts: ProxyParts,
): Promise<void> {
  const startedAt = new Date();
  const answer = await forward(request, parts.upstream, abortOnClose(response));
  if (answerPreflight(request.method, request.headers) !== undefined) {
    // A browser's question before a call: no call itself.
    await writeForwarded(response, answer, {});
    return;
  }
  const { headers, lines } = await examine({ startedAt, request, answer }, parts);
  lines.forEach(parts.tell);
  await writeForwarded(response, answer, headers);
}

/** What came of the validation: headers for the client, and lines about the violations. */
interface Examined {
  headers: Record<string, string>;
  lines: string[];
}

async function examine(
  exchange: Exchange,
  { prism, control, hide, recorder, secrets }: ProxyParts,
): Promise<Examined> {
  const { request, answer } = exchange;
  const violations = listViolations(await judge(prism, request, answer));
  const { status } = answer;
  const lines: string[] = [];
  const steps = {
    journalled: () => control.journal.add(hide(toShown(request)), { status, violations }),
    recorded: () => recorder?.add(exchange),
    described: () => {
      const operationId = control.findOperation(request);
      lines.push(...describeViolations(violations ?? [], { request, status, operationId }, secrets));
    },
  };
  for (const [name, step] of Object.entries(steps)) {
    try {
      step();
    } catch (error) {
      // The real server has done what was asked, and the client must learn of it. Message and target can hold secrets.
      const { name: reason } = error as Error;
      lines.push(`error: ${request.method} ${status}: The exchange cannot be ${name}: ${reason}.`);
    }
  }
  return { headers: toWireHeaders({ headers: {}, violations }), lines };
}

async function writeForwarded(
  response: ServerResponse,
  { status, statusText, passedHeaders, body, rest }: UpstreamAnswer,
  further: Record<string, string>,
): Promise<void> {
  // Without one of the real server's, there is none.
  response.sendDate = false;
  response.writeHead(status, statusText, [...passedHeaders, ...Object.entries(further)].flat());
  if (rest === undefined) {
    response.end(body);
    return;
  }
  response.write(body);
  await pipeline(rest, response);
}

function refuse(
  request: ForwardedRequest,
  response: ServerResponse,
  { control, hide }: ProxyParts,
  error: unknown,
): void {
  if (response.headersSent || response.destroyed) {
    // The client has gone, or the connection is cut, so that half an answer doesn't look whole.
    response.destroy();
    return;
  }
  const answer = toProblemAnswer(error instanceof RequestProblem ? error : describeFault(error));
  if (!request.target.startsWith(ownFolder)) {
    control.journal.add(hide(toShown(request)), answer);
  }
  writeAnswer(response, answer, {});
}

// The message of what nobody foresaw can quote the answer.
function describeFault(error: unknown): RequestProblem {
  return new RequestProblem(500, `The proxy failed: ${(error as Error).name}.`, { cause: error });
}

function toShown({ decodedBody, body, ...request }: ForwardedRequest): RawRequest {
  return { ...request, body: decodedBody ?? body };
}

const adminNames: readonly string[] = ['health', 'journal'];

// What else the mock can be told is about its own answers, of which a proxy has none.
function answerProxyAdmin(request: RawRequest, control: Control): ReturnType<typeof answerAdmin> {
  const name = request.target.slice(ownFolder.length).split('?')[0] ?? '';
  if (!adminNames.includes(name)) {
    throw new RequestProblem(404, `A proxy has no such page. It has ${adminNames.join(' and ')}.`);
  }
  return answerAdmin(request, control);
}
