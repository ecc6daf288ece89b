import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { openServer } from '../../mock/open-server.ts';
import { collectHeaderSecrets, collectSecrets } from '../secrets/collect-secrets.ts';
import type { Mask } from '../secrets/create-mask.ts';
import { indexOf, interactionHeader, type Replay } from '../verifier/narrow-pact.ts';
import { editRequest, isForm, type OutgoingRequest } from './edit-request.ts';
import type { PlannedReplay } from './plan-replays.ts';
import type { GuardedRequest } from './request-guard.ts';
import { type Provider, type ProviderAnswer, sendRequest } from './send-request.ts';

/** A server on this machine that sends each request on to the provider, with credentials. */
export interface Forwarder extends AsyncDisposable {
  url: string;
  /** What the verifier is to replay on it. */
  replays: readonly Replay[];
  /** Why a request got no answer, by the place of its interaction in the pact. */
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
  mask: Mask,
): Promise<Forwarder> {
  const waiting = new Map(planned.map((replay) => [randomUUID() as string, replay]));
  const replays = [...waiting].map(([key, { interaction }]) => ({
    index: indexOf(interaction),
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
      writeAnswer(response, await forward(incoming, replay, provider), mask);
    } catch (error) {
      unanswered.set(indexOf(replay.interaction), (error as Error).message);
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
    throw new Error(`no answer: it was not sent, because ${objection}`);
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

function writeAnswer(response: ServerResponse, { status, headers, body }: ProviderAnswer, mask: Mask): void {
  const ofHeaders = Object.entries(headers).flatMap(([name, values]) =>
    values.flatMap((value) => collectHeaderSecrets(name, value)),
  );
  const secrets = new Set([...collectSecrets(body.toString()), ...ofHeaders]);
  if (secrets.size > maxSecrets) {
    throw new Error(`no answer that can be shown: it holds more than ${maxSecrets} tokens`);
  }
  secrets.forEach(mask.hide);
  response.writeHead(status, headers).end(body);
}
