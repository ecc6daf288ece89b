import { setTimeout as wait } from 'node:timers/promises';
import { type CommandContext, SetupError } from '../cli/command.ts';
import { toLine } from '../cli/finding.ts';
import { createPlaceholders } from '../secrets/placeholders.ts';
import { BrokerRefusal, type Link, listReasons, parseResource, type Resource } from './resource.ts';
import { readBrokerUrl, readRetries, readSeconds } from './settings.ts';

type Environment = CommandContext['env'];

/** A Pact Broker that was reached. */
export interface BrokerClient {
  /** Its URL, without a trailing slash. */
  url: string;
  /** Its first resource, whose links lead to all others. */
  index: Resource;
  /**
   * Calls a link of a resource and resolves to what it leads to.
   *
   * @throws {BrokerRefusal} for a request that the broker does not take, and what is not there
   * @throws {SetupError} when the broker does not respond in time, rejects the credentials, or is not a broker
   */
  call: (link: Link, request?: BrokerRequest) => Promise<Resource>;
  /** Hides the credentials in a text that the broker wrote. */
  mask: (text: string) => string;
}

/** A request to the broker. */
export interface BrokerRequest {
  /** Default: GET. */
  method?: 'GET' | 'POST' | 'PUT';
  body?: unknown;
  /** Values for the link's template. */
  values?: Readonly<Record<string, string>>;
}

/**
 * Connects to the broker that the environment names. Its credentials are sent to its own origin only.
 *
 * @throws {SetupError} when the URL is missing, no broker responds in time, or it does not take the credentials
 */
export async function connectBroker(
  { timeout }: { timeout: string },
  { env, stderr }: Pick<CommandContext, 'env' | 'stderr'>,
): Promise<BrokerClient> {
  const url = readBrokerUrl(env);
  if (url === undefined) {
    throw new SetupError('PACT_BROKER_BASE_URL is not set. Set it to the URL of your Pact Broker.');
  }
  const seconds = readSeconds(timeout);
  const retries = readRetries(env);
  const connection: Connection = { url, seconds, retries, ...readCredentials(env) };
  stderr(toLine(`Calling ${url} …`));
  const index = await send(connection, { href: url }, {}).catch((error: Error) => {
    throw error instanceof BrokerRefusal
      ? toNoBroker(connection, `it responded with ${error.status}`)
      : error;
  });
  if (index._links?.['pb:pacticipants'] === undefined) {
    throw toNoBroker(connection, 'its response is not that of a Pact Broker');
  }
  return {
    url,
    index,
    call: (link, request = {}) => send(connection, link, request),
    mask: connection.mask,
  };
}

interface Connection {
  url: string;
  /** How long a call may take, retries included. */
  seconds: number;
  retries: number;
  authorization: string | undefined;
  /** Hides the credentials in a text that the broker wrote. */
  mask: (text: string) => string;
}

function readCredentials(env: Environment): Pick<Connection, 'authorization' | 'mask'> {
  const { PACT_BROKER_TOKEN: token, PACT_BROKER_USERNAME: user, PACT_BROKER_PASSWORD: password = '' } = env;
  const pair = user ? Buffer.from(`${user}:${password}`).toString('base64') : undefined;
  const secrets = [token, password, pair].filter((secret): secret is string => Boolean(secret));
  const { replaceKnown } = createPlaceholders(new Set(secrets), new Set());
  const authorization = token ? `Bearer ${token}` : pair && `Basic ${pair}`;
  if (authorization !== undefined && !/^[\t\x20-\x7e]+$/.test(authorization)) {
    throw new SetupError('PACT_BROKER_TOKEN has a character that no HTTP header can carry. Set it again.');
  }
  return { authorization, mask: replaceKnown };
}

// The broker, or what is in front of it, may do better a moment later.
const temporaryStatuses = [408, 429, 502, 503, 504];
const temporaryFailures = ['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'UND_ERR_SOCKET'];
const firstDelayMs = 500;

async function send(connection: Connection, link: Link, request: BrokerRequest): Promise<Resource> {
  const url = resolveLink(connection, link, request.values);
  const signal = AbortSignal.timeout(connection.seconds * 1000);
  for (let attempt = 0; ; attempt += 1) {
    const isLast = attempt >= connection.retries;
    try {
      const answer = await exchange(connection, url, request, signal);
      if (isLast || !temporaryStatuses.includes(answer.status)) {
        return readAnswer(connection, answer, url);
      }
    } catch (error) {
      if (isAnswered(error)) {
        throw error;
      }
      if (isLast || signal.aborted || !isTemporary(error as Error)) {
        throw explainFailure(connection, error as Error, signal);
      }
    }
    await wait(firstDelayMs * 2 ** attempt, undefined, { signal }).catch((error: Error) => {
      throw explainFailure(connection, error, signal);
    });
  }
}

function isAnswered(error: unknown): boolean {
  return error instanceof SetupError || error instanceof BrokerRefusal;
}

function isTemporary({ cause }: Error): boolean {
  return temporaryFailures.includes((cause as NodeJS.ErrnoException | undefined)?.code ?? '');
}

// Another server must not get the credentials.
function resolveLink({ url }: Connection, { href }: Link, values: BrokerRequest['values'] = {}): URL {
  const filled = href.replaceAll(/{(\w+)}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const target = URL.parse(filled, url);
  const { origin } = new URL(url);
  if (target?.origin !== origin) {
    throw new SetupError(
      `The broker's links lead to ${target?.origin ?? 'no URL'}, and PACT_BROKER_BASE_URL to ${origin}. Set ` +
        'PACT_BROKER_BASE_URL to the URL that the broker knows of itself, or have the proxy in front of the broker send ' +
        'X-Forwarded-Host and X-Forwarded-Proto.',
    );
  }
  return target;
}

interface BrokerAnswer {
  status: number;
  mediaType: string;
  text: string;
}

const maxAnswerBytes = 64 * 1024 * 1024;

async function exchange(
  { authorization }: Connection,
  url: URL,
  { method = 'GET', body }: BrokerRequest,
  signal: AbortSignal,
): Promise<BrokerAnswer> {
  const response = await fetch(url, {
    method,
    signal,
    redirect: 'manual',
    headers: {
      accept: 'application/hal+json, application/json;q=0.9',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(authorization === undefined ? {} : { authorization }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxAnswerBytes) {
      throw new Error('its response is larger than 64 MiB');
    }
    chunks.push(chunk);
  }
  const mediaType = response.headers.get('content-type') ?? 'no content type';
  return { status: response.status, mediaType, text: Buffer.concat(chunks).toString() };
}

function readAnswer(connection: Connection, answer: BrokerAnswer, url: URL): Resource {
  const { status, mediaType, text } = answer;
  const resource = parseResource(text);
  // To a token, a broker that wants a user name says 400 and nothing more.
  const isTokenRefused = status === 400 && resource === undefined && connection.authorization !== undefined;
  if (status === 401 || status === 403 || isTokenRefused) {
    throw new SetupError(explainCredentials(connection, status));
  }
  if (status >= 500 || temporaryStatuses.includes(status)) {
    throw new SetupError(
      `The broker at ${connection.url} failed with ${status} at ${url.pathname}. Check whether it works.`,
    );
  }
  if (status >= 400 && resource !== undefined) {
    const reasons = connection.mask(listReasons(resource));
    throw new BrokerRefusal(status, reasons || `it gives no reason for ${url.pathname}`);
  }
  if (status >= 300 || (resource === undefined && text !== '')) {
    const found = `${status} and ${toLine(connection.mask(mediaType))}`;
    throw toNoBroker(connection, `it responded with ${found}, expected application/hal+json`);
  }
  return resource ?? {};
}

function explainCredentials({ url, authorization }: Connection, status: number): string {
  const names = authorization?.startsWith('Bearer')
    ? 'PACT_BROKER_TOKEN'
    : 'PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD';
  if (authorization === undefined) {
    return `The broker at ${url} wants credentials (${status}). Set PACT_BROKER_TOKEN, or ${names}.`;
  }
  return status === 403
    ? `The broker at ${url} does not allow this with the credentials (403). Use ${names} of somebody who may.`
    : `The broker at ${url} does not take the credentials (${status}). Check ${names}.`;
}

function explainFailure({ url, seconds, mask }: Connection, error: Error, signal: AbortSignal): SetupError {
  if (signal.aborted) {
    return new SetupError(
      `The broker at ${url} did not respond within ${seconds} s. Check PACT_BROKER_BASE_URL and whether the broker ` +
        'works, or allow more time with --timeout SECONDS.',
    );
  }
  const { code = '', message } = (error.cause ?? error) as NodeJS.ErrnoException;
  const hint = /CERT|SIGNED|ISSUER/.test(code)
    ? 'Set NODE_EXTRA_CA_CERTS to the PEM file of the authority that signed its certificate.'
    : 'Check PACT_BROKER_BASE_URL.';
  return new SetupError(`Cannot reach the broker at ${url}: ${mask(message || code)}. ${hint}`);
}

function toNoBroker({ url }: Connection, reason: string): SetupError {
  return new SetupError(`There is no Pact Broker at ${url}: ${reason}. Check PACT_BROKER_BASE_URL.`);
}
