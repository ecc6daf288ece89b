import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

/** A page of a space, whose tabs have a `session`. */
export interface ServedPage extends AsyncDisposable {
  url: string;
}

const script = `
import { createIndexedDbStore, createNexudusAuthSession } from './index.js';
globalThis.session = createNexudusAuthSession({ baseUrl: location.origin, store: createIndexedDbStore() });
`;

/** Serves the library as a browser gets it, and lets `answer` be the space on the same origin. */
export async function servePage(answer: (request: Request) => Promise<Response>): Promise<ServedPage> {
  const files: Record<string, [mediaType: string, content: string]> = {
    '/': ['text/html', '<script type="module" src="page.js"></script>'],
    '/page.js': ['text/javascript', script],
    '/index.js': ['text/javascript', await bundle()],
  };
  const server = createServer(async (incoming, outgoing) => {
    const file = files[incoming.url ?? ''];
    if (file !== undefined) {
      outgoing.setHeader('Content-Type', file[0]).end(file[1]);
      return;
    }
    const response = await answer(await readRequest(incoming));
    outgoing.writeHead(response.status, [...response.headers].flat()).end(await response.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.close().closeAllConnections();
    },
  };
}

async function bundle(): Promise<string> {
  const input = fileURLToPath(new URL('../../../src/index.ts', import.meta.url));
  const { output } = await build({
    input,
    write: false,
    platform: 'browser',
    output: { codeSplitting: false },
  });
  return output[0].code;
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', headers } = incoming;
  const body = await text(incoming);
  return new Request(`http://${headers.host}${incoming.url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]),
    ...(body === '' ? {} : { body }),
  });
}
