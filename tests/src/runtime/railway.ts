import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { createSender, type SenderOptions } from '../../../src/runtime/index.ts';
import { fixtureSpec, runGenerate } from '../../generate/run-generate.ts';

/** What a server says of the request that it got. */
export interface Echo {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** One character a byte. */
  body: string;
}

/** What a function of the generated client resolves to. */
export interface Result<Body = Echo> {
  status: number;
  ok: boolean;
  contentType?: string;
  body: Body;
  response: Response;
}

/** A generated client. Its types are tested where it is compiled, `use.ts.txt`. */
type AnyClient = Record<string, <Body = Echo>(options?: object) => Promise<Result<Body>>>;

/** A server and clients of it. */
export interface Railway {
  baseUrl: string;
  /** The folder of the generated code. */
  generated: string;
  connect: (options?: Partial<SenderOptions>) => AnyClient;
  /** Calls a function of a client of its own. */
  call: <Body = Echo>(
    name: string,
    input?: object,
    options?: Partial<SenderOptions>,
  ) => Promise<Result<Body>>;
}

/**
 * Serves the railway for the tests of a file: what it has no answer for is echoed. The client is generated here.
 */
export function serveRailway(answers: Readonly<Record<string, RequestListener>> = {}): Railway {
  const railway = {} as Railway;
  const out = mkdtempSync(join(tmpdir(), 'railway-'));
  let server: Server;
  beforeAll(async () => {
    await runGenerate('--spec', fixtureSpec('railway'), '--out', out);
    const load = (file: string) => import(pathToFileURL(join(out, file)).href);
    const { operations } = await load('operations.ts');
    const { createClient } = await load('client.ts');
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://localhost');
      const answer = answers[pathname.replace('/v2', '')];
      if (answer !== undefined) return answer(request, response);
      readEcho(request).then((echo) => response.setHeader('Content-Type', 'application/json').end(echo));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    railway.generated = out;
    railway.baseUrl = `http://127.0.0.1:${port}/v2`;
    railway.connect = (options) =>
      createClient(createSender(operations, { baseUrl: railway.baseUrl, ...options }));
    railway.call = (name, input, options) => {
      const call = railway.connect(options)[name];
      if (call === undefined) throw new Error(`The client has no function ${name}.`);
      return call(input);
    };
  });
  afterAll(() => {
    rmSync(out, { recursive: true, force: true });
    server.closeAllConnections();
    server.close();
  });
  return railway;
}

async function readEcho(request: IncomingMessage): Promise<string> {
  const { method, url, headers } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString('latin1') });
}

/** What a call that has to fail is rejected with. */
export async function failureOf(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  return call.then(
    () => {
      throw new Error('The call succeeded.');
    },
    (error) => error,
  );
}
