import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** What a proxy does with a request before it passes it on. `false`: it has answered. */
export type Hook = (incoming: IncomingMessage, response: ServerResponse) => Promise<boolean> | boolean;

/** A proxy that runs. */
export interface Proxy {
  /** Its port. */
  port: number;
}

/**
 * Opens a proxy in front of a broker until the test is over.
 *
 * @param forwards whether it says how it was called
 */
export async function openProxy(
  { url, authorization }: { url: string; authorization: string },
  hook: Hook,
  tls?: { cert: string; key: string },
  forwards = true,
): Promise<Proxy> {
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!(await hook(incoming, response))) {
      return;
    }
    const body = await text(incoming);
    const { host = '' } = incoming.headers;
    const headers = {
      ...incoming.headers,
      authorization,
      ...(tls && forwards ? { 'x-forwarded-proto': 'https', 'x-forwarded-host': host } : {}),
    };
    const { method = 'GET', url: target = '/' } = incoming;
    const passedOn = request(url + target, { method, headers }, (from) => {
      response.writeHead(from.statusCode ?? 502, from.headers);
      from.pipe(response);
    });
    passedOn.on('error', () => response.destroy()).end(body);
  };
  const server = tls === undefined ? createServer(answer) : createSecureServer(tls, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port };
}

/** Passes everything on. */
export const pass: Hook = () => true;

/** Answers with a status alone. */
export function refuse(response: ServerResponse, status: number): boolean {
  if (!response.destroyed) {
    response.writeHead(status).end();
  }
  return false;
}
