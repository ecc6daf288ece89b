import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * Serves the bytes of a function, which `node:http` would refuse to write, until the test ends.
 *
 * @param answer is given the request target, and the connection to do more with once the bytes are written
 */
export async function serveBytes(
  answer: (target: string) => string | Buffer,
  then: (socket: Socket, target: string) => void = () => {},
): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (head) => {
      const [, target = ''] = head.toString('latin1').split(' ');
      const bytes = answer(target);
      socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, () =>
        then(socket, target),
      );
    });
    onTestFinished(() => void socket.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}
