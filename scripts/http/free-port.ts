import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Finds a port of this machine that nobody listens on, for a server that takes no port 0.
 */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
