import { connect } from 'node:net';

/** How to send what fetch refuses to. */
interface Exchange {
  /** The bytes of the request, or of a part of it. */
  bytes: string;
  /** Closes the client's side after the last byte. */
  thenEnd?: boolean;
}

/**
 * Sends bytes to a server and resolves to all that it sends back until the connection closes. A request whose
 * answer shall be read needs `Connection: close`.
 */
export async function exchangeBytes(url: string, { bytes, thenEnd = false }: Exchange): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.write(bytes, 'latin1');
  if (thenEnd) {
    socket.end();
  }
  socket.setEncoding('utf8');
  let received = '';
  for await (const chunk of socket) {
    received += chunk;
  }
  return received;
}
