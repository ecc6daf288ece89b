import type { RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import { openServer } from '../../scripts/http/server.ts';

/** Serves on a free port until the test ends, and gives the URL. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = await openServer(listener, { host: '127.0.0.1', port: 0, requestTimeoutMs: 10_000 });
  onTestFinished(server.close);
  return server.url;
}

/** Answers each request with a status alone. */
export function answerWith(status: number, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => response.writeHead(status, headers).end();
}
