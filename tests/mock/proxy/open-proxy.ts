import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type ProxySettings, startProxy, type ValidationProxy } from '../../../scripts/mock/index.ts';
import { serve } from '../../verify/serve.ts';

/** A request as the real server got it. */
export interface Received {
  method: string;
  target: string;
  rawHeaders: string[];
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** A proxy in front of a server that stands for the real one. */
export interface ProxiedServer {
  proxy: ValidationProxy;
  upstreamUrl: string;
  received: Received[];
  /** What the proxy told. */
  lines: string[];
}

/**
 * Opens a proxy to a server that answers by a function, until the test ends.
 */
export async function openProxy(
  answer: (response: ServerResponse, received: Received) => void,
  { basePath = '', ...settings }: Partial<ProxySettings> & { basePath?: string } = {},
): Promise<ProxiedServer> {
  const received: Received[] = [];
  const lines: string[] = [];
  const listener: RequestListener = async (request, response) => {
    const { method = '', url: target = '', rawHeaders, headers } = request;
    const one = { method, target, rawHeaders, headers, body: await buffer(request) };
    received.push(one);
    answer(response, one);
  };
  const upstreamUrl = await serve(listener);
  const tell = (line: string): number => lines.push(line);
  const proxy = await startProxy({ target: upstreamUrl + basePath, tell, ...settings });
  onTestFinished(proxy.close);
  return { proxy, upstreamUrl, received, lines };
}

/** Answers with JSON. */
export function answerJson(value: unknown, status = 200): (response: ServerResponse) => void {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** What the header says that Prism found, as `location code message`. */
export function readViolations({ headers }: Response): string[] {
  const violations: { location: string[]; message: string }[] = JSON.parse(
    headers.get('sl-violations') ?? '[]',
  );
  return violations.map(({ location, message }) => `${location.join('.')}: ${message}`);
}
