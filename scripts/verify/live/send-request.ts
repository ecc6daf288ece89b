import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { awaitAnswer, UnusableAnswer } from '../../mock/await-answer.ts';
import { maxBodyBytes } from '../../mock/read-body.ts';
import type { OutgoingRequest } from './edit-request.ts';

/** What a provider answered. */
export interface ProviderAnswer {
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
 * @throws {Error} whose message says why there is no answer; it may hold secrets
 */
export async function sendRequest(
  request: OutgoingRequest & { method: string },
  { baseUrl, timeoutMs }: Provider,
): Promise<ProviderAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await exchange(request, baseUrl, signal);
  } catch (cause) {
    const reason = signal.aborted ? ` within ${timeoutMs / 1000} s` : `: ${describeFailure(cause)}`;
    throw new Error(`no answer${reason}`, { cause });
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
