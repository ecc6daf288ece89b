import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
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
  /** The command lines of all processes, while the broker was called. */
  processes: string;
}

/** What the broker answers. Without a body it says nothing. */
export interface BrokerAnswer {
  status: number;
  body?: unknown;
  contentType?: string;
}

/** A server that answers as a Pact Broker does, as far as the Pact CLI asks. */
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
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
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

async function record(request: IncomingMessage, base: string): Promise<RecordedRequest> {
  return {
    method: request.method,
    url: new URL(request.url ?? '', base),
    authorization: request.headers.authorization,
    body: await text(request),
    processes: execFileSync('ps', ['-axww', '-o', 'args'], { encoding: 'utf8' }),
  };
}

/** Answers as https://github.com/pact-foundation/pact_broker does, in the fields that the Pact CLI reads. */
function agree(path: string, url: string): BrokerAnswer {
  const self = { href: `${url}/somewhere`, title: 'Title', name: 'name' };
  const links = { 'pb:pacticipant': self, 'pb:pacticipant-version': self, 'pb:pacticipant-version-tags': [] };
  const bodies: Record<string, unknown> = {
    '/': { _links: { 'pb:publish-contracts': { href: `${url}/contracts/publish` } } },
    '/contracts/publish': {
      notices: [{ type: 'success', text: 'Pact successfully published for shop' }],
      logs: [],
      _embedded: {
        pacticipant: { name: 'shop', _links: { self } },
        version: { number: '1', _links: { self } },
      },
      _links: { ...links, 'pb:contracts': [self] },
    },
    '/matrix': matrix(true, 'All required verification results are published and successful'),
  };
  return bodies[path] === undefined ? { status: 404 } : { status: 200, body: bodies[path] };
}

/**
 * Builds what a broker answers to can-i-deploy.
 */
export function matrix(deployable: boolean, reason: string): unknown {
  const summary = { deployable, reason, success: deployable ? 1 : 0, failed: deployable ? 0 : 1, unknown: 0 };
  return { summary, notices: [{ type: deployable ? 'success' : 'error', text: reason }], matrix: [] };
}
