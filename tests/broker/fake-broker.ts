import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A request that the broker has got. */
export interface RecordedRequest {
  method: string | undefined;
  url: URL;
  authorization: string | undefined;
  body: string;
  /** The command lines of all processes and the environments of all others, while the broker was called. */
  processes: string;
}

/** What the broker answers. A text is sent as it is; without a body it says nothing. */
export interface BrokerAnswer {
  status: number;
  body?: unknown;
  contentType?: string;
}

/** A server that answers as a Pact Broker does, as far as the commands ask. */
export interface FakeBroker {
  url: string;
  requests: RecordedRequest[];
}

/**
 * Starts a broker that is gone after the test.
 *
 * @param answers by path, instead of the answer of a broker that agrees
 */
export async function startFakeBroker(answers: Record<string, BrokerAnswer> = {}): Promise<FakeBroker> {
  const requests: RecordedRequest[] = [];
  const server = createServer(async (request, response) => {
    const recorded = await record(request, url);
    requests.push(recorded);
    const { pathname } = recorded.url;
    const answer = answers[pathname] ?? agree(pathname, url);
    response.writeHead(answer.status, { 'content-type': answer.contentType ?? 'application/hal+json' });
    const { body = '' } = answer;
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.close();
  });
  return { url, requests };
}

/**
 * Starts a broker that takes each connection and never answers, and is gone after the test.
 */
export async function startSilentBroker(): Promise<{ url: string }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Gives a URL that nobody listens at. */
export async function findClosedUrl(): Promise<string> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

async function record(request: IncomingMessage, base: string): Promise<RecordedRequest> {
  return {
    method: request.method,
    url: new URL(request.url ?? '', base),
    authorization: request.headers.authorization,
    body: await text(request),
    processes: listProcesses(),
  };
}

function listProcesses(): string {
  const commands = execFileSync('ps', ['-axww', '-o', 'args'], { encoding: 'utf8' });
  const others = existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  return [commands, ...others.filter((id) => Number(id) !== process.pid).map(readEnvironment)].join('\n');
}

function readEnvironment(id: string): string {
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8');
  } catch {
    // It has ended, or is somebody else's.
    return '';
  }
}

/** Answers as a real Pact Broker 2.120 did, in the fields that are read. */
function agree(path: string, url: string): BrokerAnswer {
  const bodies: Record<string, unknown> = {
    '/': index(url),
    '/contracts/publish': {
      logs: [],
      notices: [
        { type: 'debug', text: 'Created shop version 1 with branch trunk' },
        { type: 'success', text: 'Pact successfully published for shop version 1 and provider bank.' },
      ],
    },
    '/can-i-deploy': deployment(true, 'All required verification results are published and successful'),
  };
  return bodies[path] === undefined ? notFound : { status: 200, body: bodies[path] };
}

const notFound = { status: 404, body: { error: 'The requested document was not found on this server.' } };

/** Builds the index of a broker, whose links lead to `url`. */
export function index(url: string): unknown {
  const paths = {
    'pb:pacticipants': '/pacticipants',
    'pb:publish-contracts': '/contracts/publish',
    'pb:pacticipant-version': '/pacticipants/{pacticipant}/versions/{version}',
    'pb:can-i-deploy-pacticipant-version-to-environment':
      '/can-i-deploy?pacticipant={pacticipant}&version={version}&environment={environment}',
    'pb:provider-pacts-for-verification': '/pacts/provider/{provider}/for-verification',
    'pb:pacticipant-branch-version': '/pacticipants/{pacticipant}/branches/{branch}/versions/{version}',
  };
  const links = Object.entries(paths).map(([relation, path]) => [relation, { href: url + path }]);
  return { _links: Object.fromEntries(links) };
}

/** Builds what a broker answers to can-i-deploy. `null`: a result is missing. */
export function deployment(deployable: boolean | null, reason: string): unknown {
  const count = (wanted: boolean | null): number => (deployable === wanted ? 1 : 0);
  const summary = { deployable, reason, success: count(true), failed: count(false), unknown: count(null) };
  const verificationResult = deployable === null ? null : { success: deployable };
  const consumer = { name: 'shop', version: { number: '1' } };
  const provider = { name: 'bank', version: deployable === null ? null : { number: '2' } };
  const notices = [{ type: deployable ? 'success' : 'error', text: reason }];
  return { summary, notices, matrix: [{ consumer, provider, verificationResult }] };
}
